"""Words of a text as comparison sees them: lower case, without endings, function words left out."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from quotidian.tasks.extract.quotes.grammar import MONTHS_BUT_MAY, WEEKDAYS
from quotidian.tasks.store.facts import read_facts

WORD = re.compile(r"(\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+)")  # the group: a split by it keeps the words
SENTENCE_BREAK = re.compile(r"[.!?:;\n\"“”]")
STEM_LETTERS = 6
"""Letters that are kept of a word: cuts inflection and derivation (negotiates, negotiation) without a list.
Of 4, 5, 6 and all letters, 6 told translated copies from other reports with the widest gap."""

LOWER, LONG, NAME, NUMBER = range(4)
"""Kinds of a word, kept in the two lowest bits of its hash; rarer kinds weigh more in a small archive."""
DAYS = WEEKDAYS | MONTHS_BUT_MAY | {"today", "tomorrow", "yesterday"}
"""Words that tell when; "may" is left out, which is mostly a verb."""
LONG_LETTERS = 8
WORDS_KEPT = 65_536
"""Words whose facts a process remembers."""
KIND_BITS = 2


@cache
def function_words() -> frozenset[str]:
    """Words that say nothing of what a text is about, from `seeds/function_words.csv`."""
    return frozenset(row["word"] for row in read_facts("function_words"))


def fold_text(text: str) -> str:
    """Text in one spelling: compatibility forms and straight apostrophes."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")


def fold_word(word: str) -> str:
    """One word in lower case without possessive, apostrophes, accents and separators of thousands."""
    word = word.casefold().removesuffix("'s").replace("'", "").replace(",", "")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def split_words(text: str) -> tuple[list[str], list[str]]:
    """The words of a folded text as they stand, and what stands before each."""
    pieces = WORD.split(text)
    return pieces[1::2], pieces[:-1:2]


def content_words(words: list[str], gaps: list[str], names: frozenset[str] = frozenset()) -> Iterator[int]:
    """Hashes of those of the words of a text (`split_words`) that carry content, in order.

    Words in `names` count as names, and those with a capital, which marks nothing at the start of a sentence.
    """
    is_first = True
    for word, gap in zip(words, gaps, strict=True):
        facts = know_word(word)
        if facts.is_content:
            is_marked = facts.is_capital and not is_first and (gap == " " or not SENTENCE_BREAK.search(gap))
            yield facts.as_name if is_marked or facts.folded in names else facts.as_word
        is_first = False


class Word(NamedTuple):
    """What is to be known of a word as it stands; the hashes are those of it as a name and as none."""

    folded: str
    is_content: bool
    is_capital: bool
    as_name: int
    as_word: int


@lru_cache(maxsize=WORDS_KEPT)
def know_word(word: str) -> Word:
    """Facts of one word."""
    folded = fold_word(word)
    is_content = bool(folded) and (folded not in function_words() or is_acronym(word))
    hashes = (hash_word(folded, True), hash_word(folded, False)) if is_content else (0, 0)
    return Word(folded, is_content, word[0].isupper(), *hashes)


def is_acronym(word: str) -> bool:
    """Whether a word is all capitals: US, WHO and IT are no function words."""
    return len(word) > 1 and word.isupper()


def hash_word(folded: str, is_name: bool) -> int:
    """32 bits: CRC-32 of the stem, its two lowest bits replaced by the kind of word."""
    stem = zlib.crc32(cut_stem(folded).encode("utf-8", "surrogatepass"))
    return stem >> KIND_BITS << KIND_BITS | word_kind(folded, is_name)


def cut_stem(folded: str) -> str:
    """The first letters of a word, without a plural's s."""
    is_plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss")
    return (folded[:-1] if is_plural else folded)[:STEM_LETTERS]


def word_kind(folded: str, is_name: bool) -> int:
    """Which of the four kinds a word is."""
    if folded[0].isdigit():
        return NUMBER
    if is_name:
        return NAME
    return LONG if len(folded) >= LONG_LETTERS else LOWER
