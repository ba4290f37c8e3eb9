"""JSON-LD of a page, read as the graph that it is: nodes by their @id, and the one that is this page's article."""

import html as html_
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from .folding import fold_words
from .loose_json import read_loose_values

# How deep JSON-LD may lie in itself; the vocabulary needs five.
MAX_DEPTH = 12
MAX_NODES = 5_000
ORGANIZATIONS = ("Organization", "Corporation", "Brand", "WebSite")
# Works that are no articles by name and stand for one on their page (schema.org).
OTHER_WORKS = ("Review", "Recipe", "HowTo", "Report", "CreativeWork")
PAGES = ("WebPage", "FAQPage", "ItemPage")
WRAPPING = re.compile(r"\A\s*(?:/[/*]\s*)?<!(?:\[CDATA\[|--)(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]|--)>(?:\s*\*/)?\s*\Z")
LOOSE_COMMA = re.compile(r",(?=\s*[}\]])")
# Names of the vocabulary in full: "schema:headline", "http://schema.org/headline".
FULL_KEY = re.compile(r'"(?:schema:|https?://schema\.org/)(\w+)"(?=\s{0,20}:)')
NAME_DEPTH = 3
# rapidfuzz ratios from which two headlines are one, and below which they are of two stories.
SAME_HEADLINE, OTHER_HEADLINE = 80, 55
LEAST_HEADLINE = 12

Node = dict[str, Any]


class Known(NamedTuple):
    """What the page says of itself outside of JSON-LD: its addresses and its headlines."""

    addresses: tuple[str, ...]
    titles: tuple[str, ...]


def describe_page(tree: Any, known: Known) -> dict[str, str]:
    """The properties of this page's article: headline, url, publisher, author, section, published and more.

    Articles come before other works, and both before the page itself, which tells its date only. A node that is another
    story's (another address, another headline) is passed over.
    """
    graph = Graph(tree)
    found: dict[str, str] = {}
    for ends in (("Article", "Posting"), OTHER_WORKS):
        for node in find_own([node for node in graph.tops if is_kind(node, ends)], known):
            for key, value in graph.describe(node).items():
                found.setdefault(key, value)
    for node in find_own([node for node in graph.tops if is_kind(node, PAGES)], known):
        found.setdefault("page_published", name_value(node.get("datePublished")))
    found["breadcrumb"] = graph.read_breadcrumb(known.titles)
    return {key: value for key, value in found.items() if value}


class Graph:
    """All nodes of a page's JSON-LD: those that stand on their own, and those that an @id names."""

    def __init__(self, tree: Any) -> None:
        values = read_values(tree)
        self.tops = [node for value in values for node in list_tops(value, 0)][:MAX_NODES]
        self.named: dict[str, Node] = {}
        for node in (node for value in values for node in walk_nodes(value, 0)):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                self.named[name] = {**node, **self.named.get(name, {})}

    def follow(self, value: Any) -> Any:
        """The node that a value refers to by @id; the value itself where it refers to none."""
        name = value.get("@id") if isinstance(value, dict) and "name" not in value else value
        return self.named.get(name, value) if isinstance(name, str) else value

    def describe(self, node: Node) -> dict[str, str]:
        """The properties of an article's node that have words."""
        people, bodies = self.read_authors(node.get("author") or node.get("creator"))
        values = {
            "headline": name_value(node.get("headline")) or name_value(node.get("name")),
            "url": read_address(node),
            "publisher": name_value(self.follow(first(node.get("publisher")))),
            "author": ", ".join(people),
            "author_organization": ", ".join(bodies),
            "section": name_value(node.get("articleSection")),
            "published": name_value(node.get("datePublished")),
            "created": name_value(node.get("dateCreated")),
        }
        return {key: value for key, value in values.items() if value}

    def read_authors(self, value: Any) -> tuple[list[str], list[str]]:
        """Names of people and of organisations, in their order, each once; lists may lie in lists."""
        people: dict[str, None] = {}
        bodies: dict[str, None] = {}
        for part in flatten(value, 0):
            part = self.follow(part)
            name = name_person(part)
            if name and not name.startswith(("http://", "https://")):
                is_body = isinstance(part, dict) and is_kind(part, ORGANIZATIONS)
                (bodies if is_body else people)[name] = None
        return list(people), list(bodies)

    def read_breadcrumb(self, titles: tuple[str, ...]) -> str:
        """The last step to the page that is neither its start nor itself."""
        for node in self.tops:
            items = node.get("itemListElement")
            if is_kind(node, ("BreadcrumbList",)) and isinstance(items, list):
                names = [name_step(self.follow(item)) for item in items if isinstance(item, dict)]
                steps = [name for name in names[1:] if name and not any(is_same(name, title) for title in titles)]
                return steps[-1] if steps else ""
        return ""


def read_player_titles(tree: Any) -> frozenset[str]:
    """The names of the videos that a page embeds, folded."""
    videos = (node for value in read_values(tree) for node in walk_nodes(value, 0) if is_kind(node, ("VideoObject",)))
    return frozenset(fold_words(name_value(node.get("name"))) for node in videos) - {""}


def read_values(tree: Any) -> list[Any]:
    """The values of all JSON-LD of a page."""
    return [
        value
        for element in tree.iter("script")
        if (element.get("type") or "").strip().lower().startswith("application/ld+json")
        for value in load_json(element.text)
    ]


def name_step(item: Node) -> str:
    """The name of one step of a breadcrumb."""
    inner = item.get("item")
    return name_value(item.get("name")) or (name_value(inner) if isinstance(inner, dict) else "")


def load_json(text: str | None) -> list[Any]:
    """The JSON values of a script element, as far as damage can be mended: wrappings, loose commas, a stop behind; comments, lost ends."""
    text = WRAPPING.sub("", text or "").strip("\ufeff \t\r\n").rstrip(";").strip()
    text = FULL_KEY.sub(r'"\1"', html_.unescape(text) if "&quot;" in text and '"' not in text else text)
    return decode_values(text) or decode_values(LOOSE_COMMA.sub("", text)) or read_loose_values(text)


def decode_values(text: str) -> list[Any]:
    """The values that stand one behind the other; none where the first is no JSON."""
    decoder, values, place = json.JSONDecoder(strict=False), [], 0
    while place < len(text):
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while place < len(text) and text[place] in " \t\r\n;,":
            place += 1
    return values


def list_tops(value: Any, depth: int) -> Iterator[Node]:
    """The nodes that stand on their own: in lists and graphs, and what a page says it is mainly about."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        inner = [value.get("@graph"), value.get("mainEntity")]
        if is_kind(value, PAGES):
            inner.append(value.get("breadcrumb"))
        value = [part for part in inner if isinstance(part, dict | list)]
    if isinstance(value, list):
        for part in value:
            yield from list_tops(part, depth + 1)


def walk_nodes(value: Any, depth: int) -> Iterator[Node]:
    """All objects inside a JSON value, outer ones first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from walk_nodes(part, depth + 1)


def is_kind(node: Node, ends: tuple[str, ...]) -> bool:
    """Whether a node's type ends with one of the words: NewsArticle is an Article, NewsMediaOrganization an Organization."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.strip().lower().endswith(tuple(map(str.lower, ends))) for kind in kinds)


def find_own(nodes: list[Node], known: Known) -> list[Node]:
    """The nodes that are about this page, the surest first; a single one that nothing speaks against is."""
    rated = sorted(((rate_node(node, known), -place) for place, node in enumerate(nodes)), reverse=True)
    own = [nodes[-place] for rate, place in rated if rate > 0]
    if own or len(nodes) != 1:
        return own
    return nodes if rated[0][0] >= -1 else []


def rate_node(node: Node, known: Known) -> int:
    """How much speaks for a node's being this page: its address most, then its headline; below 0 for being another."""
    address = fold_address(read_address(node) or "")
    rate = 0
    if address and known.addresses:
        rate = 4 if address in map(fold_address, known.addresses) else -1
    headline = fold_words(name_value(node.get("headline")) or name_value(node.get("name")))
    titles = [title for title in map(fold_words, known.titles) if len(title) >= LEAST_HEADLINE]
    if len(headline) < LEAST_HEADLINE or not titles:
        return rate
    closeness = max(100 if headline in title else fuzz.ratio(headline, title) for title in titles)
    closeness = max(closeness, *(100 * (title in headline) for title in titles))
    return rate + (2 if closeness >= SAME_HEADLINE else -2 if closeness < OTHER_HEADLINE else 0)


def read_address(node: Node) -> str:
    """The absolute address that a node names as its own."""
    page = node.get("mainEntityOfPage")
    inner = [page.get("@id"), page.get("url")] if isinstance(page, dict) else [page]
    for value in (node.get("url"), *inner, node.get("@id")):
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return ""


def fold_address(url: str) -> str:
    """Host and path of an address, the same for http and https, with or without www and a slash at the end."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return f"{(parts.netloc or '').lower().removeprefix('www.')}{parts.path.rstrip('/')}"


def is_same(left: str, right: str) -> bool:
    """Whether two headlines are the same words."""
    return fold_words(left) == fold_words(right)


def first(value: Any) -> Any:
    """The value, or the first of a list."""
    return (value[0] if value else None) if isinstance(value, list) else value


def flatten(value: Any, depth: int) -> Iterator[Any]:
    """The values of lists in lists, those that JSON-LD marks as such too, those with a number for each part, and who has a role."""
    if isinstance(value, dict) and ("@list" in value or "@set" in value):
        value = value.get("@list") or value.get("@set")
    if isinstance(value, dict) and value and all(map(str.isdecimal, value)):
        value = list(value.values())
    if isinstance(value, dict) and is_kind(value, ("Role",)) and value.get("author") and depth < MAX_DEPTH:
        value = [value["author"]]
    if isinstance(value, list) and depth < MAX_DEPTH:
        for part in value:
            yield from flatten(part, depth + 1)
    elif value is not None:
        yield value


def name_person(value: Any) -> str:
    """The name of an author: a text, a node's name, or its given and family name."""
    if isinstance(value, dict) and not name_value(value.get("name")):
        parts = [name_value(value.get(key)) for key in ("givenName", "familyName")]
        return " ".join(filter(None, parts))
    return name_value(value)


def name_value(value: Any) -> str:
    """The words of a value: a text, the name of a node, or those of a list with commas between."""
    for _ in range(NAME_DEPTH):
        value = value.get("name") or value.get("@value") if isinstance(value, dict) else value
    if isinstance(value, list):
        names = [part.get("name") if isinstance(part, dict) else part for part in value]
        value = ", ".join(dict.fromkeys(name.strip() for name in names if isinstance(name, str) and name.strip()))
    return value.strip() if isinstance(value, str) else ""
