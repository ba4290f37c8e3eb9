"""The grammar of headlines: each reading looks at one piece and answers with a quotation, or with None; the first answer counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from quotidian.tasks.extract.display.piece import Piece
from quotidian.tasks.extract.display.voices import LEAST_WORDS, Voices, Who, fold_words, tell_speaker
from quotidian.tasks.extract.display.words import Verb, read_headline_verbs, read_headline_words, read_title_words
from quotidian.tasks.extract.quotes.marks import Segment
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

PREFIXES = frozenset(("co", "ex", "vice"))
"""What a hyphen with blanks around it joins to a noun ("Co - Worker")."""
PRONOUNS = frozenset(("he", "she", "they"))
ABOUT = frozenset(("on", "to"))
"""What may stand behind a name before a colon: "Smith on taxes: …"."""
WARNED_OF = frozenset(("of", "against", "about", "over"))
LONGEST_SPEAKER = 6
"""Words of the phrase for a speaker."""
LONGEST_LABEL = 4
"""Words before a colon that may be a speaker."""
SUPPORT, OWN_SUPPORT = 1 / 3, 0.2
"""Share of the content words behind "Name:" that the quotations of that person in the body must have: less where the words speak in
the first person. Without, the name may be the topic ("Smith: what we know")."""
COLON = re.compile(r"(?<=[^\s\d]):\s+|(?<=\d):\s+(?=\D)")
SCORE = re.compile(r"\b\d+[-–]\d+\b")
DASH = re.compile(r"\s+[–—-]{1,2}\s+")
EDGES = " \t\n,.;:–—-"
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


def find_verb(piece: Piece, index: int) -> tuple[Verb | None, int]:
    """The verb of saying at a word and its number of words; none behind "to", "will" or "not"."""
    if index > 0 and piece.words[index - 1].folded in read_headline_words("unsaid") - (
        PRONOUNS if piece.is_caption else frozenset()
    ):
        return None, 1
    pair = tuple(word.folded for word in piece.words[index : index + 2])
    for length in (2, 1):
        verb = read_headline_verbs().get(pair[:length])
        if verb is not None and len(pair) >= length:
            return verb, length
    return None, 1


def find_subject(piece: Piece, index: int) -> tuple[int, int] | None:
    """The words for the speaker right before a verb, up to what begins them anew: a comma, a colon, "as", "after"."""
    words, last = piece.words, index
    while last > 1 and words[last - 1].folded in read_headline_words("between"):
        last -= 1
    first = last
    while first > 0 and not ends_phrase(piece, first - 1):
        first -= 1
    is_asking = first > 0 and words[first - 1].folded in read_headline_words("asking")
    if first == last or last - first > LONGEST_SPEAKER or is_asking:
        return None
    return words[first].start, words[last - 1].end


def find_subject_apart(piece: Piece, index: int) -> tuple[int, int] | None:
    """The words for the speaker before a verb and something between commas: "Florida woman, 75, says", "Roe, left, said"."""
    words = piece.words
    if words[index - 1].folded != ",":
        return None
    commas = (place for place in range(index - 3, max(0, index - LONGEST_SPEAKER), -1) if words[place].folded == ",")
    comma = next(commas, None)
    return find_subject(piece, comma) if comma else None


def ends_phrase(piece: Piece, index: int) -> bool:
    """Whether no phrase for a speaker goes on beyond a word: a mark, or one of the words that begin a clause."""
    word = piece.words[index]
    if word.folded == "-" and index and piece.words[index - 1].folded in PREFIXES:
        return False
    if piece.is_inside(word.start):
        return True
    is_mark = not word.folded[0].isalnum() and word.folded not in "&.'#"
    return is_mark or word.folded in read_headline_words("break")


def trim_speaker(piece: Piece, first: int, last: int) -> tuple[int, int] | None:
    """The words for the speaker from one word on, up to what ends them."""
    end = first
    while end < last and not ends_phrase(piece, end):
        end += 1
    if end == first or end - first > LONGEST_SPEAKER:
        return None
    return piece.words[first].start, piece.words[end - 1].end


def tell_who(piece: Piece, voices: Voices, start: int, end: int, is_sure_verb: bool = False) -> Who | None:
    """Whom the words for a speaker mean; behind "says" anybody in capitals speaks."""
    words = piece.view[start:end]
    if words.lower() in PRONOUNS:
        return Who(None, "none") if piece.is_caption else None
    who = tell_speaker(voices, words)
    if who is None and is_sure_verb and is_named(words):
        is_common = f" {words.split()[-1].lower()} " in voices.body
        return Who(None, "role" if is_common else "named")
    return who


def is_named(words: str) -> bool:
    """Whether all words that bear meaning begin with capitals."""
    return len(words.split()) < LONGEST_LABEL and all(
        word[:1].isupper() or word in ("of", "and", "the", "for") for word in words.split()
    )


def agrees(piece: Piece, voices: Voices, verb: Verb, speaker: tuple[int, int]) -> bool:
    """Whether the verb stands in the number of the speaker; "claims" behind several may be a noun, "says" and "said" are none."""
    return (verb.lemma == "say" and not verb.is_plural) or verb.is_plural == is_plural(piece, voices, speaker)


def is_plural(piece: Piece, voices: Voices, speaker: tuple[int, int]) -> bool:
    """Whether the verb of a speaker stands in the plural: police, a word in -s that names nobody, two joined by "and"."""
    words = fold_words(piece.view[slice(*speaker)]).split()
    if words[-1] in read_headline_words("plural") or "and" in words:
        return True
    if piece.view[slice(*speaker)].isupper() and not piece.view[piece.start : piece.end].isupper():
        return False
    is_one = (who := tell_speaker(voices, " ".join(words))) is not None and who.kind == "named"
    head = next(
        (words[place - 1] for place, word in enumerate(words) if place and word in ("of", "for", "from")), words[-1]
    )
    return (head.endswith("s") and not head.endswith("ss") and not is_one) or words[-1] == "they"


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
    """A speaker, a colon and what he says. A name speaks where the body quotes it, and what stands behind is marked, or has words of
    what it says there; else it may be the topic."""
    content = take_content(piece, *rest)
    speaker, who = tell_label(piece, voices, *label)
    if content is None or who is None or opens_question(piece, content[0]):
        return None
    if who.kind in ("role", "collective", "document", "anonymous"):
        told = fold_words(piece.view[slice(*content)]).split()
        is_topic = told[0] in read_headline_words("article") and piece.segment_at(content[0] - 1) is None
        is_saying = len(told) >= LEAST_WORDS and not is_topic and is_source(piece, *speaker)
        return Found(*content, speaker=speaker, who=who) if is_saying else None
    if not voices.is_quoted(who.entity):
        return None
    words = fold_words(piece.view[slice(*content)])
    is_own = not read_headline_words("first person").isdisjoint(words.split())
    is_marked = piece.segment_at(content[0] - 1) is not None
    if is_marked or voices.supports(who.entity, words, OWN_SUPPORT if is_own else SUPPORT):
        return Found(*content, speaker=speaker, who=who)
    return None


def is_source(piece: Piece, start: int, end: int) -> bool:
    """Whether a label that names nobody is a source of news by itself: a minister, police, a report; "Letter:" and "Review:" only tell the
    kind of text."""
    head = fold_words(piece.view[start:end]).split()[-1]
    if head not in read_speaker_nouns():
        return True
    return head in read_headline_words("document") | read_headline_words("source")


def opens_question(piece: Piece, start: int) -> bool:
    """Whether words ask, or announce what an article is about (what we know, how to)."""
    first = fold_words(piece.view[start : piece.end]).split(" ", 1)[0]
    return first in read_headline_words("question")


def tell_label(piece: Piece, voices: Voices, start: int, end: int) -> tuple[tuple[int, int], Who | None]:
    """The speaker before or behind a colon: a phrase of few words, or the one before "on" and "to" ("Smith on taxes")."""
    words = [word for word in piece.words if start <= word.start < end]
    about = next((place for place, word in enumerate(words) if place and word.folded in ABOUT), None)
    if about is not None:
        words = words[:about]
    if not words or len(words) > LONGEST_LABEL or any(piece.is_inside(word.start) for word in words):
        return (start, end), None
    span = words[0].start, words[-1].end
    who = tell_speaker(voices, piece.view[slice(*span)])
    is_long = len(words) > 2 and words[-1].folded not in read_title_words()
    return span, None if who and who.kind != "named" and is_long else who


def read_label_behind(piece: Piece, voices: Voices, told: tuple[int, int], label: tuple[int, int]) -> Found | None:
    """What is said, a colon and who says it."""
    content = take_content(piece, *told)
    if content is None or piece.view[slice(*content)].count(" ") + 1 < LEAST_WORDS:
        return None
    is_marked = (segment := piece.segment_at(told[0])) is not None and segment.outer_end >= told[1]
    speaker, who = tell_label(piece, voices, *label)
    is_sure = who is not None and (voices.is_quoted(who.entity) or (who.kind != "named" and is_source(piece, *speaker)))
    if is_sure and (is_marked or speaker[1] >= label[1] - 1):
        return Found(*content, speaker=speaker, who=who)
    return Found(*content) if is_marked and is_sentence(piece, *content) else None


def read_dash_behind(piece: Piece, voices: Voices) -> Found | None:
    """As in "Trump pressed officials – report", "'No deal' – Smith"."""
    dashes = [m for m in DASH.finditer(piece.view, piece.start, piece.end) if not piece.is_inside(m.start())]
    if not dashes:
        return None
    told, label = (piece.start, dashes[-1].start()), (dashes[-1].end(), piece.end)
    content, (speaker, who) = take_content(piece, *told), tell_label(piece, voices, *label)
    if (
        content is None
        or who is None
        or speaker[1] < label[1] - 1
        or piece.view[slice(*content)].count(" ") + 1 < LEAST_WORDS
    ):
        return None
    is_plain = dashes[-1][0].strip() == "-"  # "hit - and - run driver"
    is_listed = fold_words(piece.view[slice(*speaker)]).split()[-1] in read_speaker_nouns()
    if SCORE.search(piece.view, *content):
        return None
    is_known = who.kind != "named" and is_source(piece, *speaker) and (is_listed or not is_plain)
    is_marked = piece.segment_at(told[0]) is not None and content[1] >= told[1] - 2
    if is_known or (is_marked and voices.is_quoted(who.entity)):
        return Found(*content, speaker=speaker, who=who)
    return None


def read_marks_behind(piece: Piece, voices: Voices) -> Found | None:
    """As in "Owner tears down stall: 'I have had enough'": marked words behind a colon that read as a sentence; who says them is not told."""
    colon = next(
        (m for m in COLON.finditer(piece.view, piece.start, piece.end) if not piece.is_inside(m.start())), None
    )
    segment = piece.segment_at(colon.end()) if colon else None
    if segment is None or piece.view[segment.outer_end : piece.end].strip(EDGES):
        return None
    if not is_sentence(piece, segment.start, segment.end):
        return None
    return Found(*end_at_mark(piece, segment), label=(piece.start, colon.start()))


def is_sentence(piece: Piece, start: int, end: int) -> bool:
    """Whether marked words read as somebody's sentence, and not as a title or a term."""
    words = fold_words(piece.view[start:end]).split()
    return len(words) >= LEAST_WORDS and not read_headline_words("sentence").isdisjoint(words)


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
