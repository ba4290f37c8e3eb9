"""What comparison keeps of an article: its content words in order, hashed."""

import hashlib
from itertools import islice

import polars as pl

from .words import WORD, content_words, fold_text, fold_word, split_words

SKETCH_SCHEMA = {"text_hash": pl.UInt64, "words": pl.List(pl.UInt32)}
MAX_WORDS = 5_000
"""Content words kept of a body (a long feature has 2,000), so that one giant text cannot fill the memory."""
WORD_LETTERS = 100
"""Letters of a text in which one content word is surely found."""


def sketch_article(body: str, title: str | None, names: list[str]) -> dict:
    """Sketch of one article, the same whatever else is in the archive.

    Takes the clean body, the headline (None where there is none: where the body opens with it, it is left out,
    since copies get new headlines) and the names found in the body. Gives `text_hash` (equal for texts of the
    same words, however spaced, cased or marked) and `words` (hashes of content words in order; the two lowest
    bits tell the kind of word): about 1 kB for 400 words.
    """
    story = body.removeprefix(title).lstrip() if title else body
    words = content_words(story[: MAX_WORDS * WORD_LETTERS], name_words(names))
    return {"text_hash": hash_text(story), "words": list(islice(words, MAX_WORDS))}


def sketch_quotes(texts: pl.Series) -> pl.DataFrame:
    """The columns of SKETCH_SCHEMA for quotations, in their order."""
    rows = [{"text_hash": hash_text(text), "words": list(content_words(text))} for text in texts]
    return pl.DataFrame(rows, schema=SKETCH_SCHEMA)


def name_words(names: list[str]) -> frozenset[str]:
    """The single words of names, folded."""
    return frozenset(fold_word(word) for name in names for word, _ in split_words(fold_text(name)))


def hash_text(text: str) -> int:
    """64 bits of BLAKE2b over all words of a text in lower case; punctuation and spacing do not count."""
    words = "".join(f"{fold_word(word)} " for word in WORD.findall(fold_text(text)))
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")
