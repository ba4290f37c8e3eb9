"""All sketches of an archive side by side, in flat arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.linalg import norm

from .words import KIND_BITS, LONG, LOWER, NAME, NUMBER

PRIOR_TEXTS = 1000
"""How many imagined texts of general news the counts of an archive are mixed with, so that the weights of
words mean something in an archive of five articles too: without them, five reports of one event have a
cosine of .06, with them .6, alone as well as among 460 others."""
PRIOR_SHARE = {LOWER: 0.03, LONG: 0.01, NAME: 0.002, NUMBER: 0.01}
"""Share of those texts that has a given word of each kind."""
KIND_WEIGHT = {LOWER: 1.0, LONG: 1.0, NAME: 2.0, NUMBER: 1.0}
"""Two events of one kind (two celebrities in rehab) differ in their names: 1.5 to 3 tell stories apart better than 1."""
LEAD_WORDS = 30
LEAD_WEIGHT = 3
"""News tells first what happened: a content word of the first 30 (two or three sentences) counts three times."""


@dataclass(frozen=True)
class Corpus:
    """Distinct texts of an archive: text `i` has `words[starts[i]:starts[i + 1]]`, kind bits included."""

    text_hash: np.ndarray
    words: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.text_hash)

    @cached_property
    def terms(self) -> np.ndarray:
        """The words without the bits that tell their kind."""
        return self.words >> KIND_BITS

    @cached_property
    def sizes(self) -> np.ndarray:
        """Content words of each text."""
        return np.diff(self.starts)

    @cached_property
    def owners(self) -> np.ndarray:
        """Text of each word."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.sizes)

    def sequence(self, text: int) -> list[int]:
        """The words of one text in order, without kinds."""
        return self.terms[self.starts[text] : self.starts[text + 1]].tolist()

    @cached_property
    def word_pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Text and 64-bit code of each pair of neighbouring content words, in order."""
        inside = self.owners[:-1] == self.owners[1:]
        left, right = self.terms[:-1][inside].astype(np.uint64), self.terms[1:][inside]
        return self.owners[:-1][inside], left << np.uint64(32) | right

    @cached_property
    def counts(self) -> sparse.csr_array:
        """How often each text (row) has each term (column), terms sorted by their hash."""
        ones = np.ones(len(self.columns), np.float32)
        shape = (len(self), self.columns.max(initial=-1) + 1)
        return sparse.coo_array((ones, (self.owners, self.columns)), shape).tocsr()

    @cached_property
    def columns(self) -> np.ndarray:
        """Column of each word in `counts`."""
        return np.unique(self.terms, return_inverse=True)[1].astype(np.int32)


def gather_texts(sketches: pl.DataFrame) -> Corpus:
    """The distinct texts of `sketches` (body_hash and the columns of SKETCH_SCHEMA), sorted by their hash."""
    texts = sketches.sort("body_hash").unique("text_hash", keep="first", maintain_order=True).sort("text_hash")
    words = texts["words"].explode(empty_as_null=False).to_numpy().astype(np.uint32)
    starts = np.concatenate([[0], np.cumsum(texts["words"].list.len().to_numpy())]).astype(np.int64)
    return Corpus(texts["text_hash"].to_numpy(), words, starts)


def weigh_terms(corpus: Corpus) -> sparse.csr_array:
    """TF-IDF matrix of the corpus: a row a text, of length 1; a column a term.

    The weight of a term falls with the share of texts that have it, those of the archive and `PRIOR_TEXTS`
    imagined ones together, grows with the logarithm of its count in the text, and is that of its kind.
    """
    shape = corpus.counts.shape
    weighted = sparse.coo_array((count_words(corpus), (corpus.owners, corpus.columns)), shape).tocsr()
    texts_with = np.bincount(weighted.indices, minlength=shape[1])
    imagined = PRIOR_TEXTS * average_by_kind(PRIOR_SHARE, corpus)
    rarity = np.maximum(np.log((len(corpus) + PRIOR_TEXTS) / (texts_with + imagined)), 0)
    weight = (rarity * average_by_kind(KIND_WEIGHT, corpus)).astype(np.float32)
    weighted.data = (1 + np.log(weighted.data)) * weight[weighted.indices]
    weighted.data /= np.repeat(norm(weighted, axis=1), np.diff(weighted.indptr))
    return weighted


def count_words(corpus: Corpus) -> np.ndarray:
    """How often each word counts where it stands."""
    place = np.arange(len(corpus.words)) - corpus.starts[corpus.owners]
    return np.where(place < LEAD_WORDS, LEAD_WEIGHT, 1).astype(np.float32)


def average_by_kind(values: dict[int, float], corpus: Corpus) -> np.ndarray:
    """Mean of the values of the kinds in which each term stands in the corpus."""
    of_kind = np.array([values[kind] for kind in range(1 << KIND_BITS)])
    of_word = of_kind[corpus.words & ((1 << KIND_BITS) - 1)]
    return np.bincount(corpus.columns, weights=of_word) / np.bincount(corpus.columns)
