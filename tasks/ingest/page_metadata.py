"""What a page declares about its article: JSON-LD, meta tags, links, time elements, and what stands around its headline."""

import html as html_
from functools import cache
from typing import Any, NamedTuple

from quotidian.tasks.store.facts import read_facts

from .addresses import canonical_url
from .captions import read_captions
from .folding import fold_words
from .headline_area import HeadlineArea
from .json_ld import Known, describe_page, read_player_titles
from .pages import BLANKS, parse_html

MAX_CHARS = 1_000
# The start of a moment in ISO 8601 that is its day.
DAY_CHARS = 10
# Meta tags that pages repeat for each author.
AUTHOR_KEYS = ("author", "article:author", "citation_author", "dc.creator", "parsely-author", "byl")
MAX_AUTHORS = 20
# Names of the day of publication in microdata (schema.org) and RDFa (Dublin Core).
DATE_PROPERTIES = frozenset(
    ["datepublished", "schema:datepublished", "dc:date", "dc:created", "dc:issued", "dcterms:issued", "dcterms:created"]
)
VIDEO = "VideoObject"


class PageFact(NamedTuple):
    """One value that a page or record declares for a field of its article.

    `origin` is the part of the page (json_ld, meta, link, time, title or element) or "declared", `key` the value's name there;
    `problem` is why it cannot be used.
    """

    field: str
    origin: str
    key: str
    value: str
    problem: str | None = None


@cache
def read_places() -> tuple[tuple[str, str, str], ...]:
    """(field, place, key) of seeds/page_metadata.csv, the most trusted first."""
    return tuple((row["field"], row["place"], row["key"]) for row in read_facts("page_metadata"))


def read_metadata(html: str) -> tuple[PageFact, ...]:
    """All that a page declares of url, title, outlet, byline, agency, section and published; by field, the most trusted first; and its captions."""
    tree = parse_html(html)
    if tree is None:
        return ()
    told = read_parts(tree)
    facts = []
    for field, place, key in read_places():
        value = clip(told[place].get(key))
        if value and not is_misplaced(field, value):
            facts.append(PageFact(field, place, key, canonical_url(value) if field == "url" else value))
    captions = (clip(caption) for caption in read_captions(tree))
    return (*facts, *(PageFact("caption", "element", "figcaption", caption) for caption in captions))


class Surroundings(NamedTuple):
    """What a page shows around its story: the headline, the standfirst under it, and the titles of players, folded; empty for none."""

    title: str = ""
    standfirst: str = ""
    players: frozenset[str] = frozenset()


def read_surroundings(html: str) -> Surroundings:
    """What a page shows around its story."""
    tree = parse_html(html)
    if tree is None:
        return Surroundings()
    meta = read_meta(tree)
    heads = list_heads(meta, read_elements(tree))
    area = HeadlineArea(tree, heads)
    description = meta.get("description") or meta.get("og:description") or ""
    title = area.read_title()
    own = {fold_words(words) for words in (title, description, *heads)}
    players = read_player_titles(tree) - own if VIDEO in html else frozenset()
    return Surroundings(title, area.read_standfirst(description), players)


def list_heads(meta: dict[str, str], parts: dict[str, dict[str, str]]) -> tuple[str, ...]:
    """The headlines in the head of a page."""
    return tuple(filter(None, (meta.get("og:title"), meta.get("twitter:title"), parts["title"].get("title"))))


def read_parts(tree: Any) -> dict[str, dict[str, str]]:
    """What each part of a page says, by name."""
    meta, parts = read_meta(tree), read_elements(tree)
    heads = list_heads(meta, parts)
    area = HeadlineArea(tree, heads)
    known = Known(
        tuple(filter(None, (parts["link"].get("canonical"), meta.get("og:url")))),
        tuple(filter(None, (area.read_title(), *heads))),
    )
    parts["time"] |= area.read_times() | parts["time"]
    parts["element"] = {"h1": area.read_title(), **area.read_authors(), "visible": parts["time"].pop("visible", "")}
    return {"json_ld": describe_page(tree, known), "meta": meta, **parts}


def is_misplaced(field: str, value: str) -> bool:
    """Whether an address stands where a name belongs, or a part of one where a whole one does."""
    return value.startswith(("http://", "https://")) != (field == "url")


def clip(value: str | None) -> str:
    """A value in one line, of a length that a headline can have."""
    return BLANKS.sub(" ", html_.unescape(value or "")[:MAX_CHARS].replace("\x00", "")).strip()


def read_meta(tree: Any) -> dict[str, str]:
    """Contents of the meta tags by name, property or itemprop, in lower case; the first of a name counts, of authors all do."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            key = element.get(attribute)
            if key and content and content.strip():
                add_meta(found, key.strip().lower(), content.strip())
    return found


def add_meta(found: dict[str, str], key: str, content: str) -> None:
    """Note what a meta tag says."""
    if key in AUTHOR_KEYS and key in found:
        known = found[key].split(", ")
        found[key] = found[key] if content in known or len(known) > MAX_AUTHORS else f"{found[key]}, {content}"
    else:
        found.setdefault(key, content)


def read_elements(tree: Any) -> dict[str, dict[str, str]]:
    """What links, time elements and the title say."""
    links = {e.get("rel", "").lower(): e.get("href") for e in reversed(list(tree.iter("link")))}
    title = next(tree.iter("title"), None)
    times = {"published": read_marked_times(tree), "itemprop": read_item_times(tree)}
    return {"link": links, "time": times, "title": {} if title is None else {"title": "".join(title.itertext())}}


def read_marked_times(tree: Any) -> str:
    """The moment of the time elements that say that they tell the publication; none where they tell several days."""
    found = []
    for element in tree.iter("time"):
        marks = " ".join(filter(None, (element.get("itemprop"), element.get("class")))).lower()
        if element.get("datetime") and ("pubdate" in element.attrib or "publi" in marks):
            found.append(element.get("datetime").strip())
    return choose_single(found)


def read_item_times(tree: Any) -> str:
    """The moment that is marked as that of publication in microdata or RDFa; none where several days are."""
    found = []
    for element in tree.xpath("//*[@itemprop or @property]"):
        if not DATE_PROPERTIES.intersection(f"{element.get('itemprop')} {element.get('property')}".lower().split()):
            continue
        value = element.get("content") or element.get("datetime") or " ".join(element.itertext())
        found.append(value.strip()[:MAX_CHARS])
    return choose_single(found)


def choose_single(values: list[str]) -> str:
    """The first of values that tell one day; a page that lists other stories has theirs too."""
    days = {value[:DAY_CHARS] for value in values if value}
    return next(filter(None, values)) if len(days) == 1 else ""
