"""Words of a text as comparison sees them: lower case, without endings, function words left out."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache

from quotidian.tasks.tables.facts import read_facts

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
SENTENCE_BREAK = re.compile(r"[.!?:;\n\"“”]")
STEM_LETTERS = 6
"""Letters that are kept of a word: cuts inflection and derivation (negotiates, negotiation) without a list.
Of 4, 5, 6 and all letters, 6 told translated copies from other reports with the widest gap."""

LOWER, LONG, NAME, NUMBER = range(4)
"""Kinds of a word, kept in the two lowest bits of its hash; rarer kinds weigh more in a small archive."""
LONG_LETTERS = 8
WORDS_KEPT = 65_536
"""Words whose folded form and hash a process remembers."""
KIND_BITS = 2


@cache
def function_words() -> frozenset[str]:
    """Words that say nothing of what a text is about, from `seeds/function_words.csv`."""
    return frozenset(row["word"] for row in read_facts("function_words"))


def fold_text(text: str) -> str:
    """Text in one spelling: compatibility forms and straight apostrophes."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")


@lru_cache(maxsize=WORDS_KEPT)
def fold_word(word: str) -> str:
    """One word in lower case without possessive, apostrophes, accents and separators of thousands."""
    word = word.casefold().removesuffix("'s").replace("'", "").replace(",", "")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def split_words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word of a folded text, as it stands, and whether a capital marks it as a name.

    A capital at the start of a sentence marks nothing.
    """
    end, is_first = 0, True
    for match in WORD.finditer(text):
        word, gap = match.group(), text[end : match.start()]
        is_first = is_first or (gap != " " and SENTENCE_BREAK.search(gap) is not None)
        yield word, not is_first and word[0].isupper()
        end, is_first = match.end(), False


def content_words(text: str, names: frozenset[str] = frozenset()) -> Iterator[int]:
    """Hashes of the words of `text` that carry content, in order; words in `names` count as names."""
    for word, is_name in split_words(fold_text(text)):
        folded = fold_word(word)
        if folded and (folded not in function_words() or is_acronym(word)):
            yield hash_word(folded, is_name or folded in names)


def is_acronym(word: str) -> bool:
    """Whether a word is all capitals: US, WHO and IT are no function words."""
    return len(word) > 1 and word.isupper()


@lru_cache(maxsize=WORDS_KEPT)
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
