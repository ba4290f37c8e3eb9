"""Verbs of saying in a headline, and the words for who speaks, by their places among its words."""

from quotidian.tasks.extract.display.piece import Piece
from quotidian.tasks.extract.display.voices import Voices, Who, fold_words, tell_speaker
from quotidian.tasks.extract.display.words import Verb, read_headline_verbs, read_headline_words, read_title_words
from quotidian.tasks.extract.speakers.speaker_nouns import read_speaker_nouns

PREFIXES = frozenset(("co", "ex", "vice"))
"""What a hyphen with blanks around it joins to a noun ("Co - Worker")."""
PRONOUNS = frozenset(("he", "she", "they"))
ABOUT = frozenset(("on", "to"))
"""What may stand behind a name before a colon: "Smith on taxes: …"."""
LONGEST_SPEAKER = 6
"""Words of the phrase for a speaker."""
LONGEST_LABEL = 4
"""Words before a colon that may be a speaker."""


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


def is_source(piece: Piece, start: int, end: int) -> bool:
    """Whether a label that names nobody is a source of news by itself: a minister, police, a report; "Letter:" and "Review:" only tell the
    kind of text."""
    head = fold_words(piece.view[start:end]).split()[-1]
    if head not in read_speaker_nouns():
        return True
    return head in read_headline_words("document") | read_headline_words("source")
