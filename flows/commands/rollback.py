"""`quotidian rollback`: an earlier snapshot becomes the current one."""

import json as json_
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_pointer
from quotidian.flows.process.listing import print_line
from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.mirror import hold_place, refresh_data, require_settled
from quotidian.flows.storage.store import Store
from quotidian.tasks.publish.history import (
    NoSuchSnapshot,
    choose_name,
    find_snapshot,
    list_snapshots,
    name_before,
    snapshot_before,
)
from quotidian.tasks.publish.snapshot import current_snapshot, switch_current


def rollback(
    snapshot: Annotated[
        str | None, Parameter(help="Snapshot: number, name or hash (default: the one before the current one).")
    ] = None,
    /,
    *,
    data: Data = None,
    json: Json = False,
) -> int:
    """Make an earlier snapshot the current one, at once for all tables; nothing is removed."""
    return switch_back(snapshot, data, json)


def switch_back(name: str | None, data: str | None, json: bool) -> int:
    """Make an earlier snapshot the current one."""
    settings = load_settings(data=data)
    refresh_data(settings.place)
    if not list_snapshots(settings.place.published):
        require_pointer(data)
    with hold_place(settings.place, "quotidian rollback") as store:
        require_settled(settings.place, store)
        current, chosen = go_back(settings, name) if store is None else go_back_in_store(settings, store, name)
    if json:
        values = {"from": current, "to": chosen.name, "snapshot": str(chosen)}
        sys.stdout.write(json_.dumps(values, indent=1) + "\n")
        return 0
    print_line(f"Current snapshot: {chosen} (was {current}).")
    print_line("The next run publishes what it makes of the whole archive: mend what was wrong first.")
    return 0


def go_back(settings: Settings, name: str | None) -> tuple[str, Path]:
    """Switch to the snapshot before the current one, or to the one that is named; return the old name and the new folder."""
    current = current_snapshot(settings.place.published)
    if current is None and name is None:
        raise NoSuchSnapshot("There is no current snapshot to go back from: name the one to go to.")
    chosen = (
        find_snapshot(settings.place.published, name) if name else snapshot_before(settings.place.published, current)
    )
    switch_current(settings.place.published, chosen)
    return current.name if current else "none", chosen


def go_back_in_store(settings: Settings, store: Store, name: str | None) -> tuple[str, Path]:
    """The same in a store: its pointer first, then the mirror, which then holds the snapshot too."""
    from quotidian.flows.storage.mirror_snapshots import fetch_snapshot
    from quotidian.flows.storage.store_snapshots import list_whole, point_to, read_current, read_manifest_of

    known, current = list_whole(store), read_current(store)
    chosen = choose_name(known, current, name) if name else name_before(read_manifest_of(store, current), known)
    folder = fetch_snapshot(store, settings.place.published, chosen)
    point_to(store, chosen)
    switch_current(settings.place.published, folder)
    return current, folder
