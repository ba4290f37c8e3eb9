"""`quotidian prune`: old snapshots go, and work that nobody uses."""

import json as json_
import shutil
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.filesize import decimal

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_pointer
from quotidian.flows.process.listing import print_line, print_list
from quotidian.flows.running.versions import versions_of
from quotidian.flows.settings import Settings
from quotidian.flows.storage.mirror import hold_data, hold_place, require_settled
from quotidian.flows.storage.store import Store
from quotidian.tasks.publish.prune import Judged, judge_snapshots, remove_snapshot
from quotidian.tasks.publish.prune_work import Unused, list_unused


def prune(
    *,
    keep: Annotated[
        int, Parameter(validator=Number(gte=1), help="How many of the newest snapshots stay, besides the current one.")
    ],
    grace: Annotated[
        float,
        Parameter(validator=Number(gte=0), help="Minutes for which a snapshot stays after it stopped being current."),
    ] = 60,
    work: Annotated[
        bool, Parameter(negative="", help="Also remove work of versions that neither settings nor snapshots use.")
    ] = False,
    dry_run: Annotated[bool, Parameter(negative="", help="Only list what would go, with its size.")] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Remove old snapshots, never the current one nor one that is being read."""
    return remove_old(keep, grace, work, dry_run, data, json)


def remove_old(keep: int, grace_minutes: float, work: bool, dry_run: bool, data: str | None, json: bool) -> int:
    """Remove old snapshots, and work of unused versions where asked; list both with their sizes."""
    settings, _ = require_pointer(data)
    hold = hold_data if work else hold_place  # work that goes is that of the mirror, which must be up to date
    with hold(settings.place, "quotidian prune") as store:
        require_settled(settings.place, store)
        judged = judge(settings, store, keep, grace_minutes * 60)
        unused = (
            list_unused(settings.place.folder, versions_of(settings), list_kept(settings, store, judged))
            if work
            else []
        )
        if not dry_run:
            remove(settings, store, judged, unused, grace_minutes * 60)
    if json:
        sys.stdout.write(json_.dumps(describe_prune(judged, unused, dry_run), indent=1) + "\n")
    else:
        print_prune(judged, unused, settings, dry_run)
    return 0


def judge(settings: Settings, store: Store | None, keep: int, grace_seconds: float) -> list[Judged]:
    """Every snapshot, of the store where there is one, and why it is kept."""
    if store is None:
        return judge_snapshots(settings.place.published, keep, grace_seconds)
    from quotidian.flows.storage.store_snapshots import judge_stored

    return judge_stored(store, keep, grace_seconds)


def list_kept(settings: Settings, store: Store | None, judged: list[Judged]) -> list[Path]:
    """Folders of the snapshots that stay; those of a store are brought to the mirror."""
    kept = [one.snapshot for one in judged if one.kept]
    if store is None:
        return kept
    from quotidian.flows.storage.mirror_snapshots import fetch_snapshot

    return [fetch_snapshot(store, settings.place.published, path.name) for path in kept]


def remove(
    settings: Settings, store: Store | None, judged: list[Judged], unused: list[Unused], grace_seconds: float
) -> None:
    """Take away what may go."""
    for folder in unused:
        shutil.rmtree(folder.folder)
    gone = [one.snapshot for one in judged if not one.kept]
    if store is None:
        for snapshot in gone:
            remove_snapshot(snapshot)
        return
    from quotidian.flows.storage.mirror_snapshots import drop_gone
    from quotidian.flows.storage.store_snapshots import remove_stored, remove_torn

    remove_stored(store, [snapshot.name for snapshot in gone])
    remove_torn(store)
    drop_gone(store, settings.place.published, grace_seconds)


def describe_prune(judged: list[Judged], unused: list[Unused], dry_run: bool) -> dict:
    """What is kept and what goes, as plain values."""
    gone = [{"snapshot": one.snapshot.name, "bytes": one.bytes} for one in judged if not one.kept]
    return {
        "dry_run": dry_run,
        "kept": [{"snapshot": one.snapshot.name, "because": one.kept} for one in judged if one.kept],
        "removed": gone,
        "work": [{"folder": str(one.folder), "bytes": one.bytes} for one in unused],
        "bytes": sum(one.bytes for one in [*judged, *unused]),
    }


def print_prune(judged: list[Judged], unused: list[Unused], settings: Settings, dry_run: bool) -> None:
    """The same for people."""
    goes = "would go" if dry_run else "removed"
    rows = [(one.snapshot.name, "" if one.kept else decimal(one.bytes), one.kept or goes) for one in judged]
    rows += [(str(one.folder.relative_to(settings.place.folder)), decimal(one.bytes), goes) for one in unused]
    print_list(("snapshot", "size", ""), rows)
    size, number = sum(one.bytes for one in [*judged, *unused]), sum(not one.kept for one in judged)
    done = "Would free" if dry_run else "Freed"
    print_line(f"\n{done} {decimal(size)}: {number} of {len(judged)} snapshots, {len(unused)} folders of work.")
