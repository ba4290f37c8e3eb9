"""What each source offers of an article's metadata, and which of the offers are used."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotidian.tasks.tables.kinds import METADATA_FIELDS

from .cleaned import Declared, Offer
from .datelines import REMOVED_RULES, name_agency, read_agencies
from .dates import (
    Moment,
    choose_dates,
    judge_captured,
    judge_plausible,
    read_declared_date,
    read_text_date,
    read_url_date,
)
from .facts import HEADER_RULES, Notes

PLAIN_FIELDS = ("url", "title", "outlet", "byline", "section")
PAGE_ORIGINS = ("json_ld", "meta", "link", "time", "title")
DATELINE_RULES = REMOVED_RULES["all"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """All offers of an article, and what its row says: values by field, the moment, and what told that."""

    offers: tuple[Offer, ...]
    values: dict[str, str]
    moment: Moment
    date_source: str
    date_flaws: tuple[str, ...]


def weigh_metadata(declared: Declared, notes: Notes) -> Metadata:
    """Gather what is offered for each field; the first offer of a field is used.

    The order of trust is that of `METADATA_FIELDS` x declared, page, header, url, dateline and text, as they were found.
    """
    offers = {field: list(dict.fromkeys(list_offers(field, declared, notes))) for field in METADATA_FIELDS}
    for field, own in offers.items():
        if field != "published" and own and (field != "agency" or own[0].value in read_agencies()):
            own[0] = replace(own[0], is_used=True)
    url = offers["url"][0].value if offers["url"] else None
    offers["published"], moment, source, flaws = weigh_dates(list_dates(declared, notes, url))
    values = {field: own[0].value for field, own in offers.items() if own and own[0].is_used and field != "published"}
    if "agency" in values:
        values["agency"] = name_agency(values["agency"])
    every = tuple(offer for field in METADATA_FIELDS for offer in offers[field])
    return Metadata(every, values, moment, source, flaws)


def list_offers(field: str, declared: Declared, notes: Notes) -> Iterator[Offer]:
    """The offers for a field that is no date, the most trusted first."""
    if field in PLAIN_FIELDS:
        value = getattr(declared, field)
        if value:
            yield Offer(field, "declared", None, value)
        yield from (Offer(*fact) for fact in declared.page if fact.field == field)
    found = notes.agencies() if field == "agency" else notes.of_field(field)
    yield from (Offer(field, name_origin(rule), rule, fact.text) for rule, fact in found)


def name_origin(rule: str) -> str:
    """The origin of a fact that a rule found in the raw text."""
    return "header" if rule in HEADER_RULES else "dateline" if rule in DATELINE_RULES else "text"


Dated = tuple[Offer, Moment]


def list_dates(declared: Declared, notes: Notes, url: str | None) -> list[Dated]:
    """Every offer of a date with the moment that it tells, the most trusted first."""
    told = [Offer("published", "declared", None, declared.published)] if (declared.published or "").strip() else []
    told += [Offer(*fact) for fact in declared.page if fact.field == "published"]
    dated = [(offer, read_declared_date(offer.value)) for offer in told]
    found = notes.of_field("date")
    dated += list_header_dates([(rule, fact.text) for rule, fact in found if rule in HEADER_RULES])
    in_url = read_url_date(url) if url else None
    if in_url:
        dated.append((Offer("published", "url", None, in_url[0]), in_url[1]))
    dated += list_text_dates([(rule, fact.text) for rule, fact in found if rule not in HEADER_RULES])
    captured = read_declared_date(declared.captured).day if declared.captured else None
    return [(offer, judge_captured(moment, captured)) for offer, moment in dict.fromkeys(dated)]


def list_header_dates(found: list[tuple[str, str]]) -> Iterator[Dated]:
    """The dates that the scraper's header tells."""
    for rule, text in found:
        yield Offer("published", "header", rule, text), judge_plausible(read_declared_date(text))


def list_text_dates(found: list[tuple[str, str]]) -> Iterator[Dated]:
    """The dates that lines of the article tell with their year."""
    for rule, text in found:
        moment = read_text_date(text)
        if moment is not None:
            yield Offer("published", name_origin(rule), rule, text), moment


def weigh_dates(dated: list[Dated]) -> tuple[list[Offer], Moment, str, tuple[str, ...]]:
    """Offers with their problems and which are used, the moment, what told it, and the flaws of those more trusted."""
    moment, used = choose_dates([moment for _, moment in dated])
    offers = [
        replace(offer, problem=told.flaw or None, is_used=place in used) for place, (offer, told) in enumerate(dated)
    ]
    before = offers[: used[0]] if used else offers
    source = name_date_source(offers[used[0]].origin) if used else "none"
    return offers, moment, source, tuple(offer.problem for offer in before if offer.problem)


def name_date_source(origin: str) -> str:
    """The word of `date_source` for an origin."""
    return "metadata" if origin in PAGE_ORIGINS else "text" if origin == "dateline" else origin
