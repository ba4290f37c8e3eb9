"""Where sentences must start and must not start, told to the parser before it parses."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from spacy.attrs import SENT_START
from spacy.tokens import Doc

from quotidian.tasks.store.facts import read_facts

LINE_BREAK = re.compile(r"(?<![ ])[ ]*+\n\s*")
SPEECH_BREAKS = frozenset((',"', ",”", ",'", ",’", ",»", '",', "”,"))
"""What speech ends with before who said it."""
WRAPPED_WIDTH = range(50, 100)
"""Widths at which mail and terminals wrap lines, in characters."""
LONGEST_SENTENCE = 1_000
"""Tokens. No sentence of a story is longer; where one has no end, rules that read it to its end for each of its cues have none."""
TERMINAL = frozenset([".", "?", "!", "…", ":", ";", "...", "..", "?!", "!!", "|", "•"])
"""After these, and marks that close behind them, a sentence may start with any character; after others with a capital."""
EXCLAIMED = frozenset(["?", "!", "?!", "!!"])
"""After these, and marks that close behind them, a small letter goes on with the sentence: “Stay!” he said."""
MARKS = frozenset(('"', "''"))
ASKING_VERBS = frozenset(
    (
        "said",
        "says",
        "asked",
        "asks",
        "shouted",
        "cried",
        "yelled",
        "wrote",
        "added",
        "replied",
        "screamed",
        "exclaimed",
    )
)
ASKER_ENDS = frozenset(
    (".", ",", "in", "on", "at", "to", "during", "after", "before", "me", "him", "her", "us", "them")
)
"""What may follow the verb of a phrase that only says who spoke."""
LONGEST_ASKER = 6
"""Tokens of such a phrase up to its verb."""
CLOSERS = frozenset(['"', "'", ")", "]", "''"])
FIRST_WORDS = frozenset(["The", "He", "She", "They", "It", "We", "A", "An", "But", "And", "This", "That", "His", "Her"])
OPENERS = frozenset("\"'([-–—•$£€#@*¿¡")
"""Characters other than letters and digits that may start a sentence."""


def find_paragraph_starts(text: str) -> list[int]:
    """Offsets where a paragraph, headline or list line starts, the first non-blank character included.

    Every line break ends a paragraph, except that a single one does not in a text whose lines were wrapped at a
    fixed width: there the line before is of that width and most lines after a single break go on in lower case.
    """
    start = len(text) - len(text.lstrip())
    breaks = [(match.start(), match.end(), match[0].count("\n")) for match in LINE_BREAK.finditer(text, start)]
    singles = [end for _, end, count in breaks if count == 1 and end < len(text)]
    is_wrapped = len(singles) > 3 and sum(text[end].islower() for end in singles) * 2 > len(singles)
    starts, line_start = [start] if start < len(text) else [], start
    for begin, end, count in breaks:
        is_soft = is_wrapped and count == 1 and begin - line_start in WRAPPED_WIDTH
        if end < len(text) and not is_soft and not goes_on(text, begin, end):
            starts.append(end)
        line_start = end
    return starts


def goes_on(text: str, begin: int, end: int) -> bool:
    """Whether a line goes on with the one before: that ends in a comma and a closing mark, and who said so follows in small letters."""
    return text[end].islower() and text[max(0, begin - 2) : begin] in SPEECH_BREAKS


def cut_endless(doc: Doc) -> list[int]:
    """Tokens at which sentences of more than `LONGEST_SENTENCE` tokens are cut."""
    starts = [sentence.start for sentence in doc.sents] if len(doc) > LONGEST_SENTENCE else []
    return [
        cut
        for start, end in pairwise([*starts, len(doc)])
        for cut in range(start + LONGEST_SENTENCE, end, LONGEST_SENTENCE)
    ]


def preset_sentence_starts(doc: Doc, text: str, words: list[str], cuts: Sequence[int] = ()) -> np.ndarray:
    """Force a sentence start at each paragraph and cut, and forbid one where none can be; 1, -1 or 0 a token.

    The second token of a paragraph starts none: the parser would decide that from the paragraph before.
    """
    presets = np.zeros(len(doc), dtype=np.int64)
    presets[find_forbidden_starts(words)] = -1
    presets[find_starts_behind_titles(words)] = 1
    starts = doc.to_array(["IDX"]).reshape(-1).astype(np.int64)
    forced = np.searchsorted(starts, find_paragraph_starts(text))
    firsts = np.concatenate([[0], forced[forced < len(doc)], np.array(cuts, dtype=np.int64)])
    presets[np.minimum(firsts + 1, len(doc) - 1)] = -1
    presets[firsts] = 1
    doc.from_array([SENT_START], presets.astype(np.uint64))
    return presets


def find_starts_behind_titles(words: list[str]) -> list[int]:
    """Tokens that start a sentence although an abbreviation stands before them: no name does (Moses Sr. The road)."""
    places = (place for place, word in enumerate(words) if word in FIRST_WORDS and place)
    return [place for place in places if words[place - 1] in read_abbreviations()]


@cache
def read_abbreviations() -> frozenset[str]:
    """Ranks and titles with their stop, of `seeds/abbreviations.csv`."""
    return frozenset(row["abbreviation"] for row in read_facts("abbreviations"))


def opens_asker(words: list[str], index: int) -> bool:
    """Whether a token opens the phrase that says whose the question or exclamation in marks before it is ("“…!” Ann Roe said.")."""
    if index < 2 or words[index - 1] not in MARKS or words[index - 2] not in EXCLAIMED:
        return False
    for place in range(index, min(index + LONGEST_ASKER, len(words) - 1)):
        if words[place] in ASKING_VERBS:
            return place > index and words[place + 1] in ASKER_ENDS
        if place > index and not words[place][0].isupper() and words[index] != "The":
            return False
    return False


def find_forbidden_starts(words: list[str]) -> list[int]:
    """Tokens that cannot start a sentence: after a comma, marks that only close, small letters after no sentence end."""
    forbidden = []
    before, ends, is_exclaimed = "", True, False
    for index, word in enumerate(words):
        if word.isspace():
            continue
        first = word[0]
        after_comma = before == "," or (before == '"' and index > 1 and words[index - 2] == ",")
        behind = "".join(words[index + 1 : index + 2])
        closes = word in MARKS and (behind == "," or behind.isspace() != (index + 1 == len(words)))
        inside = (not ends and (first.islower() or not first.isalnum())) or (is_exclaimed and first.islower())
        if after_comma or inside or closes or opens_asker(words, index) or not (first.isalnum() or first in OPENERS):
            forbidden.append(index)
        ends = word in TERMINAL or (word in CLOSERS and ends)
        is_exclaimed = word in EXCLAIMED or (word in CLOSERS and is_exclaimed)
        before = word
    return forbidden
