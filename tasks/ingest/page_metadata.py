"""What a page declares about its article: JSON-LD, meta tags, links and time elements."""

import html as html_
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from quotidian.tasks.store.facts import read_facts

from .addresses import canonical_url
from .pages import BLANKS, parse_html

MAX_CHARS = 1_000
# How deep JSON-LD may lie in itself; the vocabulary needs five.
MAX_DEPTH = 12


class PageFact(NamedTuple):
    """One value that a page declares for a field of its article.

    `origin` is the part of the page (json_ld, meta, link, time or title), `key` the value's name there.
    """

    field: str
    origin: str
    key: str
    value: str


@cache
def read_places() -> tuple[tuple[str, str, str], ...]:
    """(field, place, key) of seeds/page_metadata.csv, the most trusted first."""
    return tuple((row["field"], row["place"], row["key"]) for row in read_facts("page_metadata"))


def read_metadata(html: str) -> tuple[PageFact, ...]:
    """All that a page declares of url, title, outlet, byline, section and published; by field, the most trusted first."""
    tree = parse_html(html)
    if tree is None:
        return ()
    told = {"json_ld": read_json_ld(tree), "meta": read_meta(tree), **read_elements(tree)}
    facts = []
    for field, place, key in read_places():
        value = clip(told[place].get(key))
        if value and not is_misplaced(field, value):
            facts.append(PageFact(field, place, key, canonical_url(value) if field == "url" else value))
    return tuple(facts)


def is_misplaced(field: str, value: str) -> bool:
    """Whether an address stands where a name belongs, or a part of one where a whole one does."""
    return value.startswith(("http://", "https://")) != (field == "url")


def clip(value: str | None) -> str:
    """A value in one line, of a length that a headline can have."""
    return BLANKS.sub(" ", html_.unescape(value or "")[:MAX_CHARS].replace("\x00", "")).strip()


def read_meta(tree: Any) -> dict[str, str]:
    """Contents of the meta tags by name, property or itemprop, in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            key = element.get(attribute)
            if key and content and content.strip():
                found.setdefault(key.strip().lower(), content)
    return found


def read_elements(tree: Any) -> dict[str, dict[str, str]]:
    """What links, time elements and the title say."""
    links = {e.get("rel", "").lower(): e.get("href") for e in reversed(list(tree.iter("link")))}
    times = {}
    for element in tree.iter("time"):
        marks = " ".join(filter(None, (element.get("itemprop"), element.get("class")))).lower()
        if element.get("datetime") and ("pubdate" in element.attrib or "publi" in marks):
            times.setdefault("published", element.get("datetime"))
    title = next(tree.iter("title"), None)
    return {"link": links, "time": times, "title": {} if title is None else {"title": "".join(title.itertext())}}


def read_json_ld(tree: Any) -> dict[str, str]:
    """The properties that are used of the first article that JSON-LD describes."""
    for element in tree.iter("script"):
        if (element.get("type") or "").lower().startswith("application/ld+json"):
            for node in walk_nodes(load_json(element.text), 0):
                if is_article(node):
                    return describe_article(node)
    return {}


def load_json(text: str | None) -> Any:
    """The JSON of a script element; None where it holds none."""
    try:
        return json.loads(text or "", strict=False)
    except (ValueError, RecursionError):
        return None


def walk_nodes(value: Any, depth: int) -> Iterator[dict]:
    """All objects inside a JSON value, outer ones first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from walk_nodes(part, depth + 1)


def is_article(node: dict) -> bool:
    """Whether a node is an article by the schema.org vocabulary: NewsArticle, Article, BlogPosting and their kinds."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(("Article", "Posting")) for kind in kinds)


def describe_article(node: dict) -> dict[str, str]:
    """The properties of an article node that have words."""
    address = node.get("mainEntityOfPage")
    values = {
        "headline": name_value(node.get("headline") or node.get("name")),
        "url": name_value(node.get("url")) or name_value(address.get("@id") if isinstance(address, dict) else address),
        "author": name_value(node.get("author") or node.get("creator")),
        "publisher": name_value(node.get("publisher")),
        "section": name_value(node.get("articleSection")),
        "published": name_value(node.get("datePublished") or node.get("dateCreated")),
    }
    return {key: value for key, value in values.items() if value}


def name_value(value: Any) -> str:
    """The words of a value: a text, the name of a node, or those of a list with commas between."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        names = [part.get("name") if isinstance(part, dict) else part for part in value]
        value = ", ".join(dict.fromkeys(name for name in names if isinstance(name, str) and name.strip()))
    return value if isinstance(value, str) else ""
