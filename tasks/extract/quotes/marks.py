"""Finds what stands in quotation marks, paragraph by paragraph, so that a lost mark spoils one paragraph at most."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

OPENING = frozenset("“„‟«〝")
CLOSING = frozenset("”»〞")
BEFORE_OPENING = frozenset(" \n([{—–-/'\"")
LONGEST_GAP = 2
"""Paragraphs without marks that speech may run on over."""
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++(?=\s|$)")
ELISION = re.compile(
    r"'(?:\d0?s\b|\d\ds?\b|em\b|till?\b|tis\b|twas\b|twere\b|cause\b|co[sz]\b|bout\b|n\b|round\b|neath\b|nuff\b|fraid\b)",
    re.IGNORECASE,
)
"""An apostrophe in front of a cut word or year ("the '80s", "'em")."""
SINGLE_OPENING = re.compile(r"(?:(?<=[\s(\[—–-])|^)'(?=[^\s'])")
SINGLE_START = re.compile(r"(?:(?<=[.!?:,] )|(?<![^\n]))'(?=[A-Z])")
SINGLE_CLOSING = re.compile(r"(?<=\S)'(?![\w'])")

SAYING = r"(?:said|says|told|added|adds|explained|explains|stated|declared|insisted|wrote|recalled|replied|warned)"
INSERTED_CUE = re.compile(
    rf"[,?!](?= (?:(?:(?:he|she|they) |(?:the [a-z]+(?:'s)? )?(?:[a-z]+ )?(?:[A-Z][\w.'-]+ ){{1,4}}){SAYING}\b"
    rf"|{SAYING} (?:[a-z]+ )?(?:[A-Z][\w.'-]+|he|she|the [a-z]+)\b))"
)
"""A comma before who says what stands before it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two marks: content without them, the outer span with them, and its paragraph.

    `is_closed` is false where the content runs on into the next paragraph or its closing mark was lost;
    `runs_on` tells the first of the two. `is_single` is true for single marks.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    is_closed: bool = True
    runs_on: bool = False
    is_single: bool = False


def find_segments(text: str, view: str, paragraphs: list[int]) -> list[Segment]:
    """All outermost marked segments. `view` is the reading copy of `text`, `paragraphs` are offsets of their starts."""
    segments: list[Segment] = []
    bounds = [*paragraphs, len(view)]
    marked = sorted({bisect_right(paragraphs, match.start()) - 1 for match in re.finditer("[\"']", view)})
    is_open = False  # whether speech that opened the paragraph before has no end there
    for index in marked:
        if index < 0:
            continue
        start, end = bounds[index], bounds[index + 1]
        end = start + len(view[start:end].rstrip())
        follower = view[bounds[index + 1]] if bounds[index + 1] < len(view) else ""
        gap = range(segments[-1].paragraph + 1, index) if is_open else range(LONGEST_GAP + 1)
        carried = end_carried(text, view, start, end, index) if len(gap) <= LONGEST_GAP else None
        if carried:
            between = [open_segment(view, *bounds[place : place + 2], place) for place in gap]
            segments[-1:] = [replace(segments[-1], runs_on=True), *between, carried]
            start = carried.outer_end
        found = pair_double_marks(text, view, start, end, index, follower == '"')
        runs_on = follower == "'" and not ELISION.match(view, bounds[index + 1])
        segments += found or (() if carried else pair_single_marks(view, start, end, index, runs_on))
        is_open = (
            bool(found)
            and not found[-1].is_closed
            and not found[-1].runs_on
            and opens_paragraph(view, found[-1], bounds[index], end)
        )
    return segments


def opens_paragraph(view: str, segment: Segment, start: int, end: int) -> bool:
    """Whether a segment opens its paragraph, or stands behind a colon and ends it."""
    behind_colon = view[start : segment.outer_start].rstrip().endswith(":") and segment.outer_end == end
    return segment.outer_start == start or behind_colon


def end_carried(text: str, view: str, start: int, end: int, paragraph: int) -> Segment | None:
    """Speech that the paragraph before opened and this one only closes: from its start to its first mark, which must close."""
    place = view.find('"', start, end)
    if place <= start or tell_side(text, view, place, is_open=True) != "closing":
        return None
    if view[place - 1].isspace() and not (view.count('"', start, end) % 2 and ends_clause(view, place)):
        return None
    return Segment(start, place, start, place + 1, paragraph)


def open_segment(view: str, start: int, end: int, paragraph: int) -> Segment:
    """A whole paragraph without marks within speech."""
    start, end = trim_blank(view, start, end)
    return Segment(start, end, start, end, paragraph, is_closed=False, runs_on=True)


def pair_double_marks(text: str, view: str, start: int, end: int, paragraph: int, goes_on: bool) -> list[Segment]:
    """Pair the double marks of one paragraph; `goes_on` tells that the next paragraph opens with a mark."""
    segments, opened = [], None
    for place in (match.start() for match in re.finditer('"', view[start:end])):
        place += start
        side = tell_side(text, view, place, opened is not None)
        if side == "opening":
            if opened is not None:
                segments += end_before_cue(view, opened, place, paragraph)
            opened = place
        elif opened is not None:
            segments.append(make_segment(view, opened, place, paragraph))
            opened = None
        elif text[place] in CLOSING:
            first = segments[-1].outer_end if segments else start
            segments += start_at_single(view, first, place, paragraph) or start_at_sentence(
                view, first, place, paragraph
            )
    if opened is not None:
        segments.append(end_open_segment(view, opened, start, end, paragraph, goes_on))
    return [segment for segment in segments if segment.start < segment.end]


def tell_side(text: str, view: str, place: int, is_open: bool) -> str:
    """Whether a double mark opens or closes: a curly one by its shape where the blanks allow it, a straight one by them, else by turns."""
    before = view[place - 1] if place else " "
    after = view[place + 1] if place + 1 < len(view) else " "
    if text[place] in OPENING and not (is_open and not after.isalnum() and not before.isspace()):
        return "opening"
    if text[place] in CLOSING and not (not is_open and before.isspace() and after.isalnum()):
        return "closing"
    if (
        is_open
        and view[place] == text[place]
        and before == " "
        and ends_clause(view, place)
        and closes_evenly(view, place)
    ):
        return "closing"
    opens = before in BEFORE_OPENING and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if opens != closes:
        return "opening" if opens else "closing"
    is_behind = ends_clause(view, place) and view[place + 1 : place + 4].lstrip(" ")[:1].islower()
    return "closing" if is_open or is_behind else "opening"


def closes_evenly(view: str, place: int) -> bool:
    """Whether the straight marks behind a place in its paragraph are pairs."""
    end = view.find("\n", place)
    return view.count('"', place + 1, end if end >= 0 else len(view)) % 2 == 0


def ends_clause(view: str, place: int) -> bool:
    """Whether a comma or a stop stands before a place, blanks aside."""
    return view[max(0, place - 4) : place].rstrip(" ")[-1:] in tuple(",.?!")


def make_segment(view: str, opened: int, closed: int, paragraph: int) -> Segment:
    start, end = trim_blank(view, opened + 1, closed)
    return Segment(start, end, opened, closed + 1, paragraph)


def end_open_segment(view: str, opened: int, first: int, last: int, paragraph: int, goes_on: bool) -> Segment:
    """End a segment whose closing mark is missing: with the paragraph where speech runs on, else with its sentence."""
    lost = () if goes_on else end_before_cue(view, opened, last, paragraph)
    if lost:
        return lost[0]
    if goes_on or opened == first:
        start, end = trim_blank(view, opened + 1, last)
        return Segment(start, end, opened, end, paragraph, is_closed=False, runs_on=goes_on)
    stop = SENTENCE_END.search(view, opened + 1, last)
    start, end = trim_blank(view, opened + 1, stop.end() if stop else last)
    return Segment(start, end, opened, end, paragraph, is_closed=False)


def start_at_single(view: str, first: int, closed: int, paragraph: int) -> list[Segment]:
    """Speech that a single mark opens at the start of a sentence, and a double one closes."""
    found = list(SINGLE_START.finditer(view, first, closed))
    if not found or find_single_closing(view, found[-1].end(), closed) is not None:
        return []
    return [make_segment(view, found[-1].end() - 1, closed, paragraph)]


def start_at_sentence(view: str, first: int, closed: int, paragraph: int) -> list[Segment]:
    """Speech that lost its opening mark, from the start of its sentence to a closing mark behind a comma."""
    if view[closed - 1] != ",":
        return []
    start = max((stop.end() for stop in SENTENCE_END.finditer(view, first, closed)), default=first)
    start, end = trim_blank(view, start, closed)
    return [Segment(start, end, start, closed + 1, paragraph)] if view[start].isupper() else []


def end_before_cue(view: str, opened: int, last: int, paragraph: int) -> list[Segment]:
    """Speech that lost its closing mark ends before the first ", he said" or ", said Hall" that stands in it; none where it has none."""
    match = INSERTED_CUE.search(view, opened + 1, last)
    return [] if match is None else [Segment(opened + 1, match.end(), opened, match.end(), paragraph, is_closed=False)]


def pair_single_marks(view: str, first: int, last: int, paragraph: int, goes_on: bool) -> list[Segment]:
    """Pair single marks in a paragraph without double ones; apostrophes are told apart by what stands around. One that opens the paragraph
    runs on where it has no end and the next paragraph opens with a mark, too (`goes_on`)."""
    segments, place = [], first
    piece_end = last
    while opening := SINGLE_OPENING.search(view, place, piece_end):
        place = opening.end()
        if is_elision(view, opening.start()):
            continue
        closing = find_single_closing(view, place, piece_end)
        if closing is None and goes_on and opening.start() == first:
            start, stop = trim_blank(view, place, last)
            return [Segment(start, stop, first, stop, paragraph, is_closed=False, runs_on=True, is_single=True)]
        if closing is None:
            continue
        start, stop = trim_blank(view, opening.end(), closing)
        segments.append(Segment(start, stop, opening.start(), closing + 1, paragraph, is_single=True))
        place = closing + 1
    return segments


def is_elision(view: str, place: int) -> bool:
    """Whether a single mark only cuts a word or a year within a sentence."""
    return ELISION.match(view, place) is not None and view[max(0, place - 2) : place].rstrip(" ")[-1:].isalnum()


def find_single_closing(view: str, start: int, end: int) -> int | None:
    """The mark that closes: the first after punctuation, else the first that is no plural possessive."""
    fallback = None
    openings = (m.start() for m in SINGLE_OPENING.finditer(view, start, end) if not is_elision(view, m.start()))
    limit = next(openings, end)
    for match in SINGLE_CLOSING.finditer(view, start, limit):
        place = match.start()
        if view[place - 1] in ".,?!…":
            return place
        is_possessive = view[place - 1] == "s" and view[place + 1 : place + 3].strip()[:1].isalpha()
        if fallback is None and not is_possessive:
            fallback = place
    return fallback


def trim_blank(view: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its edges."""
    piece = view[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
