"""All sketches of an archive side by side, in flat arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import polars as pl
from scipy import sparse

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


CHUNK_TEXTS, PART_VALUES = 5_000, 1_000_000
"""Texts, and values of a matrix, that are worked on at a time where a step needs several times the memory of what it keeps."""


@dataclass(frozen=True)
class Corpus:
    """Distinct texts of an archive: text `i` has `words[starts[i]:starts[i + 1]]`, kind bits included."""

    text_hash: np.ndarray
    words: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.text_hash)

    @cached_property
    def sizes(self) -> np.ndarray:
        """Content words of each text."""
        return np.diff(self.starts)

    def pieces(self) -> Iterator[np.ndarray]:
        """The numbers of all texts, some thousand at a time; one empty piece where there is none."""
        for first in range(0, max(1, len(self)), CHUNK_TEXTS):
            yield np.arange(first, min(first + CHUNK_TEXTS, len(self)))

    def places(self, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each word of some texts, in order: which of `texts` has it, and its place in `words`."""
        sizes = self.sizes[texts]
        before = np.cumsum(sizes) - sizes
        owners = np.repeat(np.arange(len(texts)), sizes)
        return owners, np.arange(len(owners)) + (self.starts[texts] - before)[owners]

    def sequence(self, text: int) -> list[int]:
        """The words of one text in order, without kinds."""
        return (self.words[self.starts[text] : self.starts[text + 1]] >> KIND_BITS).tolist()

    def word_pairs(self, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each pair of neighbouring content words of some texts: which of `texts` has it, and its 64-bit code."""
        owners, places = self.places(texts)
        terms = (self.words[places] >> KIND_BITS).astype(np.uint64)
        inside = owners[:-1] == owners[1:]
        return owners[:-1][inside], join_terms(terms[:-1], terms[1:])[inside]

    def distinct_pairs(self, text: int) -> np.ndarray:
        """Codes of the pairs of neighbouring content words of one text, sorted, each once; remembered, 8 bytes each."""
        if text not in self.known_pairs:
            terms = (self.words[self.starts[text] : self.starts[text + 1]] >> KIND_BITS).astype(np.uint64)
            self.known_pairs[text] = np.unique(join_terms(terms[:-1], terms[1:]))
        return self.known_pairs[text]

    @cached_property
    def known_pairs(self) -> dict[int, np.ndarray]:
        """What `distinct_pairs` remembers."""
        return {}

    @cached_property
    def columns(self) -> np.ndarray:
        """Number of each word's term among all terms of the corpus, sorted by their hash."""
        parts = [self.words[self.places(texts)[1]] >> KIND_BITS for texts in self.pieces()]
        own = [np.unique(part, return_inverse=True) for part in parts]
        terms = np.unique(np.concatenate([np.empty(0, np.uint32), *(part for part, _ in own)]))
        found = [np.searchsorted(terms, part).astype(np.int32)[places] for part, places in own]
        return np.concatenate([np.empty(0, np.int32), *found])

    @cached_property
    def kinds(self) -> np.ndarray:
        """How often each term (row) stands in the corpus as each kind of word (column)."""
        size = (int(self.columns.max(initial=-1)) + 1) << KIND_BITS
        counts = np.zeros(size, np.int64)
        for texts in self.pieces():
            places = self.places(texts)[1]
            kind = self.words[places] & np.uint32((1 << KIND_BITS) - 1)
            counts += np.bincount(self.columns[places].astype(np.int64) << KIND_BITS | kind, minlength=size)
        return counts.reshape(-1, 1 << KIND_BITS)

    @cached_property
    def counted(self) -> tuple[sparse.csr_array, np.ndarray]:
        """How often each text (row) has each term (column), and how often among its first words, value by value."""
        pieces = [self.count_terms(texts) for texts in self.pieces()]
        rows, terms, counts, leads = (np.concatenate([np.empty(0, np.uint16), *p]) for p in zip(*pieces, strict=True))
        starts = np.searchsorted(rows, np.arange(len(self) + 1)).astype(np.int32)
        return sparse.csr_array((counts, terms, starts), (len(self), len(self.kinds))), leads

    def count_terms(self, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Text, term, count, and count among the first words, for each term of each of some texts."""
        owners, places = self.places(texts)
        is_lead = places - self.starts[texts][owners] < LEAD_WORDS
        packed = np.sort(texts[owners] << 32 | self.columns[places].astype(np.int64) << 1 | is_lead)
        firsts = np.flatnonzero(np.diff(packed >> 1, prepend=-1))
        ends = np.append(firsts, len(packed))
        leads = np.diff(np.concatenate([[0], np.cumsum(packed & 1)])[ends])
        keys = packed[firsts]
        terms = (keys >> 1 & 2**31 - 1).astype(np.int32)
        return (keys >> 32).astype(np.int32), terms, np.diff(ends).astype(np.uint16), leads.astype(np.uint16)


def join_terms(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """64-bit codes of pairs of terms in their order."""
    return left << np.uint64(32) | right


def gather_texts(sketches: pl.DataFrame) -> Corpus:
    """The distinct texts of `sketches` (body_hash and the columns of SKETCH_SCHEMA), sorted by their hash."""
    texts = sketches.sort("body_hash").unique("text_hash", keep="first", maintain_order=True).sort("text_hash")
    words = texts["words"].explode(empty_as_null=False).to_numpy().astype(np.uint32)
    starts = np.concatenate([[0], np.cumsum(texts["words"].list.len().to_numpy())]).astype(np.int64)
    return Corpus(texts["text_hash"].to_numpy(), words, starts)


def weigh_terms(corpus: Corpus, text_weights: np.ndarray) -> sparse.csr_array:
    """TF-IDF matrix of the corpus: a row a text, of length 1; a column a term.

    `text_weights` say how much each text counts in the rarity of terms. The weight of a term falls with the share of texts that have it, those of the archive and `PRIOR_TEXTS`
    imagined ones together, grows with the logarithm of its count in the text, and is that of its kind.
    """
    counts, leads = corpus.counted
    texts_with = count_columns(counts, text_weights)
    imagined = PRIOR_TEXTS * average_by_kind(PRIOR_SHARE, corpus)
    rarity = np.maximum(np.log((text_weights.sum() + PRIOR_TEXTS) / (texts_with + imagined)), 0)
    weight = (rarity * average_by_kind(KIND_WEIGHT, corpus)).astype(np.float32)
    values = np.empty(counts.nnz, np.float32)
    for first, last in cut_rows(counts):
        part = slice(counts.indptr[first], counts.indptr[last])
        tellings = np.log(counts.data[part] + (LEAD_WEIGHT - 1) * leads[part], dtype=np.float32) + 1
        values[part] = divide_by_length(tellings * weight[counts.indices[part]], counts.indptr[first : last + 1])
    return sparse.csr_array((values, counts.indices, counts.indptr), counts.shape)


def cut_rows(rows: sparse.csr_array) -> Iterator[tuple[int, int]]:
    """First and last row (exclusive) of stretches of about `PART_VALUES` values."""
    edges = np.searchsorted(rows.indptr, np.arange(PART_VALUES, rows.nnz, PART_VALUES))
    yield from pairwise(np.unique([0, *edges, rows.shape[0]]).tolist())


def count_columns(rows: sparse.csr_array, weights: np.ndarray | None = None) -> np.ndarray:
    """In how many rows each column stands; each row counts as its weight, 1 if none is given."""
    total = np.zeros(rows.shape[1])
    for first, last in cut_rows(rows):
        sizes = np.diff(rows.indptr[first : last + 1])
        counted = None if weights is None else np.repeat(weights[first:last], sizes)
        total += np.bincount(rows.indices[rows.indptr[first] : rows.indptr[last]], counted, len(total))
    return total


def divide_by_length(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Values of neighbouring rows that begin at `starts`, each row turned to length 1."""
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    squares = np.bincount(rows, weights=values.astype(np.float64) ** 2, minlength=len(starts) - 1)
    return values / np.sqrt(squares)[rows]


def average_by_kind(values: dict[int, float], corpus: Corpus) -> np.ndarray:
    """Mean of the values of the kinds in which each term stands in the corpus."""
    return corpus.kinds @ np.array([values[kind] for kind in range(1 << KIND_BITS)]) / corpus.kinds.sum(axis=1)
