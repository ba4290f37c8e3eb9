"""Which of two articles with one text is the earlier, and what tells so; where nothing does, that is said."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from quotidian.tasks.deduplicate.copies.credits import name_source
from quotidian.tasks.deduplicate.words import fold_text

CRAWL_MINUTES = timedelta(minutes=10)
"""Pages that crawlers saw within so short a time were fetched in one go, in an order that tells nothing."""
CAPTURE_DAYS = timedelta(days=3)
"""A crawler that came later after the day of publication tells nothing of the hours of that day."""
UNKNOWN = "unknown"


class Publication(NamedTuple):
    """What is known of when and by whom an article was published: `own` are the outlet's names, `credits` those that the
    text or the metadata credit, both as `name_source` writes them; `people` are the names of people in the text."""

    article_id: str
    text: int
    day: date | None = None
    at: datetime | None = None
    captured: datetime | None = None
    url: str | None = None
    own: frozenset[str] = frozenset()
    credits: frozenset[str] = frozenset()
    agency: str = ""
    people: frozenset[str] = frozenset()


class Order(NamedTuple):
    """Whether the first of two articles is the earlier (1), the later (-1), or neither is known to be (0), and the basis of
    that, one of ORDER_BASES."""

    sign: int
    basis: str


NO_ORDER = Order(0, UNKNOWN)


def make_publication(row: dict) -> Publication:
    """The publication of an article: article_id, text, published_date, published_at, captured_at, url, outlet,
    agency, credited and people (lists of names), each null where nothing is known."""
    own, agency = name_outlet(row["outlet"], row["url"]), name_source(row["agency"] or "")
    credits = name_credits(own, row["credited"], agency)
    dates = row["published_date"], drop_midnight(row["published_at"]), row["captured_at"]
    people = frozenset(fold_text(name).casefold() for name in row["people"] or ())
    return Publication(row["article_id"], row["text"], *dates, row["url"], own, credits, agency, people)


def name_outlet(outlet: str | None, url: str | None) -> frozenset[str]:
    """The names of the outlet of an article, as `name_source` writes them."""
    return name_own(outlet or "", name_host(url or ""))


@lru_cache(maxsize=65_536)
def name_own(outlet: str, host: str) -> frozenset[str]:
    """The names of an outlet and its host that are not empty."""
    return frozenset((name_source(outlet), name_source(host))) - {""}


def name_credits(own: frozenset[str], credited: list[str] | None, agency: str) -> frozenset[str]:
    """Whom an article of an outlet credits beside the outlet itself."""
    return frozenset((*(credited or ()), agency)) - own - {""} if credited or agency else frozenset()


def drop_midnight(at: datetime | None) -> datetime | None:
    """The moment, unless it is midnight, which sources write that know the day only."""
    return None if at and at.time() == time() else at


def name_host(url: str) -> str:
    """The host of an address, without "www."."""
    return url.partition("://")[2].partition("/")[0].partition(":")[0].removeprefix("www.")


def order_pair(one: Publication, other: Publication) -> Order:
    """Which is the earlier. The moments of publication count most, then the days; what a text credits where they say
    nothing, and against them it makes the order unknown; then when crawlers saw the two."""
    if one.url and one.url == other.url:
        return order_states(one, other)
    dated, credited = order_dates(one, other), order_credits(one, other)
    if dated.sign:
        return dated if credited.sign != -dated.sign else NO_ORDER
    return credited if credited.sign else order_captures(one, other)


def order_states(one: Publication, other: Publication) -> Order:
    """Two states of one address: by their dates, else by when crawlers saw them, however close together."""
    dated = order_dates(one, other)
    is_seen = not dated.sign and one.captured and other.captured
    return compare(one.captured, other.captured, "captured_at") if is_seen else dated


def order_dates(one: Publication, other: Publication) -> Order:
    """By moments of publication where both have one, else by days."""
    if one.at and other.at:
        return compare(one.at, other.at, "published_at")
    return compare(one.day, other.day, "published_date") if one.day and other.day else NO_ORDER


def order_credits(one: Publication, other: Publication) -> Order:
    """Who credits the other's outlet, and is not credited by it, is the later."""
    is_credited, is_crediting = bool(one.own & other.credits), bool(one.credits & other.own)
    return Order(is_credited - is_crediting, "credit") if is_credited != is_crediting else NO_ORDER


def order_captures(one: Publication, other: Publication) -> Order:
    """What a crawler saw before the other was published is the earlier; else what it saw earlier by more than one crawl takes,
    where it came soon after publication."""
    if one.captured and other.at and one.captured < other.at:
        return Order(1, "captured_at")
    if other.captured and one.at and other.captured < one.at:
        return Order(-1, "captured_at")
    if not (is_fresh(one) and is_fresh(other)) or abs(one.captured - other.captured) < CRAWL_MINUTES:
        return NO_ORDER
    return compare(one.captured, other.captured, "captured_at")


def is_fresh(article: Publication) -> bool:
    """Whether a crawler saw an article soon after its day, or nothing tells its day."""
    if not article.captured:
        return False
    return article.day is None or article.captured.date() - article.day <= CAPTURE_DAYS


def compare(one: date, other: date, basis: str) -> Order:
    """The order of two moments or days."""
    return Order((one < other) - (one > other), basis) if one != other else NO_ORDER
