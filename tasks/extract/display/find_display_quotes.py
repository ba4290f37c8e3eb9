"""From the headline and the captions of an article to the quotations in them.

They are found without a model, by a grammar of their own, from the text and from what the extract room found in the body: whom it
names, and what it quotes. So an article with a new headline is not extracted again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotidian.tasks.extract.display.piece import Piece, read_caption, read_headline
from quotidian.tasks.extract.display.readings import READINGS, Found, read_repeated
from quotidian.tasks.extract.display.voices import Said, Voices, Who, fold_words, is_title
from quotidian.tasks.extract.display.words import read_headline_verbs
from quotidian.tasks.extract.parsing.view import PLAIN

TITLE, CAPTION = "title", "caption"
SPEECH = ("anything", "speech", "told")
"""What verbs take behind which marked words are the speaker's, and not a piece of what he says."""
LONGEST_TEXT, MOST_WORDS = 5_000, 100
"""Characters of a headline or caption, and words of half a headline or of a sentence: what is longer stands in the wrong field, and reading it
takes time with the square of its length."""
MARKS = re.compile(r"[\"']\S|:\s|\s[–—-]{1,2}\s")


@dataclass(frozen=True, slots=True)
class DisplayQuote:
    """One quotation of a headline or caption; offsets are half-open code points of that text.

    `speaker_basis` tells whether its own words or the body name the speaker; `body_quote_index` is the quotation of the body that it
    repeats.
    """

    kind: str
    is_marked: bool
    start: int
    end: int
    cue_lemma: str | None
    cue_start: int | None
    cue_end: int | None
    speaker_start: int | None
    speaker_end: int | None
    speaker_entity_index: int | None
    speaker_kind: str
    speaker_basis: str | None
    stance: str
    is_said: bool
    body_quote_index: int | None


def may_quote(text: str) -> bool:
    """Whether a text has marks, a colon, a dash or a verb of saying at all: most headlines have none and are not read further, nor is
    what is as long as an article."""
    if len(text) > LONGEST_TEXT:
        return False
    view = text.translate(PLAIN)
    return MARKS.search(view) is not None or not known_words().isdisjoint(fold_words(view).split())


def known_words() -> frozenset[str]:
    """The first words of all cues."""
    return frozenset(form[0] for form in read_headline_verbs()) | {"according"}


def find_display_quotes(text: str, where: str, voices: Voices) -> list[DisplayQuote]:
    """The quotations of one headline (`where` is title) or caption, in their order, none overlapping another."""
    pieces = read_headline(text) if where == TITLE else read_caption(text)
    short = (piece for piece in pieces if len(piece.words) <= MOST_WORDS)
    found = [quote for piece in short for quote in read_piece(piece, voices)]
    return sorted(found, key=lambda quote: (quote.start, quote.end))


def read_piece(piece: Piece, voices: Voices) -> Iterator[DisplayQuote]:
    """The quotation that the first reading finds, and marked words beside it that the body quotes."""
    taken: list[Found] = []
    for read in READINGS:
        one = read(piece, voices)
        if one is not None and (is_read := judge_found(piece, voices, one)) is not None:
            taken.append(one)
            yield is_read
            break
    for segment in piece.segments:
        if all(segment.outer_end <= one.start or segment.outer_start >= one.end for one in taken):
            one = read_repeated(piece, voices, segment)
            if one is not None and (is_read := judge_found(piece, voices, one)) is not None:
                yield is_read


def judge_found(piece: Piece, voices: Voices, found: Found) -> DisplayQuote | None:
    """The quotation with its speaker; None where a caption gives nobody's words by a bare colon."""
    inner = [one for one in piece.segments if one.outer_end > found.start and one.outer_start < found.end]
    is_whole = any(one.start <= found.start and found.end <= one.end for one in inner)
    is_speech = found.verb is None or not found.verb.takes.isdisjoint(SPEECH)
    kind = "direct" if is_whole and is_speech else "mixed" if inner else "indirect"
    if piece.is_caption and found.cue is None and not is_whole:
        return None
    who, basis, repeated = settle_speaker(piece, voices, found, is_whole)
    if basis is None and found.speaker is None and piece.is_caption and repeated is None:
        return None
    stance = found.verb.stance if found.verb else "asserts"
    cue, speaker = found.cue or (None, None), found.speaker or (None, None)
    lemma = found.verb.lemma if found.verb else "according to" if found.cue else None
    return DisplayQuote(
        kind=kind,
        is_marked=bool(inner),
        start=found.start,
        end=found.end,
        cue_lemma=lemma,
        cue_start=cue[0],
        cue_end=cue[1],
        speaker_start=speaker[0],
        speaker_end=speaker[1],
        speaker_entity_index=who.entity,
        speaker_kind=who.kind,
        speaker_basis=basis,
        stance=stance,
        is_said=stance not in ("denies", "doubts"),
        body_quote_index=repeated,
    )


def settle_speaker(piece: Piece, voices: Voices, found: Found, is_whole: bool) -> tuple[Who, str | None, int | None]:
    """Who speaks, what tells so, and the quotation of the body that is repeated.

    Where the body gives the same words to somebody else, nobody is known to speak. Where the headline names nobody whom the body
    knows, he who says the same words there is meant.
    """
    who = found.who or Who(None, "none")
    words = fold_words(piece.view[found.start : found.end])
    same = voices.find_repeated(words, is_exact=is_whole)
    if who.entity is not None:
        own = [one for one in same if one.entity == who.entity]
        others = [one for one in same if one.entity not in (None, who.entity)]
        if others and not own:
            return Who(None, who.kind), None, None
        return who, "words", own[0].index if own else None
    told = {one.entity for one in same}
    if len(told) == 1 and None not in told and same[0].has(words) and agrees(piece, voices, found, same[0]):
        entity = told.pop()
        return Who(entity, who.kind if found.speaker else "named"), "body", same[0].index
    return who, None, first_index(same) if told == {None} and found.speaker is None else None


def agrees(piece: Piece, voices: Voices, found: Found, said: Said) -> bool:
    """Whether the words for the speaker can mean him who says the same in the body: a role or pronoun can, a name with a word of his."""
    if found.label is not None:
        words = fold_words(piece.view[slice(*found.label)]).split()
        is_name = all(word in voices.name_words or is_title(word) for word in words)
        return not is_name or not set(words).isdisjoint(fold_words(voices.entities[said.entity]["name"]).split())
    if found.speaker is None or found.who is None or found.who.kind in ("role", "none"):
        return True
    name = set(fold_words(voices.entities[said.entity]["name"]).split())
    return not name.isdisjoint(fold_words(piece.view[slice(*found.speaker)]).split())


def first_index(same: Iterable[Said]) -> int | None:
    """The place of the first of some quotations of the body."""
    return next((one.index for one in same), None)
