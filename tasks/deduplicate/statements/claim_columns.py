"""What claims say, column by column: most pairs of sayings that share words contradict nothing, which need not be found pair by pair."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse

from quotidian.tasks.deduplicate.statements.claims import MODES, TENSES, Claim, read_claim
from quotidian.tasks.deduplicate.stories.products import multiply_rows
from quotidian.tasks.deduplicate.values import sort_once

LEAST_SHARED = 2
"""Different words that two quotations share at least of which one denies the other."""
CLAIMED = ("text", "figures", "kind", "speaker_text")
READ = ("place", "value", "value_high", "unit", "counted", "exactness")
"""Fields of a figure that its claim depends on, beside how long it is."""
CONTENT = (
    pl.struct("text", "speaker_text", pl.col("kind") == "direct"),
    pl.col("figures").list.eval(
        pl.struct(
            *(pl.element().struct.field(name) for name in READ),
            chars=pl.element().struct.field("end") - pl.element().struct.field("start"),
        )
    ),
)
"""All that a claim depends on."""


@dataclass(frozen=True)
class ClaimColumns:
    """Different claims, row by row; `stems` (sparse) tells which claim has which word.

    `figures` has a row for each of their figures: claim, topic (the same for figures of one thing), low, high, word_count; `beside`
    (sparse) tells which of them has which word beside it.
    """

    is_question: np.ndarray
    negations: np.ndarray
    modes: np.ndarray
    tenses: np.ndarray
    stems: sparse.csr_array
    figures: pl.DataFrame
    beside: sparse.csr_array


class Asked(NamedTuple):
    """Pairs of claims that are compared: `pairs` (n, 2), and of the two of each whether their speakers deny them (n, 2)."""

    pairs: np.ndarray
    denied: np.ndarray


def read_claims(said: pl.DataFrame, rows: np.ndarray) -> tuple[list[Claim], np.ndarray]:
    """The different claims of some rows of sayings, and of each saying the number of its claim; that of others is -1."""
    rows = sort_once(rows)
    codes = said.select(CONTENT)[rows].hash_rows().to_numpy()
    _, firsts, which = np.unique(codes, return_index=True, return_inverse=True)
    numbers = np.full(len(said), -1)
    numbers[rows] = which
    return [read_saying(saying) for saying in said.select(CLAIMED)[rows[firsts]].iter_rows(named=True)], numbers


def read_saying(saying: dict) -> Claim:
    """The claim of a row."""
    return read_claim(saying["text"], saying["figures"], saying["kind"] == "direct", saying["speaker_text"])


def lay_out(claims: list[Claim]) -> ClaimColumns:
    """The columns of some claims."""
    return ClaimColumns(
        np.array([claim.is_question for claim in claims], bool),
        np.array([claim.negations for claim in claims], np.int64),
        np.array([number_kinds(claim.modes, MODES) for claim in claims], np.int64),
        np.array([number_kinds(claim.tenses, TENSES) for claim in claims], np.int64),
        mark_items([set(claim.stems) for claim in claims]),
        list_figures(claims),
        mark_items([figure.words for claim in claims for figure in claim.figures]),
    )


def list_figures(claims: list[Claim]) -> pl.DataFrame:
    """The figures of claims: claim, topic, low, high, word_count."""
    topics: dict = {}
    rows = [
        (
            number,
            topics.setdefault((figure.unit, figure.counted, figure.marker, figure.modes), len(topics)),
            *figure.span,
            len(figure.words),
        )
        for number, claim in enumerate(claims)
        for figure in claim.figures
    ]
    schema = {"claim": pl.Int64, "topic": pl.Int64, "low": pl.Float64, "high": pl.Float64, "word_count": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def number_kinds(found: frozenset[str], kinds: tuple[str, ...]) -> int:
    """A number with a bit for each kind."""
    return sum(1 << place for place, kind in enumerate(kinds) if kind in found)


def mark_items(rows: list[Iterable]) -> sparse.csr_array:
    """Which row has which item: a column an item."""
    numbers: dict = {}
    columns = [[numbers.setdefault(item, len(numbers)) for item in row] for row in rows]
    starts = np.cumsum([0, *map(len, columns)])
    places = np.array([column for row in columns for column in row], np.int64)
    return sparse.csr_array((np.ones(len(places)), places, starts), (len(rows), max(len(numbers), 1)))


def may_contradict(told: ClaimColumns, asked: Asked) -> np.ndarray:
    """Whether pairs of claims may contradict each other (`find_contradictions`)."""
    asks = told.is_question[asked.pairs].any(axis=1)
    return ~asks & (may_have_other_figures(told, asked) | may_be_opposed(told, asked))


def may_have_other_figures(told: ClaimColumns, asked: Asked) -> np.ndarray:
    """Whether two claims say no equally often and have figures of one thing that cannot be one number, one of them beside no word that the
    other has not beside it."""
    left, right = asked.pairs.T
    may = ~asked.denied.any(axis=1) & (told.negations[left] == told.negations[right])
    places = np.flatnonzero(may)
    pairs = pl.DataFrame({"pair": places, "left": left[places], "right": right[places]})
    figures = told.figures.with_row_index("figure")
    both = pairs.join(figures, left_on="left", right_on="claim").join(
        figures, left_on=["right", "topic"], right_on=["claim", "topic"], suffix="_right"
    )
    both = both.filter(~may_be_one_number())
    shared = multiply_rows(told.beside, told.beside, both.select("figure", "figure_right").to_numpy().astype(np.int64))
    found = both.filter(
        (pl.Series(shared) > 0) & (pl.Series(shared) == pl.min_horizontal("word_count", "word_count_right"))
    )
    may[:] = False
    may[found["pair"].to_numpy()] = True
    return may


def may_be_one_number() -> pl.Expr:
    """Whether the spans of two figures meet (`meets`)."""
    low, high = pl.max_horizontal("low", "low_right"), pl.min_horizontal("high", "high_right")
    is_counted = (pl.col("low") == pl.col("high")) | (pl.col("low_right") == pl.col("high_right"))
    return (low < high) | ((low == high) & is_counted)


def may_be_opposed(told: ClaimColumns, asked: Asked) -> np.ndarray:
    """Whether one of two claims says no once more, of the same time, and has no word that the other lacks."""
    pairs, denied = asked
    negations, modes, tenses = told.negations[pairs], told.modes[pairs], told.tenses[pairs]
    is_odd = (negations.sum(axis=1) + denied.sum(axis=1)) % 2 == 1
    is_one_time = (tenses == 0).any(axis=1) | (tenses[:, 0] & tenses[:, 1] > 0) | denied.any(axis=1)
    may = is_odd & (negations.max(axis=1) <= 1) & (modes[:, 0] == modes[:, 1]) & is_one_time
    own = pairs[may]
    is_denier = (told.negations[own] + denied[may]) % 2 == 1
    sizes = np.diff(told.stems.indptr)[own]
    shared = multiply_rows(told.stems, told.stems, own)
    may[may] = (shared >= LEAST_SHARED) & (shared == np.where(is_denier, sizes, 0).max(axis=1))
    return may
