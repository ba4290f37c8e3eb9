"""All sketches of an archive side by side, in flat arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import polars as pl
from scipy import sparse

from .arrays import Array, read_stretches
from .values import number_items, rank_values, sort_once
from .words import KIND_BITS

RARITY = np.array([3.5, 4.6, 4.6, 4.6], np.float32)
"""How much a word tells of a text, by its kind (lower, long, name, number) alone: the negative logarithm of the share of news texts
that have a given word of that kind, .03 and .01. Counts of the archive would not tell more, and would change with each
article: on two sets of stories weights by counts gave B-cubed F1 .927 and .895, these give .932 and .912."""
LEAD_WORDS = 30
LEAD_WEIGHT = 3
"""News tells first what happened: a content word of the first 30 (two or three sentences) counts three times."""


MIX = np.uint64(0xBF58476D1CE4E5B9)
"""An odd number that mixes bits well (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014)."""
KINDS = 1 << KIND_BITS
SUMMANDS = np.array([lead | (kind > 0) << 16 * kind for lead in (0, 1) for kind in range(KINDS)], np.uint64)
"""What a word of each kind, then a first word of each kind, adds to a sum: 16 bits count first words, and 16 each kind but the lowest."""
COUNTED = np.array([1 << 16 * kind for kind in range(1, KINDS)], np.uint64)
"""The least sums that have a word of each kind but the lowest, or of a higher one."""
COUNT_BIT, LEAD_BIT = 8, 2
"""Places of counts in a tally; below them is the highest kind."""
CHUNK_TEXTS, PART_VALUES = 500, 1_000_000
"""Texts, and values of a matrix, that are worked on at a time where a step needs several times the memory of what it keeps; so few texts stay in the
caches, and take half of the time that ten times as many take."""


@dataclass(frozen=True)
class Corpus:
    """Distinct texts of an archive, sorted by their hash where they are all: text `i` has the `sizes[i]` content words, kind bits
    included, of `words[part[i]]` from `starts[i]` on."""

    text_hash: np.ndarray
    words: Sequence[Array]
    part: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray

    def __len__(self) -> int:
        return len(self.text_hash)

    def pieces(self) -> Iterator[np.ndarray]:
        """The numbers of all texts, some hundred at a time; one empty piece where there is none."""
        for first in range(0, max(1, len(self)), CHUNK_TEXTS):
            yield np.arange(first, min(first + CHUNK_TEXTS, len(self)))

    def read(self, text: int) -> np.ndarray:
        """The words of one text in order."""
        start = self.starts[text]
        return self.words[self.part[text]][start : start + self.sizes[text]]

    def read_words(self, texts: np.ndarray) -> np.ndarray:
        """The words of some texts, one text after the other."""
        if len(self.words) == 1:
            return read_stretches(self.words[0], self.starts[texts], self.sizes[texts])
        sizes, parts = self.sizes[texts], self.part[texts]
        words = np.empty(sizes.sum(), np.uint32)
        for part in np.unique(parts):
            own = parts == part
            words[np.repeat(own, sizes)] = read_stretches(self.words[part], self.starts[texts[own]], sizes[own])
        return words

    def gather(self, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The words of some texts, one text after the other: which of `texts` has it, its place there, and the word."""
        return *number_items(self.sizes[texts]), self.read_words(texts)

    def select(self, texts: np.ndarray) -> "Corpus":
        """A corpus of some texts, in their order."""
        return make_corpus(self.text_hash[texts], self.read_words(texts), self.sizes[texts])

    def spell_texts(self, texts: np.ndarray) -> np.ndarray:
        """64 bits for the words of each of some texts: a hash of the terms in the upper half, of their kinds in the lower one.

        Each is the sum over all words of what they and their places are mixed to.
        """
        owners, places, words = self.gather(texts)
        words = words.astype(np.uint64)
        mixed = ((words >> np.uint64(KIND_BITS)) + places.astype(np.uint64) * MIX) * MIX
        mixed = (mixed ^ mixed >> np.uint64(32)) * MIX
        kinds = (words & np.uint64((1 << KIND_BITS) - 1)) * (mixed ^ mixed >> np.uint64(29))
        ends = np.searchsorted(owners, np.arange(len(texts) + 1))
        terms, kinds = (np.diff(np.append(np.uint64(0), np.cumsum(v))[ends]) for v in (mixed, kinds))
        return terms >> np.uint64(32) << np.uint64(32) | kinds * MIX >> np.uint64(32)

    def sequence(self, text: int) -> list[int]:
        """The words of one text in order, without kinds."""
        return (self.read(text) >> KIND_BITS).tolist()

    def word_pairs(self, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each pair of neighbouring content words of some texts: which of `texts` has it, and its 64-bit code."""
        owners, _, words = self.gather(texts)
        terms = (words >> KIND_BITS).astype(np.uint64)
        inside = owners[:-1] == owners[1:]
        return owners[:-1][inside], join_terms(terms[:-1], terms[1:])[inside]

    def distinct_pairs(self, text: int) -> np.ndarray:
        """Codes of the pairs of neighbouring content words of one text, sorted, each once; remembered, 8 bytes each, by this
        corpus, not by a copy of it."""
        if text not in self.known_pairs:
            terms = (self.read(text) >> KIND_BITS).astype(np.uint64)
            self.known_pairs[text] = sort_once(join_terms(terms[:-1], terms[1:]))
        return self.known_pairs[text]

    @cached_property
    def known_pairs(self) -> dict[int, np.ndarray]:
        """What `distinct_pairs` remembers."""
        return {}

    @cached_property
    def terms(self) -> np.ndarray:
        """All terms of the corpus, sorted by their hash."""
        return self.counted_terms[0]

    @property
    def counted(self) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
        """How often each text (row) has each term (column), how often among its first words, and the kind of the term there,
        value by value."""
        return self.counted_terms[1:]

    @cached_property
    def counted_terms(self) -> tuple[np.ndarray, sparse.csr_array, np.ndarray, np.ndarray]:
        """`terms` and `counted`, which are found together; a word that is a name once is one everywhere in its text.

        A matrix that is transposed has those of one text together, term by term, without sorting.
        """
        words, starts = self.read_words(np.arange(len(self))), np.append(0, np.cumsum(self.sizes)).astype(np.int32)
        terms, columns = rank_values(words >> KIND_BITS)
        marks = (words & (KINDS - 1)).astype(np.uint8)
        owners, places = number_items(np.minimum(self.sizes, LEAD_WORDS))
        marks[starts[owners] + places] += KINDS
        by_term = sparse.csr_array((marks, columns, starts), (len(self), len(terms))).tocsc()
        is_first = np.append(True, by_term.indices[1:] != by_term.indices[:-1])[: len(words)]
        is_first[by_term.indptr[:-1]] = True
        firsts = np.flatnonzero(is_first)
        edges = np.searchsorted(firsts, by_term.indptr).astype(np.int32)
        tallies = sparse.csc_array((tally_marks(by_term.data, firsts), by_term.indices[firsts], edges), by_term.shape)
        by_text = tallies.tocsr()
        counts, leads, kinds = read_tallies(by_text.data)
        return terms, sparse.csr_array((counts, by_text.indices, by_text.indptr), by_text.shape), leads, kinds


def tally_marks(marks: np.ndarray, firsts: np.ndarray) -> np.ndarray:
    """Of the words of a term in a text, which begin at each of `firsts`: their number, that of those among its first words, and their highest kind, in 32 bits.

    A mark is the kind of a word, and `KINDS` more where that is among the first words."""
    ends = np.append(firsts, len(marks))
    sums = np.diff(np.append(np.uint64(0), np.cumsum(SUMMANDS[marks]))[ends])
    tallies = (np.diff(ends) << COUNT_BIT).astype(np.uint32)
    tallies |= sums.astype(np.uint16).astype(np.uint32) << LEAD_BIT
    for least in COUNTED:
        tallies += sums >= least
    return tallies


def read_tallies(tallies: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `tally_marks` tells."""
    counts, leads = tallies >> COUNT_BIT, tallies >> LEAD_BIT & (2 ** (COUNT_BIT - LEAD_BIT) - 1)
    return counts.astype(np.uint16), leads.astype(np.uint16), (tallies & (KINDS - 1)).astype(np.uint8)


def mix_codes(codes: np.ndarray) -> np.ndarray:
    """Codes of which a sum tells the set."""
    mixed = (codes ^ codes >> np.uint64(31)) * MIX
    return mixed ^ mixed >> np.uint64(29)


def join_terms(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """64-bit codes of pairs of terms in their order."""
    return left << np.uint64(32) | right


def make_corpus(text_hash: np.ndarray, words: np.ndarray, sizes: np.ndarray) -> Corpus:
    """A corpus of texts whose words lie side by side."""
    return Corpus(text_hash, (words,), np.zeros(len(sizes), np.int64), np.cumsum(sizes) - sizes, sizes)


def gather_texts(sketches: pl.DataFrame) -> Corpus:
    """The distinct texts of `sketches` (body_hash and the columns of SKETCH_SCHEMA), sorted by their hash."""
    texts = sketches.sort("body_hash").unique("text_hash", keep="first", maintain_order=True).sort("text_hash")
    words = texts["words"].explode(empty_as_null=False).to_numpy().astype(np.uint32)
    return make_corpus(texts["text_hash"].to_numpy(), words, texts["words"].list.len().to_numpy().astype(np.int32))


def weigh_terms(corpus: Corpus) -> sparse.csr_array:
    """Weights of the terms of each text: a row a text, of length 1; a column a term.

    The weight of a term grows with the logarithm of its count in the text, more for its first words, and is that of its kinds
    there; what else is in the corpus changes nothing.
    """
    counts, leads, kinds = corpus.counted
    values = np.empty(counts.nnz, np.float32)
    for first, last in cut_rows(counts):
        part = slice(counts.indptr[first], counts.indptr[last])
        tellings = np.log(counts.data[part] + (LEAD_WEIGHT - 1) * leads[part], dtype=np.float32) + 1
        values[part] = divide_by_length(tellings * RARITY[kinds[part]], counts.indptr[first : last + 1])
    return sparse.csr_array((values, counts.indices, counts.indptr), counts.shape)


def cut_rows(rows: sparse.csr_array) -> Iterator[tuple[int, int]]:
    """First and last row (exclusive) of stretches of about `PART_VALUES` values."""
    edges = np.searchsorted(rows.indptr, np.arange(PART_VALUES, rows.nnz, PART_VALUES))
    yield from pairwise(np.unique([0, *edges, rows.shape[0]]).tolist())


def divide_by_length(values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Values of neighbouring rows that begin at `starts`, each row turned to length 1."""
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    squares = np.bincount(rows, weights=values.astype(np.float64) ** 2, minlength=len(starts) - 1)
    return values / np.sqrt(squares)[rows]
