"""The body of an article as a marked-up proof: quotations, speakers and names marked, and what cleaning changed shown in place.

Without its notes and its <ins> the text of a proof is the raw text of the article; without its notes and its <del> it is the body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import groupby, pairwise

from markupsafe import Markup, escape

QUOTE, INNER_QUOTE, ROLE, NAME, INSERTED = range(5)
"""Layers, the outermost first."""
LAYERS = 5
BREAK = re.compile(r"\n+")


@dataclass(frozen=True)
class Element:
    """An HTML element without content; `attributes` are its class and one more, as name and value."""

    tag: str
    class_: str
    more: tuple[str, str] | None = None

    @cached_property
    def opening(self) -> str:
        """The start tag. A page has hundreds; Markup.format would take half of the time of a report for them."""
        more = f' {self.more[0]}="{escape(self.more[1])}"' if self.more else ""
        return f'<{self.tag} class="{escape(self.class_)}"{more}>'

    def around(self, inner: str) -> Markup:
        """The element with its content, which is escaped unless it is Markup."""
        return Markup(self.enclose(escape(inner)))

    def enclose(self, inner: str) -> str:
        """The element with content that is HTML already."""
        return f"{self.opening}{inner}</{self.tag}>"


PLAIN: tuple[Element | None, ...] = (None,) * LAYERS


@dataclass(frozen=True)
class Span:
    """A stretch of the body and the element that goes around it; of two in one layer the first one wins."""

    start: int
    end: int
    layer: int
    element: Element


@dataclass(frozen=True)
class Note:
    """What stands at one place of the body without being part of it."""

    place: int
    text: Markup


@dataclass
class Paragraph:
    """Pieces of a paragraph, and of the blank lines after it."""

    pieces: list[tuple] = field(default_factory=list)
    tail: list[tuple] = field(default_factory=list)

    def render(self) -> Markup:
        tail = f'<span class="tail">{nest_pieces(self.tail)}</span>' if self.tail else ""
        return Markup(f"<p>{nest_pieces(self.pieces)}{tail}</p>")


def render_proof(body: str, spans: list[Span], notes: list[Note]) -> Markup:
    """The body as paragraphs of HTML, one for each run of lines without a line break."""
    paragraphs = [Paragraph()]
    for labels, text, is_break in cut_pieces(body, spans, notes):
        if is_break:
            paragraphs[-1].tail.append((labels, text))
            continue
        if paragraphs[-1].tail:
            paragraphs.append(Paragraph())
        paragraphs[-1].pieces.append((labels, text))
    return Markup("\n").join(paragraph.render() for paragraph in paragraphs)


def cut_pieces(body: str, spans: list[Span], notes: list[Note]) -> Iterator[tuple[tuple, Markup, bool]]:
    """Labels by layer, text, and whether it is a line break: the body in pieces with its notes between them."""
    breaks = [found.span() for found in BREAK.finditer(body)]
    edges = {0, len(body)} | {note.place for note in notes}
    cuts = sorted(edges | {p for s in spans for p in (s.start, s.end)} | {p for span in breaks for p in span})
    labels = label_pieces(cuts, spans)
    standing: dict[int, list[Markup]] = {}
    for note in notes:
        standing.setdefault(note.place, []).append(note.text)
    before = PLAIN
    for (start, end), after in zip([*pairwise(cuts), (len(body),) * 2], [*labels, PLAIN], strict=True):
        around = tuple(a if a == b else None for a, b in zip(before, after, strict=True))
        yield from ((around, text, False) for text in standing.get(start, ()))
        if end > start:
            text = body[start:end]
            yield after, Markup.escape(text), not text.strip("\n")
        before = after


def label_pieces(cuts: list[int], spans: list[Span]) -> list[tuple]:
    """For each stretch between two cuts the elements around it, by layer."""
    order = {place: index for index, place in enumerate(cuts)}
    labels: list[list] = [[None] * LAYERS for _ in cuts[1:]]
    for span in spans:
        for index in range(order[span.start], order[span.end]):
            labels[index][span.layer] = labels[index][span.layer] or span.element
    return [tuple(row) for row in labels]


def nest_pieces(pieces: list[tuple], layer: int = 0) -> str:
    """The HTML of pieces one after the other, each run with the same element in one such element."""
    if layer == LAYERS:
        return "".join(text for _, text in pieces)
    if len(pieces) == 1:
        ((labels, text),) = pieces
        return reduce(wrap, reversed(labels[layer:]), str(text))
    runs = groupby(pieces, lambda piece: piece[0][layer])
    return "".join(wrap(nest_pieces(list(run), layer + 1), element) for element, run in runs)


def wrap(inner: str, element: Element | None) -> str:
    """Put HTML into the element, if there are both."""
    return element.enclose(inner) if element and inner else inner


def mark_edits(edits: list[dict]) -> tuple[list[Span], list[Note]]:
    """What cleaning changed, in the order of rows of edits: taken away as notes, put in as spans."""
    gone = [
        Note(e["body_start"], mark_change("del", e, "raw_text").around(e["raw_text"])) for e in edits if e["raw_text"]
    ]
    put = [
        Span(e["body_start"], e["body_end"], INSERTED, mark_change("ins", e, "body_text"))
        for e in edits
        if e["body_text"]
    ]
    return put, gone


def mark_change(tag: str, edit: dict, side: str) -> Element:
    """The element of what an edit took away (del) or put in (ins)."""
    kind = edit["kind"] if edit[side].strip() else f"{edit['kind']} blank"
    return Element(tag, kind, ("title", edit["rule"].replace("_", " ")))


def mark_quotes(quotes: list[dict], parts: list[dict]) -> tuple[list[Span], list[Note]]:
    """Quotations with speaker and cue as spans, and the number of each where it ends.

    quotes: rows with number, anchor, who; parts: rows of quote_parts.
    """
    elements = {q["quote_id"]: Element("mark", q["kind"], ("data-quote", str(q["number"]))) for q in quotes}
    spans = [Span(p["start"], p["end"], pick_layer(p, parts), elements[p["quote_id"]]) for p in parts]
    for place in ("speaker", "cue"):
        found = [(q[f"{place}_start"], q[f"{place}_end"]) for q in quotes if q[f"{place}_start"] is not None]
        spans += [Span(start, end, ROLE, Element("span", place)) for start, end in found]
    return spans, [Note(q["end"], number_quote(q)) for q in quotes]


def pick_layer(part: dict, parts: list[dict]) -> int:
    """The inner layer for a part that lies in a longer one, as where somebody is quoted on what another said."""
    length = part["end"] - part["start"]
    around = (o["start"] <= part["start"] and part["end"] <= o["end"] and o["end"] - o["start"] > length for o in parts)
    return INNER_QUOTE if any(around) else QUOTE


def number_quote(quote: dict) -> Markup:
    """The raised number of a quotation, a link to its line in the list."""
    words = Markup('<sup class="note"><a id="{}" href="#n{}" aria-label="Quotation {}: {}">{}</a></sup>')
    return words.format(quote["anchor"], quote["number"], quote["number"], quote["who"], quote["number"])


def mark_names(mentions: list[dict], paged: set[str]) -> list[Span]:
    """Names as spans; those of entities with a page link to it."""
    return [Span(m["start"], m["end"], NAME, mark_name(m, m["entity_id"] in paged)) for m in mentions]


def mark_name(mention: dict, is_paged: bool) -> Element:
    """The element around a name."""
    kind = f"name {mention['type'].lower()}"
    if is_paged:
        return Element("a", kind, ("href", f"../speaker/{mention['entity_id']}.html"))
    return Element("span", kind)
