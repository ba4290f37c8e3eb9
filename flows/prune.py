"""`quotidian prune` and `quotidian rollback`: which snapshots there are, and which one is current."""

import json as json_
import shutil
import sys

from rich.filesize import decimal

from quotidian.tasks.publish.forget import require_finished
from quotidian.tasks.publish.history import find_snapshot, snapshot_before
from quotidian.tasks.publish.prune import Judged, judge_snapshots, remove_snapshot
from quotidian.tasks.publish.prune_work import Unused, list_unused
from quotidian.tasks.publish.snapshot import switch_current

from .commands import require_local, require_snapshot
from .listing import print_line, print_list
from .lock import lock_data
from .settings import Settings, load_settings
from .versions import versions_of


def prune(keep: int, grace_minutes: float, work: bool, dry_run: bool, data: str | None, json: bool) -> int:
    """Remove old snapshots, and work of unused versions where asked; list both with their sizes."""
    settings = settings_for("prune", data)
    with lock_data(settings.data, settings.wait_seconds, "quotidian prune"):
        judged = judge_snapshots(settings.published, keep, grace_minutes * 60)
        kept = [one.snapshot for one in judged if one.kept]
        unused = list_unused(settings.data, versions_of(settings), kept) if work else []
        if not dry_run:
            remove(judged, unused)
    if json:
        sys.stdout.write(json_.dumps(describe_prune(judged, unused, dry_run), indent=1) + "\n")
    else:
        print_prune(judged, unused, settings, dry_run)
    return 0


def settings_for(command: str, data: str | None) -> Settings:
    """Settings of a data folder in which snapshots may be switched and removed."""
    require_local(load_settings(data=data), command)
    settings, _ = require_snapshot(data)
    require_finished(settings.data)
    return settings


def remove(judged: list[Judged], unused: list[Unused]) -> None:
    """Take away what may go."""
    for one in judged:
        if not one.kept:
            remove_snapshot(one.snapshot)
    for folder in unused:
        shutil.rmtree(folder.folder)


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
    rows += [(str(one.folder.relative_to(settings.data)), decimal(one.bytes), goes) for one in unused]
    print_list(("snapshot", "size", ""), rows)
    size, number = sum(one.bytes for one in [*judged, *unused]), sum(not one.kept for one in judged)
    done = "Would free" if dry_run else "Freed"
    print_line(f"\n{done} {decimal(size)}: {number} of {len(judged)} snapshots, {len(unused)} folders of work.")


def rollback(name: str | None, data: str | None, json: bool) -> int:
    """Make an earlier snapshot the current one."""
    settings = settings_for("rollback", data)
    with lock_data(settings.data, settings.wait_seconds, "quotidian rollback"):
        current = require_snapshot(data)[1]
        chosen = find_snapshot(settings.published, name) if name else snapshot_before(settings.published, current)
        switch_current(settings.published, chosen)
    if json:
        sys.stdout.write(
            json_.dumps({"from": current.name, "to": chosen.name, "snapshot": str(chosen)}, indent=1) + "\n"
        )
        return 0
    print_line(f"Current snapshot: {chosen} (was {current.name}).")
    print_line("The next run publishes what it makes of the whole archive: mend what was wrong first.")
    return 0
