"""`quotidian diff`: what changed between two snapshots, and why."""

import json as json_
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_pointer
from quotidian.flows.process.listing import print_line, print_list
from quotidian.flows.settings import Settings
from quotidian.flows.storage.mirror import free_mirror, refresh_data
from quotidian.tasks.publish.diff import ADDED, CHANGED, GONE, SnapshotDiff, TableDiff, diff_snapshots
from quotidian.tasks.publish.history import CURRENT, choose_name, find_snapshot, name_before, snapshot_before
from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.tables.catalog import TABLES

KINDS = (ADDED, GONE, CHANGED)


class NoSuchTable(UsageError):
    """No table has the name."""


def diff(
    old: Annotated[
        str | None, Parameter(help="Snapshot: number, name or hash (default: the one before the current one).")
    ] = None,
    new: Annotated[str | None, Parameter(help="Snapshot to compare it with (default: the current one).")] = None,
    /,
    *,
    table: Annotated[str | None, Parameter(help="Only this table, with the columns that changed.")] = None,
    rows: Annotated[bool, Parameter(negative="", help="List the changed rows by key.")] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Show which rows were added, are gone or changed between two snapshots, and why."""
    return show_diff([name for name in (old, new) if name is not None], table, rows, data, json)


def show_diff(snapshots: list[str], table: str | None, rows: bool, data: str | None, json: bool) -> int:
    """Print what changed, by table; of one table also which columns, and its rows where asked."""
    settings, current = require_pointer(data)
    if table is not None and table not in TABLES:
        raise NoSuchTable(f"No table is called {table}: choose one of {', '.join(TABLES)}.")
    refresh_data(settings.place, "archive")
    old, new = find_in_store(settings, snapshots) or choose_pair(settings.place.published, current, snapshots)
    diff = diff_snapshots(old, new, settings.place.folder)
    wanted = [found for found in diff.tables if table in (None, found.table)]
    if json:
        values = describe_diff(diff) | {"tables": [describe_table(found, rows) for found in wanted]}
        sys.stdout.write(json_.dumps(values, indent=1, default=str, ensure_ascii=False) + "\n")
    else:
        print_diff(diff, wanted, table is not None, rows)
    return 0


def choose_pair(published: Path, current: Path, names: list[str]) -> tuple[Path, Path]:
    """The two snapshots: those named; one named against the current one; the one before against the current one."""
    if not names:
        return snapshot_before(published, current), current
    old, new = (find_snapshot(published, name) for name in [*names, CURRENT][:2])
    return old, new


def find_in_store(settings: Settings, names: list[str]) -> tuple[Path, Path] | None:
    """The same in a store, brought to the mirror; None where there is no store, or a run works on the mirror."""
    with free_mirror(settings.place) as store:
        if store is None:
            return None
        from quotidian.flows.storage.mirror_snapshots import fetch_snapshot
        from quotidian.flows.storage.store_snapshots import list_whole, read_current, read_manifest_of

        known, current = list_whole(store), read_current(store)
        if names:
            pair = [choose_name(known, current, name) for name in [*names, CURRENT][:2]]
        else:
            pair = [name_before(read_manifest_of(store, current), known), current]
        old, new = (fetch_snapshot(store, settings.place.published, name) for name in pair)
        return old, new


def describe_diff(diff: SnapshotDiff) -> dict:
    """The two, and what is different in how they were made."""
    return {"from": diff.old.name, "to": diff.new.name, "causes": diff.causes}


def describe_table(diff: TableDiff, rows: bool) -> dict:
    """One table as plain values."""
    counts = {kind: diff.count(kind) for kind in KINDS}
    values = {"table": diff.table, **counts, "columns": diff.columns, "why": diff.why}
    return values | ({"rows": diff.rows.to_dicts()} if rows else {})


def print_diff(diff: SnapshotDiff, tables: list[TableDiff], columns: bool, rows: bool) -> None:
    """The same for people."""
    print_line(f"{diff.old.name} -> {diff.new.name}: {', '.join(diff.causes) or 'made from the same'}")
    if not tables:
        print_line("No row changed.")
        return
    lines = [(t.table, *map(t.count, KINDS), "; ".join(f"{n:,} {why}" for why, n in t.why.items())) for t in tables]
    print_list(("table", *KINDS, "why"), lines)
    for table in tables if columns else ():
        print_line("\nChanged columns: " + (", ".join(f"{name} {n:,}" for name, n in table.columns.items()) or "none"))
    for table in tables if rows else ():
        print_rows(table)


def print_rows(diff: TableDiff) -> None:
    """One line for each row: table, change, key, why, columns; separated by tabs, for grep and cut."""
    for *key, change, listed, why in diff.rows.iter_rows():
        sys.stdout.write("\t".join((diff.table, change, *map(str, key), why, listed or "")) + "\n")
