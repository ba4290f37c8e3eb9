"""What is said in a headline: where content starts and ends, and what may be content behind a verb."""

import re

from quotidian.tasks.extract.display.phrases import LONGEST_SPEAKER, ends_phrase, find_verb
from quotidian.tasks.extract.display.piece import Piece
from quotidian.tasks.extract.display.voices import LEAST_WORDS, fold_words
from quotidian.tasks.extract.display.words import Verb, read_headline_words
from quotidian.tasks.extract.quotes.marks import Segment

COLON = re.compile(r"(?<=[^\s\d]):\s+|(?<=\d):\s+(?=\D)")
EDGES = " \t\n,.;:–—-"
WARNED_OF = frozenset(("of", "against", "about", "over"))


def find_complement(piece: Piece, verb: Verb, index: int) -> tuple[int, int] | None:
    """The content behind a verb, from word `index` on, where it is one that the verb takes."""
    words = piece.words
    if words[index].folded in ",:" and index + 1 < len(words) and piece.segment_at(words[index + 1].start):
        index += 1
    told, opened = words[index].folded, piece.segment_at(words[index].start)
    if verb.lemma == "say" and told in read_headline_words("greeting") and opened is None:
        return None
    if opened is not None:
        is_speech = not verb.takes.isdisjoint(("anything", "speech", "marked", "named")) or is_sentence(
            piece, opened.start, opened.end
        )
        return end_at_mark(piece, opened) if is_speech else None
    if "told" in verb.takes:
        return find_told(piece, index)
    if told in WARNED_OF and verb.lemma in ("warn", "insist"):
        index += 1
    is_clause = told in read_headline_words("subject")
    starts = (
        "anything" in verb.takes,
        "clause" in verb.takes and is_clause,
        "plan" in verb.takes
        and (told == "to" or (told == "not" and words[index + 1 : index + 2] and words[index + 1].folded == "to")),
        "act" in verb.takes and told.endswith("ing") and len(told) > len("being"),
        "order" in verb.takes and any(word.folded == "to" for word in words[index + 1 : index + 5]),
        "thing" in verb.takes and any(word.folded in verb.words for word in words[index : index + 3]),
    )
    if any(starts) and index < len(words):
        return take_content(piece, words[index].start, cut_clause(piece, index))
    inside = piece.segments_within(words[index].start, piece.end)
    if inside and "named" in verb.takes:
        return words[index].start, inside[0].outer_end
    return end_at_mark(piece, inside[0]) if inside and "marked" in verb.takes else None


def find_told(piece: Piece, index: int) -> tuple[int, int] | None:
    """What somebody tells whoever is named behind the verb: from marks, "that", "to" or a pronoun on."""
    for place in range(index + 1, min(index + LONGEST_SPEAKER, len(piece.words))):
        word = piece.words[place]
        segment = piece.segment_at(word.start)
        if segment is not None:
            return end_at_mark(piece, segment)
        if word.folded in read_headline_words("subject") | {"to"}:
            return take_content(piece, word.start, cut_clause(piece, place))
        if ends_phrase(piece, place) or word.folded == "about":
            return None
    return None


def start_content(piece: Piece, index: int) -> int:
    """Where content before word `index` starts: behind a colon in the piece, else with the piece."""
    ends = [
        m.end()
        for m in COLON.finditer(piece.view, piece.start, piece.words[index].start)
        if not piece.is_inside(m.start())
    ]
    return ends[-1] if ends else piece.start


def take_content(piece: Piece, start: int, end: int) -> tuple[int, int] | None:
    """The span without blanks and commas at its edges; without its marks where one pair holds all of it. None where it asks, or has one
    word that no marks hold."""
    text = piece.view[start:end]
    start, end = start + len(text) - len(text.lstrip(EDGES)), start + len(text.rstrip(EDGES))
    segment = piece.segment_at(start)
    if segment is not None and segment.outer_end >= end:
        return end_at_mark(piece, segment)
    if start >= end or piece.view[start:end].endswith("?") or " " not in piece.view[start:end]:
        return None
    return start, end


def end_at_mark(piece: Piece, segment: Segment) -> tuple[int, int]:
    """Content that opens with marks ends with them, without the comma that leads over to who says it."""
    return segment.start, segment.start + len(piece.view[segment.start : segment.end].rstrip(" ,"))


def cut_clause(piece: Piece, index: int) -> int:
    """Where content without marks around it ends: before words of the narrator or of somebody else."""
    words = piece.words
    ends = (words[place - 1].end for place in range(index + 1, len(words)) if ends_content(piece, place))
    return next(ends, piece.end)


def ends_content(piece: Piece, place: int) -> bool:
    """Whether content ends before a word: a comma behind marks, a comma before another telling, a dash, a credit in brackets, "as" with more."""
    word, before = piece.words[place], piece.words[place - 1]
    closed = next((one for one in piece.segments if one.outer_end == before.end), None)
    if closed and (word.folded in ",–—" or piece.view[closed.end - 1] == ","):
        return True
    if piece.is_inside(word.start):
        return False
    later = range(place + 1, len(piece.words))
    if word.folded == ",":
        return any(find_verb(piece, one)[0] and not piece.is_inside(piece.words[one].start) for one in later)
    if word.folded in ("–", "—"):
        return piece.view[word.start - 1] == " "
    if word.folded == "(":
        return piece.view[: piece.end].endswith(")")
    return word.folded == "as" and len(later) > 1 and not compares(piece, place)


def compares(piece: Piece, place: int) -> bool:
    """Whether "as" only says as what, or how much."""
    near = {word.folded for word in piece.words[max(0, place - 4) : place]}
    behind = piece.words[place + 1].folded
    return behind in read_headline_words("measuring") or not near.isdisjoint(read_headline_words("comparing") | {"as"})


def is_sentence(piece: Piece, start: int, end: int) -> bool:
    """Whether marked words read as somebody's sentence, and not as a title or a term."""
    words = fold_words(piece.view[start:end]).split()
    return len(words) >= LEAST_WORDS and not read_headline_words("sentence").isdisjoint(words)


def opens_question(piece: Piece, start: int) -> bool:
    """Whether words ask, or announce what an article is about (what we know, how to)."""
    first = fold_words(piece.view[start : piece.end]).split(" ", 1)[0]
    return first in read_headline_words("question")
