"""The grammar of headlines: each reading looks at one piece and answers with a quotation, or with None; the first answer counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from quotidian.tasks.extract.display.contents import (
    COLON,
    EDGES,
    end_at_mark,
    find_complement,
    is_sentence,
    opens_question,
    start_content,
    take_content,
)
from quotidian.tasks.extract.display.phrases import (
    LONGEST_SPEAKER,
    agrees,
    ends_phrase,
    find_subject,
    find_subject_apart,
    find_verb,
    is_source,
    tell_label,
    tell_who,
    trim_speaker,
)
from quotidian.tasks.extract.display.piece import Piece
from quotidian.tasks.extract.display.voices import LEAST_WORDS, Voices, Who, fold_words
from quotidian.tasks.extract.display.words import Verb, read_headline_words
from quotidian.tasks.extract.quotes.marks import Segment
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

SUPPORT, OWN_SUPPORT = 1 / 3, 0.2
"""Share of the content words behind "Name:" that the quotations of that person in the body must have: less where the words speak in
the first person. Without, the name may be the topic ("Smith: what we know")."""
SCORE = re.compile(r"\b\d+[-–]\d+\b")
DASH = re.compile(r"(?<=\s)[–—-]{1,2}(?=\s)")
TELLING = frozenset(("said", "says", "say"))


@dataclass(frozen=True, slots=True)
class Found:
    """One quotation: its content, the cue with its verb (None at a colon or dash), the words for the speaker, whom they mean, and the words
    before the colon where they are no speaker whom the body quotes."""

    start: int
    end: int
    cue: tuple[int, int] | None = None
    verb: Verb | None = None
    speaker: tuple[int, int] | None = None
    who: Who | None = None
    label: tuple[int, int] | None = None


Reading = Callable[[Piece, Voices], Found | None]


def read_accordingly(piece: Piece, voices: Voices) -> Found | None:
    """As in "Rates to rise, according to Powell": content before, speaker behind."""
    words = piece.words
    for index in range(2, len(words) - 2):
        if (words[index].folded, words[index + 1].folded) == ("according", "to") and not piece.is_inside(
            words[index].start
        ):
            speaker = trim_speaker(piece, index + 2, len(words))
            content = take_content(piece, start_content(piece, index), words[index - 1].end)
            who = speaker and tell_who(piece, voices, *speaker)
            if content and who:
                return Found(*content, (words[index].start, words[index + 1].end), None, speaker, who)
    return None


def read_verb_behind(piece: Piece, voices: Voices) -> Found | None:
    """As in "'No deal', says Smith" and "Rates to rise, Powell says": comma or closing mark, then verb and speaker in either order."""
    words = piece.words
    end = len(words) - 1 - bool(words and words[-1].folded in ".!")
    for index in range(len(words) - 1, 1, -1):
        if not opens_attribution(piece, index):
            continue
        verb, length = find_verb(piece, index)
        if verb and not verb.takes.isdisjoint(("anything", "speech")):
            found = join_behind(
                piece, voices, index, trim_speaker(piece, index + length, len(words)), (index, length), verb
            )
            if found:
                return found
        last, _ = find_verb(piece, end)
        is_phrase = end - index in range(1, LONGEST_SPEAKER + 1) and not any(
            ends_phrase(piece, p) for p in range(index, end)
        )
        if last and is_phrase:
            found = join_behind(piece, voices, index, (words[index].start, words[end - 1].end), (end, 1), last)
            if found:
                return found
    return None


def join_behind(
    piece: Piece, voices: Voices, index: int, speaker: tuple[int, int] | None, cue: tuple[int, int], verb: Verb
) -> Found | None:
    """The quotation before word `index`, with its speaker and cue (word and number of words) behind; None where they are none."""
    content = take_content(piece, start_content(piece, index), piece.words[index - 1].end)
    who = speaker and tell_who(piece, voices, *speaker, is_sure_verb=verb.lemma == "say")
    if not content or not who or not agrees(piece, voices, verb, speaker):
        return None
    place, length = cue
    return Found(*content, (piece.words[place].start, piece.words[place + length - 1].end), verb, speaker, who)


def opens_attribution(piece: Piece, index: int) -> bool:
    """Whether a comma, a dash or a closing mark stands right before a word outside of marks."""
    before, word = piece.words[index - 1], piece.words[index]
    closes = any(one.outer_end == before.end for one in piece.segments)
    return not piece.is_inside(word.start) and word.folded.isalpha() and (before.folded in ",–—" or closes)


def read_verb_before(piece: Piece, voices: Voices) -> Found | None:
    """As in "Doe says she will quit", "PM vows to cut taxes", "Smith denies claims of fraud": speaker, verb, content."""
    words = piece.words
    for index in range(1, len(words) - 1):
        verb, length = find_verb(piece, index)
        if verb is None or piece.is_inside(words[index].start) or index + length >= len(words):
            continue
        near, apart = find_subject(piece, index), find_subject_apart(piece, index)
        speaker = near or apart
        content = speaker and find_complement(piece, verb, index + length)
        who = content and tell_who(piece, voices, *speaker, is_sure_verb=bool(near) and words[index].folded in TELLING)
        if who and agrees(piece, voices, verb, speaker):
            return Found(*content, (words[index].start, words[index + length - 1].end), verb, speaker, who)
    return None


def read_colon(piece: Piece, voices: Voices) -> Found | None:
    """As in "Minister: 'We are ready'", "Police: man shot", "'We are ready': minister", "Man shot: police"."""
    colon = next(
        (m for m in COLON.finditer(piece.view, piece.start, piece.end) if not piece.is_inside(m.start())), None
    )
    if colon is None:
        return None
    left, right = (piece.start, colon.start()), (colon.end(), piece.end)
    return read_label(piece, voices, left, right) or read_label_behind(piece, voices, left, right)


def read_label(piece: Piece, voices: Voices, label: tuple[int, int], rest: tuple[int, int]) -> Found | None:
    """A speaker, a colon and what he says."""
    content = take_content(piece, *rest)
    speaker, who = tell_label(piece, voices, *label)
    if content is None or who is None or opens_question(piece, content[0]):
        return None
    if who.kind in ("role", "collective", "document", "anonymous"):
        told = fold_words(piece.view[slice(*content)]).split()
        is_topic = told[0] in read_headline_words("article") and piece.segment_at(content[0] - 1) is None
        is_saying = len(told) >= LEAST_WORDS and not is_topic and is_source(piece, *speaker)
        return Found(*content, speaker=speaker, who=who) if is_saying else None
    return Found(*content, speaker=speaker, who=who) if may_say(piece, voices, who, content) else None


def may_say(piece: Piece, voices: Voices, who: Who, content: tuple[int, int]) -> bool:
    """Whether somebody named beside a colon or dash says what stands there: whom the body quotes, with words in marks that read as a
    sentence or that it quotes, or without marks where he says in the body what has its words; else he may be the topic, and marks a title."""
    if not voices.is_quoted(who.entity):
        return False
    words = fold_words(piece.view[slice(*content)])
    is_own = not read_headline_words("first person").isdisjoint(words.split())
    if piece.segment_at(content[0] - 1) is None:
        return voices.supports(who.entity, words, OWN_SUPPORT if is_own else SUPPORT)
    return is_own or is_sentence(piece, *content) or bool(voices.find_repeated(words, is_exact=True))


def read_label_behind(piece: Piece, voices: Voices, told: tuple[int, int], label: tuple[int, int]) -> Found | None:
    """What is said, a colon and who says it."""
    content = take_content(piece, *told)
    if content is None or piece.view[slice(*content)].count(" ") + 1 < LEAST_WORDS:
        return None
    is_marked = piece.segment_at(content[0] - 1) is not None
    speaker, who = tell_label(piece, voices, *label)
    is_role = who is not None and who.kind != "named" and is_source(piece, *speaker)
    is_sure = is_role or (who is not None and may_say(piece, voices, who, content))
    if is_sure and (is_marked or speaker[1] >= label[1] - 1):
        return Found(*content, speaker=speaker, who=who)
    return Found(*content) if is_marked and is_spoken(piece, voices, *content) else None


def read_dash_behind(piece: Piece, voices: Voices) -> Found | None:
    """As in "Trump pressed officials – report", "'No deal' – Smith"."""
    dashes = [m for m in DASH.finditer(piece.view, piece.start, piece.end) if not piece.is_inside(m.start())]
    if not dashes:
        return None
    view, (first, last) = piece.view, dashes[-1].span()
    told = piece.start, piece.start + len(view[piece.start : first].rstrip())
    label = piece.end - len(view[last : piece.end].lstrip()), piece.end
    content, (speaker, who) = take_content(piece, *told), tell_label(piece, voices, *label)
    if (
        content is None
        or who is None
        or speaker[1] < label[1] - 1
        or piece.view[slice(*content)].count(" ") + 1 < LEAST_WORDS
    ):
        return None
    is_plain = dashes[-1][0] == "-"  # "hit - and - run driver"
    is_listed = fold_words(piece.view[slice(*speaker)]).split()[-1] in read_speaker_nouns()
    if SCORE.search(piece.view, *content):
        return None
    is_known = who.kind != "named" and is_source(piece, *speaker) and (is_listed or not is_plain)
    is_marked = piece.segment_at(content[0] - 1) is not None
    if is_known or (is_marked and may_say(piece, voices, who, content)):
        return Found(*content, speaker=speaker, who=who)
    return None


def read_marks_behind(piece: Piece, voices: Voices) -> Found | None:
    """As in "Owner tears down stall: 'I have had enough'": marked words behind a colon that somebody speaks; who says them is not told."""
    colon = next(
        (m for m in COLON.finditer(piece.view, piece.start, piece.end) if not piece.is_inside(m.start())), None
    )
    segment = piece.segment_at(colon.end()) if colon else None
    if segment is None or piece.view[segment.outer_end : piece.end].strip(EDGES):
        return None
    if not is_spoken(piece, voices, segment.start, segment.end):
        return None
    return Found(*end_at_mark(piece, segment), label=(piece.start, colon.start()))


def is_spoken(piece: Piece, voices: Voices, start: int, end: int) -> bool:
    """Whether marked words without a speaker are a saying, and no motto or title: they say I, we or you, or the body quotes them."""
    words = fold_words(piece.view[start:end])
    is_told = words.count(" ") + 1 >= LEAST_WORDS and not read_headline_words("person").isdisjoint(words.split())
    return is_told or bool(voices.find_repeated(words, is_exact=True))


def read_repeated(piece: Piece, voices: Voices, segment: Segment) -> Found | None:
    """Marked words alone are a quotation where one speaker of the body says them in marks: more than three, or words of a sentence, since
    terms and titles are often quoted, too."""
    words = fold_words(piece.view[segment.start : segment.end])
    if words.count(" ") + 1 <= LEAST_WORDS and not is_sentence(piece, segment.start, segment.end):
        return None
    found = [one for one in voices.find_repeated(words, is_exact=True) if one.is_marked]
    return Found(*end_at_mark(piece, segment)) if len({one.entity for one in found}) == 1 else None


READINGS: tuple[Reading, ...] = (
    read_accordingly,
    read_verb_behind,
    read_verb_before,
    read_colon,
    read_dash_behind,
    read_marks_behind,
)
