"""`{date}` in the name of a source: the day that a scheduled run or a backfill works on."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from quotidian.tasks.ingest.naming import mark_before
from quotidian.tasks.store.errors import UsageError

PLACE = re.compile(r"\{date(?::([^{}]*))?\}")
TODAY = "today"


class BadDay(UsageError):
    """A day is no day, or a source needs one and has none."""


def has_date(source: str) -> bool:
    """Whether the source names a place for the day."""
    return PLACE.search(source) is not None


def fill_date(source: str, day: date) -> str:
    """The source of a day: {date} becomes 2023-06-19, {date:%Y/%m/%d} becomes 2023/06/19.

    Names begin in the last folder that all days share: landing/{date} becomes landing/./2023-06-19, whose files have the
    names that they have below landing. A source with a mark of its own keeps it.
    """
    place = PLACE.search(source)
    marked = mark_before(source, place.start()) if place else source
    return PLACE.sub(lambda match: day.strftime(match.group(1)) if match.group(1) else day.isoformat(), marked)


def read_day(words: str) -> date:
    """A day as people write it on the command line: YYYY-MM-DD, or today (UTC). Raises BadDay."""
    if words == TODAY:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise BadDay(f"--date {words} is no day: write YYYY-MM-DD, or {TODAY}.") from None


def fill_sources(sources: list[str], words: str | None) -> list[str]:
    """The sources for the day that the command line names. Raises BadDay where a source needs a day and none is named."""
    if words is None:
        dated = next(iter(filter(has_date, sources)), None)
        if dated is not None:
            raise BadDay(f"The source {dated} needs a day: add --date YYYY-MM-DD or --date {TODAY}.")
        return sources
    day = read_day(words)
    return [fill_date(source, day) for source in sources]


def list_days(first: date, last: date) -> Iterator[date]:
    """Each day from first to last. Raises BadDay where there is none."""
    if last < first:
        raise BadDay(f"--to {last} lies before --from {first}: name the earlier day first.")
    yield from (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
