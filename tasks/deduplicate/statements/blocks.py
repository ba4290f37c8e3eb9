"""Blocks of quotations, of one speaker or of one story, told by what they consist of: what was decided of one before holds again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.corpus import MIX, mix_codes
from quotidian.tasks.deduplicate.kept import Kept

SIDES = ("left", "right")
Decide = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True)
class Blocks:
    """The rows of a frame by their blocks, without those that are alone in theirs: `rows` has block after block, each in the order
    of the frame, `starts` where each begins there, `names` 64 bits for all that its rows say."""

    rows: np.ndarray
    starts: np.ndarray
    names: np.ndarray
    """A sum over the hashes of the rows, each mixed with its place in the block."""

    @property
    def owners(self) -> np.ndarray:
        """Which block each of `rows` is in."""
        return np.repeat(np.arange(len(self.starts)), np.diff(np.append(self.starts, len(self.rows))))


def decide_blocks(
    frame: pl.DataFrame, block: str, told: tuple[str, ...], kept: Kept, name: str, decide: Decide
) -> pl.DataFrame:
    """What `decide` finds between the rows of each block of a frame, those of one value of the column `block`.

    `decide` takes rows of some whole blocks, in their order, and gives a frame with `left` and `right`, two of these rows of one
    block, and more columns; here they are rows of the whole frame. It must look at the columns `told` alone, and at each block by
    itself. What was `kept` by this name is not decided again.
    """
    blocks = cut_blocks(frame, block, told)
    known = np.isin(blocks.names, kept.recall(f"{name}_blocks")["block"].to_numpy())
    before = kept.recall(name).filter(pl.col("block").is_in(pl.Series(blocks.names, dtype=pl.UInt64).implode()))
    new = np.sort(blocks.rows[~known[blocks.owners]])
    found = decide(frame[new])
    found = found.with_columns(pl.Series(side, new[found[side].to_numpy()], dtype=pl.Int64) for side in SIDES)
    kept.after[f"{name}_blocks"] = pl.DataFrame({"block": np.unique(blocks.names)}, schema={"block": pl.UInt64})
    kept.after[name] = pl.concat([before, place_rows(found, blocks, len(frame)).select(before.columns)]).unique(
        maintain_order=True
    )
    return pl.concat([find_rows(before, blocks, known).select(found.columns), found])


def cut_blocks(frame: pl.DataFrame, block: str, told: tuple[str, ...]) -> Blocks:
    """The blocks of a frame."""
    rows, starts = order_blocks(frame[block])
    if not len(starts):
        return Blocks(rows, starts, np.empty(0, np.uint64))
    within = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
    codes = frame.select(told).hash_rows().to_numpy()[rows]
    return Blocks(rows, starts, np.add.reduceat(mix_codes(codes + within.astype(np.uint64) * MIX), starts))


def order_blocks(labels: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """The rows that share their label with others, label after label, the earliest first, each in their order, and where each begins there; those without
    a label are left out."""
    rows = labels.to_frame("label").with_row_index("row")
    numbers = rows.select(pl.col("row").cast(pl.Int64).first().over(pl.col("label").hash())).to_series().to_numpy()
    sizes = np.bincount(numbers)
    several = np.flatnonzero((sizes[numbers] > 1) & labels.is_not_null().to_numpy())
    order = several[np.argsort(numbers[several], kind="stable")]
    return order, np.flatnonzero(np.diff(numbers[order], prepend=-1))


def place_rows(found: pl.DataFrame, blocks: Blocks, count: int) -> pl.DataFrame:
    """What was found, with the names of the blocks, and places within them in place of rows of the frame."""
    place, owner = np.zeros(count, np.int64), np.zeros(count, np.int64)
    place[blocks.rows] = np.arange(len(blocks.rows))
    owner[blocks.rows] = blocks.owners
    left, right = (found[side].to_numpy() for side in SIDES)
    start = blocks.starts[owner[left]] if len(found) else left
    return found.with_columns(
        block=pl.Series(blocks.names[owner[left]] if len(found) else [], dtype=pl.UInt64),
        left=pl.Series(place[left] - start, dtype=pl.UInt32),
        right=pl.Series(place[right] - start, dtype=pl.UInt32),
    )


def find_rows(before: pl.DataFrame, blocks: Blocks, known: np.ndarray) -> pl.DataFrame:
    """What was kept of known blocks, with rows of the frame."""
    named = {"block": blocks.names[known], "start": blocks.starts[known]}
    placed = before.join(
        pl.DataFrame(named, schema={"block": pl.UInt64, "start": pl.Int64}), on="block", maintain_order="left"
    )
    start = placed["start"].to_numpy()
    return placed.with_columns(
        pl.Series(side, blocks.rows[start + placed[side].to_numpy()], dtype=pl.Int64) for side in SIDES
    )
