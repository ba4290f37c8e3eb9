"""The feeds that a user lists."""

import csv
from dataclasses import dataclass
from pathlib import Path

from quotidian.tasks.ingest.fetch.failure import FetchFailed
from quotidian.tasks.ingest.fetch.links import read_link
from quotidian.tasks.store.errors import UsageError

COLUMNS = ("url", "outlet", "section", "note")
MAX_FIELD_CHARS = 131_072  # the csv module's own default


class BadFeedList(UsageError):
    """The list of feeds cannot be read."""


@dataclass(frozen=True)
class Feed:
    """A feed, and what the user says of all of its pages."""

    url: str
    outlet: str | None = None
    section: str | None = None


def read_feed_list(path: Path) -> list[Feed]:
    """Feeds of a CSV file with the columns url and, where wanted, outlet, section and note, each once.

    Raises BadFeedList.
    """
    csv.field_size_limit(MAX_FIELD_CHARS)  # one for the whole process, which the reader of articles raises
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, restkey="more")
            check_columns(path, rows.fieldnames or ())
            feeds = [read_feed(path, rows.line_num, row) for row in rows]
    except FileNotFoundError:
        raise BadFeedList(f"{path} does not exist: name a CSV file of feeds, with a column url.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadFeedList(f"{path} is no CSV file in UTF-8: {error}.") from None
    if not feeds:
        raise BadFeedList(f"{path} lists no feed: write one address a line below the header.")
    unique: dict[str, Feed] = {}
    for feed in feeds:
        unique.setdefault(feed.url, feed)
    return list(unique.values())


def check_columns(path: Path, names: list[str] | tuple[str, ...]) -> None:
    """Raise BadFeedList where a column is missing or unknown."""
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or "url" not in names:
        what = f"has a column {unknown[0]!r}" if unknown else "has no column 'url'"
        raise BadFeedList(f"{path} {what}: the header names {', '.join(COLUMNS)}, of which only url is needed.")


def read_feed(path: Path, line: int, row: dict[str, str | None]) -> Feed:
    """The feed of one line; raises BadFeedList."""
    if "more" in row:
        raise BadFeedList(f"{path}, line {line}, has more fields than the header: quote a field that holds a comma.")
    words = {name: (row.get(name) or "").strip() or None for name in ("outlet", "section")}
    try:
        return Feed(read_link(row["url"] or ""), **words)
    except FetchFailed as error:
        raise BadFeedList(f"{path}, line {line}: {error.detail}.") from None
