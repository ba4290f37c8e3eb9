"""`quotidian forget`: take-downs."""

import json as json_
import sys
from pathlib import Path
from typing import Annotated

import polars as pl
from cyclopts import Parameter

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.run import run_inline
from quotidian.flows.process.listing import print_line
from quotidian.flows.settings import Settings, load_settings
from quotidian.flows.storage.mirror import hold_data, hold_place, refresh_data
from quotidian.flows.storage.store import open_store
from quotidian.tasks.clean.work import clean_version
from quotidian.tasks.ingest.forget import FILE, seal_again
from quotidian.tasks.publish.forget import list_holding, read_journal, start_forgetting
from quotidian.tasks.publish.forget_targets import NothingToForget, find_copies, find_targets
from quotidian.tasks.publish.snapshot import current_snapshot

SHOWN = ("article_id", "published_date", "outlet", "title", "url", "source")


def forget(
    article: Annotated[
        str | None,
        Parameter(help="article_id, source name, or address; without one, a take-down that was stopped is finished."),
    ] = None,
    /,
    *,
    yes: Annotated[bool, Parameter(negative="", help="Remove it; without this, only show what would go.")] = False,
    seal: Annotated[
        bool, Parameter(negative="", help="Take forgotten.csv as it stands: after lines were deleted on purpose.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Take an article down: from the archive, all work and all snapshots, for good, also when its source comes again."""
    return seal_marks(data) if seal else take_down(article, yes, data, json)


def seal_marks(data: str | None) -> int:
    """Seal `forgotten.csv` of the data folder anew, and in its store where it has one."""
    place = load_settings(data=data).place
    with hold_place(place, "quotidian forget --seal") as store:
        if store is not None:
            (place.folder / FILE).write_bytes(store.read(FILE) or b"")
        count = seal_again(place.folder)
        if store is not None:
            from quotidian.flows.storage.transfer import send_files

            send_files(store, {place.folder / FILE: FILE})
    print_line(f"{FILE} is sealed as it stands, with {count} hashes.")
    return 0


def take_down(name: str | None, yes: bool, data: str | None, json: bool) -> int:
    """Show what a take-down removes, and with `yes` remove it; without a name, finish one that was stopped."""
    settings = load_settings(data=data)
    refresh_data(settings.place, "archive", "work")
    if name is None:
        return finish(settings, json)
    targets = find_targets(settings.place.folder, clean_version(settings.clean, settings.ingest), name)
    snapshots = name_holding(settings, targets["input_id"].to_list())
    current = current_snapshot(settings.place.published)
    copies = find_copies(current, targets["article_id"]) if current else pl.DataFrame()
    if not json:
        show_targets(targets, snapshots, copies)
    if not yes:
        return tell(json, targets, snapshots, copies, None, "Nothing is removed yet: add --yes.")
    with hold_data(settings.place, "quotidian forget") as store:
        start_forgetting(settings.place.folder, targets)
        if store is not None:
            from quotidian.flows.storage.mirror_forget import tell_store

            tell_store(store, settings.place.folder)
    published = run_inline([], settings, (None, None)).result.published.snapshot
    return tell(json, targets, snapshots, copies, published, f"Forgotten. Current snapshot: {published}")


def name_holding(settings: Settings, input_ids: list[str]) -> list[str]:
    """Names of the snapshots, of the store where there is one, that have any of the inputs."""
    if settings.place.store is None:
        return [path.name for path in list_holding(settings.place.published, input_ids)]
    from quotidian.flows.storage.mirror_forget import list_holding_stored

    return list_holding_stored(open_store(settings.place.store), settings.place.published, input_ids)


def finish(settings: Settings, json: bool) -> int:
    """Finish a take-down that was stopped, by a run without sources."""
    journal = read_journal(settings.place.folder)
    if journal is None:
        raise NothingToForget("No take-down is under way: name an article or an address.")
    published = run_inline([], settings, (None, None)).result.published.snapshot
    targets = pl.DataFrame({"article_id": journal.article_ids})
    return tell(json, targets, [], pl.DataFrame(), published, f"Forgotten. Current snapshot: {published}")


def show_targets(targets: pl.DataFrame, snapshots: list[str], copies: pl.DataFrame) -> None:
    """What goes, and what stays although it says the same."""
    for row in targets.iter_rows(named=True):
        print_line(describe(row) + ("" if row["is_named"] else " (the same bytes)"))
    print_line(f"\nSnapshots that go with it: {', '.join(snapshots) or 'none'}.")
    if copies.height:
        print_line("Copies that stay, unless they are forgotten too:")
    for row in copies.iter_rows(named=True):
        print_line(f"  {describe(row)}")


def describe(row: dict) -> str:
    """What is known of an article, on one line."""
    return " · ".join(str(row[name]) for name in SHOWN if row.get(name))


def tell(
    json: bool, targets: pl.DataFrame, snapshots: list[str], copies: pl.DataFrame, published: Path | None, words: str
) -> int:
    """The end of the command, for people or as JSON."""
    if not json:
        print_line(words)
        return 0
    values = {"is_forgotten": published is not None, "articles": targets.to_dicts(), "snapshots": snapshots}
    values |= {"copies": copies.to_dicts(), "snapshot": str(published) if published else None}
    sys.stdout.write(json_.dumps(values, indent=1, default=str, ensure_ascii=False) + "\n")
    return 0
