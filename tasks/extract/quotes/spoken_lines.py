"""Speech that its layout gives to somebody: the lines of a transcript or an interview ("LEE: …"), posts with their author below,
and series of signed paragraphs ("… ― Ann Lee")."""

import re
from dataclasses import dataclass
from itertools import pairwise

from quotidian.tasks.extract.quotes.grammar import MONTHS_BUT_MAY, WEEKDAYS

NAME = r"[A-Z][\w.'’-]{0,30}+(?: (?:(?:de|van|von|der|den|bin|al|la|da|dos|di|del)\b|[A-Z][\w.'’-]{0,30}+)){0,5}+"
LABEL = re.compile(
    rf"(?:\[?\d{{1,2}}:\d\d(?::\d\d)?\]? )?({NAME})(?:, [^\n:.!?]{{1,60}}| \([^\n:()]{{1,60}}\))?: ?(?=[^\s/])"
)
"""A name, with a role behind a comma or in brackets, and a colon, at the start of a paragraph or behind its time."""
LETTER_LABEL = re.compile(r"(Q|A|Question|Answer): ?(?=\S)")
"""What stands before a question and its answer."""
OWN_TELLING = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|myself)\b")
TELLING_OF_US = re.compile(rf"{OWN_TELLING.pattern}|\b(?:[Ww]e|[Oo]ur|us)\b")
LEAST_PAIRS = 2
"""Questions with their answers that make an interview."""
LEAST_LINES, LEAST_SHARE = 3, 0.5
"""Lines with a label that make a transcript, and their share of the paragraphs from the first of them to the last."""
ASKERS = frozenset(("reporter", "journalist", "interviewer", "moderator", "host", "anchor", "question"))
"""Labels of who asks by trade."""
NO_NAMES = WEEKDAYS.union(
    MONTHS_BUT_MAY,
    [
        "q",
        "a",
        "qa",
        "note",
        "update",
        "updated",
        "correction",
        "photo",
        "image",
        "picture",
        "video",
        "source",
        "sources",
        "read",
        "more",
        "related",
        "tags",
        "date",
        "time",
        "place",
        "where",
        "when",
        "what",
        "why",
        "how",
        "who",
        "price",
        "address",
        "tel",
        "phone",
        "email",
        "website",
        "result",
        "results",
        "score",
        "step",
        "pros",
        "cons",
        "summary",
        "introduction",
        "conclusion",
        "background",
        "verdict",
        "warning",
        "tip",
        "answer",
        "question",
        "editor's",
        "editor’s",
    ],
)
"""Words of labels that name nobody."""
POST = re.compile(
    r"(?:[-–—―]{1,2} ?|(?:A post|A video|A photo|A reel|A post and a photo) (?:shared|posted) by )([^\n()@]{1,60}?) \(@[\w.-]{1,60}\)[^\n]{0,40}(?=\n|$)"
)
"""Who wrote a post, below its text."""
POSTED = re.compile(rf"Posted by ({NAME}) on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [^\n]{{6,20}}(?=\n|$)")
"""The same with its day, as one network has it."""

SIGNATURE = re.compile(rf"[-–—―]{{1,2}}\s?({NAME})(?:, [^\n]{{1,40}})?\s*$")
"""A dash and a name at the end of a paragraph."""
SENTENCE_ENDS = (".", "!", "?", "…", "'", ")")
LONGEST_SIGNATURE = 120
"""Characters."""
LEAST_SIGNED = 3
"""Signed paragraphs that make a series; a single name behind a dash is mostly who wrote the article."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """What somebody says by the layout of a text: characters of his words, and of the name that stands for him."""

    start: int
    end: int
    name_start: int
    name_end: int


def find_spoken_lines(view: str, paragraphs: list[int]) -> list[SpokenLine]:
    """The lines of a transcript, if the text is one, posts, and paragraphs in a series that are signed."""
    ends = [*paragraphs[1:], len(view)][: len(paragraphs)]
    pieces = [(start, start + len(view[start:end].rstrip())) for start, end in zip(paragraphs, ends, strict=True)]
    lines = read_transcript(view, pieces) or read_interview(view, pieces)
    return [*lines, *read_posts(view, pieces), *read_signed(view, pieces)]


def read_transcript(view: str, pieces: list[tuple[int, int]]) -> list[SpokenLine]:
    """The labelled lines, each with the paragraphs behind it up to the next label; none where too few speak or nobody does twice."""
    labels = [(place, match) for place, (start, end) in enumerate(pieces) if (match := match_label(view, start, end))]
    if len(labels) < LEAST_LINES:
        return read_exchange(view, labels, pieces)
    names = [match[1].split()[-1].casefold() for _, match in labels]
    first, last = labels[0][0], labels[-1][0]
    is_dense = len(labels) >= LEAST_SHARE * (last - first + 1)
    if not is_dense or len(set(names)) in (1, len(names)):
        return []
    lines = []
    for (place, match), following in pairwise([*labels, None]):
        until = following[0] if following else place + 1
        lines.append(SpokenLine(match.end(), pieces[until - 1][1], match.start(1), match.end(1)))
    return lines


def read_exchange(
    view: str, labels: list[tuple[int, re.Match[str]]], pieces: list[tuple[int, int]]
) -> list[SpokenLine]:
    """Two labelled lines, one right behind the other, of which the first asks and the second answers, where whoever asks does so by his trade or both names
    stand elsewhere in the text too; or one speaker in capitals,
    by his whole name and then by his last; or two people by their whole names who both tell of an "I" or "we"."""
    if len(labels) != 2 or labels[1][0] != labels[0][0] + 1:
        return []
    (asks, asker), (tells, teller) = labels
    if asker[1].isupper() and teller[1] != asker[1] and teller[1] == asker[1].split()[-1]:
        return list_lines(labels, pieces)
    is_whole = " " in asker[1] and " " in teller[1] and asker[1] != teller[1]
    if is_whole and all(TELLING_OF_US.search(view, match.end(), pieces[place][1]) for place, match in labels):
        return list_lines(labels, pieces)
    if not view.endswith("?", *pieces[asks]) or view.endswith("?", *pieces[tells]) or asker[1] == teller[1]:
        return []
    is_trade = asker[1].lower() in ASKERS
    is_known = all(is_named_elsewhere(view, match) for match in ((teller,) if is_trade else (asker, teller)))
    if not is_known and not (is_trade and " " in teller[1]):
        return []
    return list_lines(labels, pieces)


def read_interview(view: str, pieces: list[tuple[int, int]]) -> list[SpokenLine]:
    """Questions and answers that only letters label ("Q: … A: …"): at least two pairs, of whose answers most are told by an "I", as those of a leaflet are not.
    Nobody knows by the label who answers."""
    labels = [
        (place, match)
        for place, (start, end) in enumerate(pieces)
        if (match := LETTER_LABEL.match(view, start, end)) and match.end() < end and view[match.end()] not in "\"'"
    ]
    letters = "".join(match[1][0] for _, match in labels)
    answers = [place for place, match in labels if match[1][0] == "A"]
    told = [place for place in answers if OWN_TELLING.search(view, *pieces[place])]
    if letters.count("QA") < LEAST_PAIRS or 2 * len(told) < len(answers):
        return []
    return list_lines(labels, pieces)


def list_lines(labels: list[tuple[int, re.Match[str]]], pieces: list[tuple[int, int]]) -> list[SpokenLine]:
    """What stands behind each label in its paragraph."""
    return [SpokenLine(match.end(), pieces[place][1], match.start(1), match.end(1)) for place, match in labels]


def is_named_elsewhere(view: str, label: re.Match[str]) -> bool:
    """Whether the last word of a label's name stands elsewhere in a text, also where the label shouts it."""
    word = label[1].split()[-1]
    outside = f"{view[: label.start()]} {view[label.end() :]}".replace("'", " ")
    words = {piece.strip(',.;:!?()"') for piece in outside.split()}
    return word in words or (word.isupper() and word.title() in words)


def match_label(view: str, start: int, end: int) -> re.Match[str] | None:
    """The label at the start of a paragraph that goes on behind it, without marks; an open mark may stand before it."""
    match = LABEL.match(view, start + view.startswith('"', start, end), end)
    if match is None or match.end() >= end or view[match.end()] in "\"'":
        return None
    return None if NO_NAMES.intersection(match[1].lower().split()) else match


def read_posts(view: str, pieces: list[tuple[int, int]]) -> list[SpokenLine]:
    """Paragraphs with the author of a post below, or behind them."""
    posts = []
    for place, ((start, end), (below, below_end)) in enumerate(pairwise([*pieces, (len(view), len(view))])):
        is_within = 0 < place < len(pieces) - 2
        match = POST.match(view, below, below_end) or (is_within and POSTED.match(view, below, below_end)) or None
        behind = None if match else POST.search(view, start, end)
        if match and '"' not in view[start:end]:
            posts.append(SpokenLine(start, end, match.start(1), match.end(1)))
        elif behind and behind.start() > start and '"' not in view[start : behind.start()]:
            until = start + len(view[start : behind.start()].rstrip())
            posts.append(SpokenLine(start, until, behind.start(1), behind.end(1)))
    return posts


def read_signed(view: str, pieces: list[tuple[int, int]]) -> list[SpokenLine]:
    """Paragraphs without marks that a dash and a name end, or that such a line follows, where at least two people sign at least three
    ("The roof leaks. ― Ann Lee"); and those above a line of a quotation dash and a name that is not the last."""
    signed = [line for pair in pairwise([(0, 0), *pieces]) if (line := read_signature(view, *pair)) is not None]
    names = {view[line.name_start : line.name_end].split()[-1].casefold() for line in signed}
    if len(signed) >= LEAST_SIGNED and len(names) > 1:
        return signed
    return [line for line in signed if is_block_quotation(view, line, pieces[-1])]


def is_block_quotation(view: str, line: SpokenLine, last: tuple[int, int]) -> bool:
    """Whether a line of its own behind a quotation dash, as pages have it below block quotations, names who spoke."""
    return (
        view.startswith("\n", line.end)
        and view[line.name_start - 2 : line.name_start] == "― "
        and line.name_end < last[0]
    )


def read_signature(view: str, above: tuple[int, int], piece: tuple[int, int]) -> SpokenLine | None:
    """The words of a signed paragraph; those of the one above where the signature has a line of its own."""
    start, end = piece
    match = SIGNATURE.search(view, max(start, end - LONGEST_SIGNATURE), end)
    if match is None:
        return None
    if match.start() == start:
        start, end = above
    else:
        end = start + len(view[start : match.start()].rstrip())
    if start >= end or '"' in view[start:end] or not view.endswith(SENTENCE_ENDS, start, end):
        return None
    name_end = match.start(1) + len(match[1].rstrip("."))
    return SpokenLine(start, end, match.start(1), name_end)
