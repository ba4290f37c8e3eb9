"""Articles of which stories are told."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse

from quotidian.tasks.deduplicate.copies.text_parts import Shelf
from quotidian.tasks.deduplicate.corpus import Corpus, mix_codes, weigh_terms
from quotidian.tasks.deduplicate.stories.facts import mark_facts
from quotidian.tasks.deduplicate.values import number_items, order_values


@dataclass(frozen=True)
class Reports:
    """Articles, earliest first, none a copy of another: `texts` are their rows of the corpus, `days` numbers, NaN where
    there is none, `codes` 64 bits that tell an article, what it says and when it is from."""

    corpus: Corpus
    texts: np.ndarray
    days: np.ndarray
    codes: np.ndarray

    def weigh(self, rows: np.ndarray) -> tuple[Corpus, sparse.csr_array, sparse.csr_array]:
        """The texts of some articles, the weights of their terms, and their facts."""
        corpus = self.corpus.select(self.texts[rows])
        return corpus, weigh_terms(corpus), mark_facts(corpus)


REPORTED = ("article_id", "published_date", "published_at", "text")
"""What `read_reports` reads of an article."""


def read_reports(originals: pl.DataFrame, shelf: Shelf) -> Reports:
    """Reports of the first article of each copy group, earliest first."""
    texts = originals["text"].to_numpy()
    days = number_days(originals["published_date"])
    told = originals.select("article_id", "published_date", "published_at")
    spelled = told.with_columns(
        hash=pl.Series(shelf.corpus.text_hash[texts]), spelling=pl.Series(shelf.spelling[texts])
    )
    corpus = replace(shelf.corpus)  # without what it remembers
    return Reports(corpus, texts, days, spelled.hash_rows().to_numpy())


def number_days(days: pl.Series) -> np.ndarray:
    """Days as numbers, NaN where there is none."""
    return days.cast(pl.Date).cast(pl.Int32).cast(pl.Float64).fill_null(np.nan).to_numpy()


def name_sets(codes: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """64 bits for each set of articles: so many of some, told by their codes, from its start on."""
    sums = np.append(np.uint64(0), np.cumsum(mix_codes(codes)))
    return sums[starts + sizes] - sums[starts]


class Sets(NamedTuple):
    """Articles in sets, one after the other: set `s` has `sizes[s]` of `members` from `starts[s]` on, earliest first. A name, 64 bits, tells what its
    stories rest on."""

    members: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    names: np.ndarray

    def gather(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The members of some sets, one set after the other, and the place among these sets of that of each."""
        own, steps = number_items(self.sizes[numbers])
        return self.members[self.starts[numbers][own] + steps], own


def gather_sets(owners: np.ndarray, codes: np.ndarray, fewest: int = 2) -> Sets:
    """The sets of articles of one owner each, of two or more or so many, named by the codes of their members."""
    members = order_values(owners)
    members = members[np.bincount(owners)[owners[members]] >= fewest]
    starts = np.flatnonzero(np.diff(owners[members], prepend=-1))
    sizes = np.diff(starts, append=len(members))
    return Sets(members, starts, sizes, name_sets(codes[members], starts, sizes))
