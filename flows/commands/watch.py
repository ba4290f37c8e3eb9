"""`quotidian watch`: tell what is new in the current snapshot, once."""

import json as json_
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from filelock import FileLock, Timeout

from quotidian.flows.commands.flags import Data, Json
from quotidian.flows.commands.published import require_snapshot
from quotidian.flows.commands.send_news import Send, open_sender
from quotidian.flows.process.interrupt import stopping_queries
from quotidian.flows.process.terminal import make_inert
from quotidian.flows.storage.told import describe_entry, note_news, read_entries, read_known, write_entries, write_feed
from quotidian.tasks.publish.forget import WATCHES
from quotidian.tasks.share.reading import open_snapshot
from quotidian.tasks.share.watches import Watch, WatchBroken, choose_news, find_rows, read_watches
from quotidian.tasks.store.errors import QuotidianError


class WatchLocked(QuotidianError):
    """Another process tells news of the same data folder."""

    exit_code = 3


def watch(
    folder: Annotated[Path, Parameter(help="Folder of watches: NAME.toml or NAME.sql.")] = Path("watches"),
    /,
    *,
    dry_run: Annotated[
        bool, Parameter(negative="", help="Show what would be told; nothing is written or sent.")
    ] = False,
    from_start: Annotated[
        bool, Parameter(negative="", help="The first run of a watch tells what is there already, too.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> int:
    """Tell what is new in the current snapshot, once: statements by or about somebody, copies, anonymous claims; as feed, to a webhook, by mail or chat."""
    watches = read_watches(folder)
    if not watches:
        raise WatchBroken(f"{folder} has no watch: write one, such as said-by-mayor.toml with kind and name.")
    for one in watches:
        open_sender(one)  # an address that cannot be used is told before any work
    settings, snapshot = require_snapshot(data)
    place = settings.place.folder
    with open_snapshot(snapshot) as database, stopping_queries(database):
        found = [(one, find_rows(one, database)) for one in watches]
    if dry_run:
        results = [look(place, one, rows, from_start) for one, rows in found]
    else:
        results = tell_all(place, found, from_start)
    print_results(results, json)
    return 1 if any(result["waiting"] for result in results) else 0


def look(data: Path, watch: Watch, rows: list[dict], from_start: bool) -> dict:
    """What a watch would tell."""
    known = read_known(data, watch.name)
    is_first = known is None and not from_start
    news = [] if is_first else choose_news(rows, known or set())
    return {
        "watch": watch.name,
        "news": news,
        "rows": len(rows),
        "first": is_first,
        "feed": None,
        "waiting": 0,
        "problem": "",
    }


def tell_all(data: Path, found: list[tuple[Watch, list[dict]]], from_start: bool) -> list[dict]:
    """Tell the news of every watch, one process at a time."""
    lock = data / WATCHES / ".lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):
            return [tell(data, one, rows, from_start) for one, rows in found]
    except Timeout:
        raise WatchLocked(f"Another `quotidian watch` works in {data}: wait for it.") from None


def tell(data: Path, watch: Watch, rows: list[dict], from_start: bool) -> dict:
    """Note the news of one watch, write its feed and send what was not taken yet."""
    send = open_sender(watch)
    result = look(data, watch, rows, from_start)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fresh = note_news(data, watch.name, {row["id"] for row in rows}, result["news"], now, send is not None)
    feed = write_feed(data, watch.name)
    waiting, problem = send_entries(data, watch, send) if send else (0, "")
    return result | {"news": fresh, "feed": str(feed), "waiting": waiting, "problem": problem}


def send_entries(data: Path, watch: Watch, send: Send) -> tuple[int, str]:
    """Send each entry that was not taken; those that were are crossed out at once. How many wait, and why."""
    entries = read_entries(data, watch.name)
    for entry in entries:
        if entry["sent"]:
            continue
        problem = send(entry)
        if problem:
            return count_waiting(entries), problem
        entry["sent"] = True
        write_entries(data, watch.name, entries)
    return 0, ""


def count_waiting(entries: list[dict]) -> int:
    """Entries that a webhook or apprise has still to take."""
    return sum(not entry["sent"] for entry in entries)


def print_results(results: list[dict], json: bool) -> None:
    """What was told, watch by watch."""
    if json:
        sys.stdout.write(json_.dumps(results, indent=1, ensure_ascii=False) + "\n")
        return
    for result in results:
        sys.stdout.write(f"{result['watch']}: {describe_result(result)}\n")
        for row in result["news"]:
            sys.stdout.write(f"  {make_inert(' '.join(describe_entry(row).split()))}\n")


def describe_result(result: dict) -> str:
    """One watch in a line."""
    if result["first"]:
        return f"first run, {result['rows']:,} rows are known from now on; new ones are told"
    waiting = f"; {result['waiting']:,} wait to be taken: {make_inert(result['problem'])}" if result["waiting"] else ""
    return f"{len(result['news']):,} new{waiting}"
