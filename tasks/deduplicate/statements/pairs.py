"""Pairs of quotations of one speaker, or of one story, that have to do with each other: looked for only where one of the two is new.

What two quotations have in common depends on no other, so of two that were there before it is known. What very many quotations of a block share
would depend on all: which words these are is told before (`drop_crowded`), and a quotation that has other ones is a new one.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.candidates import find_rare_sharers, join_codes, split_codes
from quotidian.tasks.deduplicate.corpus import Corpus, make_corpus
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.words import KIND_BITS

MAX_SHARERS = 400
"""A word that more quotations of one block share tells little of what is said in them."""
MIN_SHARED = 2
WINDOW_ROWS = 20_000
"""Quotations that are looked at at a time; a block is never cut."""
Work = Callable[..., object]


class Window(NamedTuple):
    """Quotations of whole blocks, block after block, each in the order of the frame; the number of the block of each, and which are new."""

    rows: pl.DataFrame
    labels: np.ndarray
    is_new: np.ndarray


class Spread(NamedTuple):
    """Who works on windows, and the seconds that one takes in which all is new."""

    workers: Workers
    seconds: float


def find_pairs(
    frame: pl.DataFrame,
    blocks: tuple[np.ndarray, np.ndarray],
    told: tuple[str, ...],
    kept: Kept,
    name: str,
    spread: Spread,
    find: Work,
    *shared: object,
) -> np.ndarray:
    """Pairs (n, 2) of rows of one block of a frame (`order_blocks`) that `find` finds; sorted, the earlier first.

    `find(window, *shared)`, a function of a module, gives pairs of rows of a `Window` of which one is new, the earlier first. It must look at
    nothing that the columns `told` do not tell, which tell rows apart, and their blocks, and of each pair at the two rows and their order alone. What was `kept` by this name of rows
    that are the same is not looked for again.
    """
    rows, starts = blocks
    owners = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(rows))))
    codes = frame.select(told).hash_rows().to_numpy()[rows]
    is_new = find_new(codes, owners, kept.recall(f"{name}_rows")["row"].to_numpy())
    parts = list(cut_windows(np.flatnonzero(np.isin(owners, owners[is_new])), owners, WINDOW_ROWS))
    units = (Window(frame[rows[part]], owners[part], is_new[part]) for part in parts)
    work = spread.seconds * np.count_nonzero(is_new) / WINDOW_ROWS
    found = spread.workers.map(find, units, *shared, seconds=work)
    fresh = [part[pairs] for part, pairs in zip(parts, found, strict=True)]
    pairs = np.concatenate([recall_pairs(codes, is_new, kept.recall(f"{name}_pairs")), *fresh])
    kept.after[f"{name}_rows"] = pl.DataFrame({"row": codes}, schema={"row": pl.UInt64})
    kept.after[f"{name}_pairs"] = pl.DataFrame(codes[pairs], schema=dict.fromkeys(("left", "right"), pl.UInt64))
    return split_codes(np.sort(join_codes(rows[pairs])))


def find_new(codes: np.ndarray, owners: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Which rows of blocks (`owners`) were not there before, or no longer stand behind another one of their block."""
    places = locate(codes, before)
    stood = owners * (len(before) + 1) + places + 1
    return (places < 0) | (stood < np.maximum.accumulate(stood))


def recall_pairs(codes: np.ndarray, is_new: np.ndarray, before: pl.DataFrame) -> np.ndarray:
    """The pairs that were kept of rows that are not new."""
    pairs = locate(np.concatenate([before["left"].to_numpy(), before["right"].to_numpy()]), codes).reshape(2, -1).T
    pairs = pairs[(pairs >= 0).all(axis=1)]
    return pairs[~is_new[pairs].any(axis=1)]


def locate(wanted: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Where each of some codes stands among others, which are all different; -1 where it does not."""
    known, asked = (pl.DataFrame({"code": side}, schema={"code": pl.UInt64}) for side in (codes, wanted))
    found = asked.with_row_index("row").join(known.with_row_index("place"), on="code")
    places = np.full(len(wanted), -1)
    places[found["row"].to_numpy()] = found["place"].to_numpy()
    return places


def cut_windows(rows: np.ndarray, owners: np.ndarray, size: int) -> Iterator[np.ndarray]:
    """Some rows of whole blocks in parts of about so many; none where there is no row."""
    firsts = np.flatnonzero(np.diff(owners[rows], prepend=-1))
    edges = firsts[np.flatnonzero(np.diff(firsts // size)) + 1]
    yield from np.split(rows, edges) if len(rows) else ()


def drop_crowded(words: pl.Series, blocks: tuple[np.ndarray, np.ndarray]) -> pl.Series:
    """Lists of words without those that more than `MAX_SHARERS` rows of a block share."""
    rows, starts = blocks
    sizes = np.diff(np.append(starts, len(rows)))
    owners = np.repeat(np.arange(len(starts)), sizes)
    large = np.flatnonzero(sizes[owners] > MAX_SHARERS)
    own = pl.DataFrame({"row": rows[large], "block": owners[large], "word": words[rows[large]]}).explode("word")
    told = own.drop_nulls().with_columns(term=pl.struct("block", pl.col("word") // (1 << KIND_BITS)).hash())
    frequent = told.filter(pl.len().over("term") > MAX_SHARERS).unique(["row", "term"])
    crowded = frequent.group_by("term").len().filter(pl.col("len") > MAX_SHARERS)
    touched = told.join(crowded, on="term", how="semi").select("row").unique()
    if touched.is_empty():
        return words
    kept = told.join(touched, on="row", how="semi").join(crowded, on="term", how="anti", maintain_order="left")
    lists = touched.join(kept.group_by("row", maintain_order=True).agg("word"), on="row", how="left")
    left = lists.select("row", pl.col("word").fill_null([]))
    return words.to_frame().with_row_index("row").update(left.rename({"word": words.name}), on="row")[words.name]


def gather_quotes(words: pl.Series) -> Corpus:
    """The content words of quotations, side by side."""
    sizes = words.list.len().to_numpy().astype(np.int64)
    return make_corpus(np.arange(len(words)), words.explode(empty_as_null=False).to_numpy().astype(np.uint32), sizes)


def pair_sharers(words: pl.Series, labels: np.ndarray, is_asked: np.ndarray) -> np.ndarray:
    """Pairs of rows of one label that share words, one of them asked for; the earlier first."""
    spoken = gather_quotes(words)
    order = np.argsort(~is_asked, kind="stable")  # those that are asked for get the first numbers
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.arange(len(order))
    owners, _, told = spoken.gather(np.arange(len(spoken)))
    features = labels[owners].astype(np.uint64) << np.uint64(32) | told >> KIND_BITS
    pairs = find_rare_sharers(numbers[owners], features, MAX_SHARERS, MIN_SHARED, np.count_nonzero(is_asked))
    return np.sort(order[pairs], axis=1)
