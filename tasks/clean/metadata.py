"""What each source offers of an article's metadata, and which of the offers are used."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from quotidian.tasks.ingest.addresses import absolute_url
from quotidian.tasks.tables.kinds import METADATA_FIELDS, OFFER_FIELDS

from .authors import read_authors, split_byline, write_byline
from .cleaned import Declared, Offer
from .datelines import REMOVED_RULES, name_agency, read_agencies
from .dates import (
    UNREADABLE,
    Moment,
    choose_dates,
    cut_publication,
    judge_captured,
    judge_plausible,
    read_declared_date,
    read_text_date,
    read_url_date,
)
from .facts import HEADER_RULES, Notes
from .outlets import fold_outlets, is_outlet, shorten_outlet, strip_outlet
from .values import repair_value

PLAIN_FIELDS = ("url", "title", "outlet", "byline", "section")
PAGE_ORIGINS = ("json_ld", "meta", "link", "time", "title", "element")
# What a page shows of its authors beside the head of it, where all of several stand.
SHOWN_AUTHORS = ("itemprop", "rel", "author_link", "byline", "article:author", "author")
DATELINE_RULES = REMOVED_RULES["all"]
# A section with more names in a row is a list of tags.
MOST_SECTIONS = 3


@dataclass(frozen=True, slots=True)
class Metadata:
    """All offers of an article, and what its row says: values by field, the moment, and what told that."""

    offers: tuple[Offer, ...]
    values: dict[str, str]
    moment: Moment
    date_source: str
    date_flaws: tuple[str, ...]


def weigh_metadata(declared: Declared, notes: Notes) -> Metadata:
    """Gather what is offered for each field; the first offer of a field that tells something is used.

    The order of trust is that of `METADATA_FIELDS` x declared, page, header, url, dateline and text, as they were found.
    Offers stand as they came; values are without markup, outlets behind headlines, and what is no person among authors.
    """
    offers = {field: list(dict.fromkeys(list_offers(field, declared, notes))) for field in OFFER_FIELDS}
    url = next((offer.value for offer in offers["url"] if offer.problem is None), None)
    outlets = fold_outlets([offer.value for offer in offers["outlet"]], url)
    values: dict[str, str] = {}
    for field in METADATA_FIELDS:
        own = offers[field]
        place, value = choose_offer(field, own, outlets, url)
        if place is not None:
            own[place], values[field] = replace(own[place], is_used=True), value
    offers["published"], moment, source, flaws = weigh_dates(list_dates(declared, notes, url))
    every = tuple(offer for field in OFFER_FIELDS for offer in offers[field])
    return Metadata(every, values, moment, source, flaws)


Chosen = tuple[int | None, str]
NOTHING: Chosen = (None, "")


def choose_offer(field: str, offers: list[Offer], outlets: frozenset[str], url: str | None) -> Chosen:
    """The place of the offer that is used, and the value that it gives; nothing where none tells anything."""
    if field == "byline":
        return choose_byline(offers, outlets)
    for place, offer in enumerate(offers):
        if offer.problem:
            continue
        value = read_value(field, offer.value, outlets, url)
        if value:
            return place, value
        if field in ("agency", "published"):
            return NOTHING
    return NOTHING


def read_value(field: str, value: str, outlets: frozenset[str], url: str | None) -> str:
    """The value of an offer for a field; empty where it tells nothing of it."""
    if field == "agency":
        return name_agency(value) if value in read_agencies() else ""
    if field in ("url", "dateline_place", "published"):
        return "" if field == "published" else value
    value = repair_value(value)
    if field == "outlet":
        return shorten_outlet(value, url)
    if is_outlet(value, outlets):
        return ""
    if field == "title":
        return strip_outlet(value, outlets)
    return "" if value.count(",") >= MOST_SECTIONS else value


def choose_byline(offers: list[Offer], outlets: frozenset[str]) -> Chosen:
    """The first byline that names people; a later one of the page that names them and others is the whole of it."""
    usable = [(place, offer) for place, offer in enumerate(offers) if offer.problem is None]
    named = [(place, offer, read_authors(offer.value, outlets)) for place, offer in usable]
    named = [told for told in named if told[2]]
    if not named:
        return NOTHING
    place, offer, people = named[0]
    if offer.origin in PAGE_ORIGINS:
        wider = [told for told in named if told[1].key in SHOWN_AUTHORS and set(told[2]) > set(people)]
        place, offer, people = next(iter(wider), named[0])
    return place, write_byline(offer.value, people)


def list_offers(field: str, declared: Declared, notes: Notes) -> Iterator[Offer]:
    """The offers for a field that is no date, the most trusted first."""
    if field in PLAIN_FIELDS and getattr(declared, field):
        yield judge_declared(field, getattr(declared, field))
    yield from (Offer(*fact) for fact in declared.page if fact.field == field and field != "published")
    found = notes.agencies() if field == "agency" else notes.of_field(field)
    yield from (Offer(field, name_origin(rule), rule, fact.text) for rule, fact in found)
    if field == "agency":
        yield from (replace(offer, field=field, value=mark) for offer, mark in list_byline_agencies(declared, notes))


def judge_declared(field: str, value: str) -> Offer:
    """The offer of a source; an address that names no page by itself says so."""
    problem = "no_address" if field == "url" and absolute_url(value) is None else None
    return Offer(field, "declared", None, value, problem)


def list_byline_agencies(declared: Declared, notes: Notes) -> Iterator[tuple[Offer, str]]:
    """The agencies that stand where authors do."""
    for offer in list_offers("byline", declared, notes):
        yield from ((offer, part) for part in split_byline(repair_value(offer.value)) if part in read_agencies())


def name_origin(rule: str) -> str:
    """The origin of a fact that a rule found in the raw text."""
    return "header" if rule in HEADER_RULES else "dateline" if rule in DATELINE_RULES else "text"


Dated = tuple[Offer, Moment]


def list_dates(declared: Declared, notes: Notes, url: str | None) -> list[Dated]:
    """Every offer of a date with the moment that it tells, the most trusted first."""
    told = [Offer("published", "declared", None, declared.published)] if (declared.published or "").strip() else []
    told += [Offer(*fact) for fact in declared.page if fact.field == "published" and fact.origin != "element"]
    dated = [(offer, judge_offer(offer)) for offer in told]
    found = notes.of_field("date")
    dated += list_header_dates([(rule, fact.text) for rule, fact in found if rule in HEADER_RULES])
    in_url = read_url_date(url) if url else None
    if in_url:
        dated.append((Offer("published", "url", None, in_url[0]), in_url[1]))
    dated += list_shown_dates(declared)
    dated += list_text_dates([(rule, fact.text) for rule, fact in found if rule not in HEADER_RULES])
    captured = read_declared_date(declared.captured).day if declared.captured else None
    return [(offer, judge_captured(moment, captured)) for offer, moment in dict.fromkeys(dated)]


def read_captured(declared: Declared) -> datetime | None:
    """The moment at which a crawler saw the article, where the archive record tells it with its zone."""
    return read_declared_date(declared.captured).at if declared.captured else None


def judge_offer(offer: Offer) -> Moment:
    """The moment that a declared value tells; one that is no words tells none."""
    return UNREADABLE if offer.problem else read_declared_date(offer.value)


def list_header_dates(found: list[tuple[str, str]]) -> Iterator[Dated]:
    """The dates that the scraper's header tells."""
    for rule, text in found:
        yield Offer("published", "header", rule, text), judge_plausible(read_declared_date(text))


def list_shown_dates(declared: Declared) -> Iterator[Dated]:
    """The dates that a page shows in words by its headline."""
    for fact in declared.page:
        moment = read_text_date(fact.value) if fact.field == "published" and fact.origin == "element" else None
        if moment is not None:
            yield Offer(*fact), moment


def list_text_dates(found: list[tuple[str, str]]) -> Iterator[Dated]:
    """The dates of publication that lines of the article tell with their year."""
    for rule, text in found:
        moment = read_text_date(cut_publication(text))
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
