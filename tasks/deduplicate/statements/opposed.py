"""Pairs of quotations that contradict each other, among those that share words within a block: a story, or a speaker."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.ids import make_id
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.statements.blocks import decide_blocks
from quotidian.tasks.deduplicate.statements.claims import Claim, read_claim
from quotidian.tasks.deduplicate.statements.contradictions import Contradiction, find_contradictions
from quotidian.tasks.deduplicate.statements.differences import NEGATIONS
from quotidian.tasks.deduplicate.statements.figures import quantity_id, type_opposed
from quotidian.tasks.deduplicate.statements.statements import find_quote_pairs, gather_quotes
from quotidian.tasks.deduplicate.words import KIND_BITS

SAYING_NO = rf"(?i)\b(?:{'|'.join(sorted(NEGATIONS))})\b|n['’]t\b"
SAID = ("asserts", "promises")
LEAST_LIKE = 0.5
"""Share of the content words of the longer of two quotations that the shorter has at least where one denies the other."""
VALUES = ("value", "value_high", "exactness")
SIDE = ("quote_id", "statement_id", "speaker_entity_id", "outlet", "published_date")
COMPARED = ("text", "kind", "speaker_text", "figures", "is_denied", "speaker_entity_id", "story_id")
BESIDE = ("article_id", "words", "says_no", "copy_group", "origin_id", "outlet", "published_date")
"""What else tells which sayings are compared."""
FOUND = {
    **dict.fromkeys(("left", "right"), pl.Int64),
    "kind": pl.String,
    "score": pl.Float64,
    **dict.fromkeys(("left_figure", "right_figure"), pl.Int64),
}
KEPT = 20_000
"""Sayings that are remembered while they are compared."""
Allowed = Callable[[pl.DataFrame, np.ndarray], np.ndarray]


class Opposed(NamedTuple):
    """Two quotations by their rows among the sayings, the earlier first, and how they contradict each other."""

    left: int
    right: int
    how: Contradiction


def gather_sayings(quotes: pl.DataFrame, article_links: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """What was said, earliest first, with what is known of its article; later texts of an address stand for earlier ones.

    `quotes` has the columns of `read_sayings`, statement_id and speaker_entity_id. What is asked, ordered, doubted or imagined
    contradicts nothing and is left out.
    """
    facts = index.filter("is_latest").select("article_id", "outlet", "published_date")
    links = article_links.select("article_id", "copy_group", "origin_id", "story_id", "age_rank")
    is_asserted = pl.col("is_said") & pl.col("stance").is_in(SAID)
    said = quotes.filter(is_asserted | pl.col("is_denied")).join(facts, on="article_id").join(links, on="article_id")
    return said.with_columns(says_no=pl.col("text").str.contains(SAYING_NO) | pl.col("is_denied")).sort(
        "age_rank", "quote_id"
    )


def find_opposed(
    said: pl.DataFrame, block: str, may_pair: Allowed, more: Callable[[dict, dict], int], kept: Kept, name: str
) -> list[Opposed]:
    """Contradictions between sayings of one block, in the order of their rows.

    `may_pair` tells of pairs of rows which of them count, `more` how many words more than usual two sayings must share. What was
    `kept` by this name of blocks that are the same is not looked for again.
    """

    def decide(rows: pl.DataFrame) -> pl.DataFrame:
        found = [(one.left, one.right, *one.how) for one in compare_sayings(rows, block, may_pair, more)]
        return pl.DataFrame(found, schema=FOUND, orient="row")

    found = decide_blocks(said, block, (*COMPARED, *BESIDE), kept, name, decide)
    ordered = found.select(*FOUND).sort("left", "right", maintain_order=True)
    return [Opposed(left, right, Contradiction(*how)) for left, right, *how in ordered.iter_rows()]


def compare_sayings(
    said: pl.DataFrame, block: str, may_pair: Allowed, more: Callable[[dict, dict], int]
) -> Iterator[Opposed]:
    """`find_opposed` of all rows anew."""
    facts = said.select(COMPARED)
    row_of = lru_cache(KEPT)(lambda place: facts.row(place, named=True))
    claim_of = lru_cache(KEPT)(lambda place: read_saying(row_of(place)))
    for left, right in list_pairs(said, block, may_pair):
        one, other = row_of(left), row_of(right)
        is_same = one["speaker_entity_id"] is not None and one["speaker_entity_id"] == other["speaker_entity_id"]
        parity = one["is_denied"], other["is_denied"]
        for how in find_contradictions(claim_of(left), claim_of(right), parity, is_same, more(one, other)):
            yield Opposed(left, right, how)


def read_rows(said: pl.DataFrame, found: Iterable[Opposed]) -> dict[int, dict]:
    """The rows of sayings that contradict each other, by their places."""
    places = sorted({place for one in found for place in (one.left, one.right)})
    return dict(zip(places, said.drop("words")[places].to_dicts(), strict=True))


def read_saying(saying: dict) -> Claim:
    """The claim of a row."""
    return read_claim(saying["text"], saying["figures"], saying["kind"] == "direct", saying["speaker_text"])


def list_pairs(said: pl.DataFrame, block: str, may_pair: Allowed) -> list[tuple[int, int]]:
    """Pairs of rows of one block that share words and may contradict each other: both have figures, or one of them says no."""
    labels = said[block].rank("dense").fill_null(0).cast(pl.UInt32).to_numpy()
    is_placed = said[block].is_not_null().to_numpy()
    says_no = said["says_no"].to_numpy()
    has_figures = keep_several(said, labels, is_placed & (said["figures"].list.len() > 0).to_numpy())
    is_near_no = keep_several(said, labels, is_placed & np.isin(labels, labels[says_no]))
    sizes = said["words"].list.n_unique().to_numpy().astype(np.float64)
    words = [list_words(read_saying(row)) for row in said.select(COMPARED).filter(has_figures).iter_rows(named=True)]
    figures = share_words(words, labels, has_figures)
    opposite = share_words(said["words"].filter(is_near_no), labels, is_near_no)
    left, right = opposite.T
    is_like = np.minimum(sizes[left], sizes[right]) >= LEAST_LIKE * np.maximum(sizes[left], sizes[right])
    opposite = opposite[(says_no[left] | says_no[right]) & is_like]
    pairs = np.unique(np.concatenate([figures, opposite]), axis=0)
    return [tuple(pair) for pair in pairs[may_pair(said, pairs)].tolist()]


def keep_several(said: pl.DataFrame, labels: np.ndarray, is_asked: np.ndarray) -> np.ndarray:
    """Those rows that are asked for in whose block several articles have one."""
    rows = pl.DataFrame({"label": labels, "article": said["article_id"], "is_asked": is_asked})
    several = pl.col("article").filter("is_asked").n_unique().over("label") > 1
    return rows.select(pl.col("is_asked") & several).to_series().to_numpy()


def list_words(claim: Claim) -> list[int]:
    """The words of a claim as a sketch has words: hashes above the bits of kinds."""
    return sorted({crc32(stem.encode("utf-8", "surrogatepass")) >> KIND_BITS << KIND_BITS for stem in claim.stems})


def share_words(words: pl.Series | list[list[int]], labels: np.ndarray, is_asked: np.ndarray) -> np.ndarray:
    """Pairs of those rows that are asked for, of one label, that share words; `words` are theirs."""
    places = np.flatnonzero(is_asked)
    if len(places) < 2:
        return np.empty((0, 2), np.int64)
    own = pl.Series(words, dtype=pl.List(pl.UInt32))
    pairs = find_quote_pairs(gather_quotes(own), labels[places])
    return places[pairs.astype(np.int64)].reshape(-1, 2)


def describe_opposed(
    said: pl.DataFrame, found: list[Opposed], prefix: str, id_prefix: str, id_column: str
) -> pl.DataFrame:
    """One row for each, of `type_opposed`."""
    rows = read_rows(said, found)
    described = [describe_pair(rows[one.left], rows[one.right], one.how, prefix) for one in found]
    for row in described:
        facts = [row["kind"], row["quote_id"], row[f"{prefix}quote_id"], row["quantity_id"] or ""]
        row[id_column] = make_id(id_prefix, *facts, row[f"{prefix}quantity_id"] or "")
    return pl.DataFrame(described, schema=type_opposed(id_column, prefix)).sort(id_column)


def describe_pair(one: dict, other: dict, how: Contradiction, prefix: str) -> dict:
    """What a row tells of two sayings."""
    left = None if how.left is None else one["figures"][how.left]
    right = None if how.right is None else other["figures"][how.right]
    shared = {name: left and left[name] for name in ("unit", "counted")}
    later = {f"{prefix}{name}": value for name, value in describe_side(other, right).items()}
    return (
        describe_side(one, left) | later | shared | {"kind": how.kind, "score": how.score, "story_id": one["story_id"]}
    )


def describe_side(saying: dict, figure: dict | None) -> dict:
    """What a row tells of one of its quotations."""
    values = {name: figure and figure[name] for name in VALUES}
    return {name: saying[name] for name in SIDE} | values | {"quantity_id": quantity_id(saying["article_id"], figure)}
