"""What comparison keeps of an article: its content words in order, hashed."""

import hashlib
from itertools import chain, islice

import numpy as np
import polars as pl
import pyarrow as pa

from .statements.differences import level_figures
from .words import content_words, fold_text, know_word, split_words

SKETCH_SCHEMA = {"text_hash": pl.UInt64, "words": pl.List(pl.UInt32)}
MAX_WORDS = 5_000
"""Content words kept of a body (a long feature has 2,000), so that one giant text cannot fill the memory."""


def sketch_article(body: str, title: str | None, names: list[str]) -> dict:
    """Sketch of one article, the same whatever else is in the archive.

    Takes the clean body, the headline (None where there is none: where the body opens with it, it is left out,
    since copies get new headlines) and the names found in the body. Gives `text_hash` (equal for texts of the
    same words, however spaced, cased or marked) and `words` (hashes of content words in order; the two lowest
    bits tell the kind of word): about 1 kB for 400 words.
    """
    story = body.removeprefix(title).lstrip() if title else body
    words, gaps = split_words(fold_text(story))
    content = content_words(words, gaps, name_words(names))
    return {"text_hash": hash_words(words), "words": list(islice(content, MAX_WORDS))}


def sketch_quotes(texts: pl.Series) -> pl.DataFrame:
    """The columns of SKETCH_SCHEMA for quotations, in their order; figures in other words are the same words."""
    split = [split_words(level_figures(fold_text(text))) for text in texts]
    content = [list(content_words(*pieces)) for pieces in split]
    columns = {"text_hash": [hash_words(words) for words, _ in split], "words": list_words(content)}
    return pl.DataFrame(columns, schema=SKETCH_SCHEMA)


def list_words(rows: list[list[int]]) -> pl.Series:
    """A series of lists of words, made at once: of many short lists polars would make a series each."""
    starts = np.cumsum([0, *map(len, rows)])
    return pl.Series(pa.LargeListArray.from_arrays(starts, np.fromiter(chain.from_iterable(rows), np.uint32)))


def name_words(names: list[str]) -> frozenset[str]:
    """The single words of names, folded."""
    return frozenset(know_word(word).folded for name in names for word in split_words(fold_text(name))[0])


def hash_words(words: list[str]) -> int:
    """64 bits of BLAKE2b over all words of a text in lower case; punctuation and spacing do not count."""
    folded = "".join([f"{know_word(word).folded} " for word in words])
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")
