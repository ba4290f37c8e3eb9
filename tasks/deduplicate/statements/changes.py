"""Changes: what one speaker says on a later day of what he said before."""

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.statements.claim_columns import CLAIMED, read_saying
from quotidian.tasks.deduplicate.statements.claims import Claim
from quotidian.tasks.deduplicate.statements.opposed import FOUND, describe_opposed, find_opposed, name_opposed
from quotidian.tasks.deduplicate.units import HERE, Workers

NAMES = {"figure": "figure", "negated": "reversed", "denied": "denied"}
"""What a contradiction is called where one speaker contradicts himself."""
MORE_WORDS = 1
"""Words more that must agree where the two are not of one story."""
LEAST_DAYS = 2
"""Days from which on a statement in another story is one made again: stories of one event may be several."""
LEAST_REPEATED, WITHIN, AMONG = 4, 0.8, 0.5
"""Words that a statement made again shares with itself: how many, and how many of the shorter wording and of both together."""
PREFIX = "later_"


def find_changes(
    said: pl.DataFrame, ambiguous: pl.Series, kept: Kept | None = None, workers: Workers = HERE
) -> pl.DataFrame:
    """Rows of changes, from what `gather_sayings` gives and the entities whose name may mean several.

    Only what stands under a day, and is said by one speaker who is known, is compared. Of the days before, the last counts on which he
    said otherwise.
    """
    is_one = pl.col("speaker_entity_id").is_not_null() & (pl.col("speaker_kind") != "collective")
    known = pl.col("published_date").is_not_null() & ~pl.col("speaker_entity_id").is_in(ambiguous.implode())
    own = said.with_columns(speaker=pl.when(is_one & known).then("speaker_entity_id"))
    found = find_opposed(own, "speaker", are_later, count_more, kept or Kept(), "changes", workers)
    described = describe_opposed(own, pl.concat([found, find_repeated(own)]), PREFIX)
    is_repeated = pl.col("kind") == "repeated"
    nearest, repeated = keep_nearest(described.filter(~is_repeated)), described.filter(is_repeated)
    return name_opposed(pl.concat([nearest, repeated]), PREFIX, "ch_", "change_id")


def are_later(said: pl.DataFrame, pairs: np.ndarray) -> np.ndarray:
    """Whether the second of each pair is of a later day."""
    days = said["published_date"].to_numpy()
    return days[pairs[:, 0]] < days[pairs[:, 1]]


def count_more(said: pl.DataFrame, pairs: np.ndarray) -> np.ndarray:
    """Words more than usual that the two sayings of each pair must share."""
    stories = said["story_id"].rank("dense").fill_null(0).to_numpy()[pairs]
    return np.where(stories[:, 0] == stories[:, 1], 0, MORE_WORDS)


def keep_nearest(described: pl.DataFrame) -> pl.DataFrame:
    """Of all contradictions of a saying those of the last day before it; of sayings that say the same the first."""
    key = ("other", "kind", "right")
    numbered = described.with_row_index("number").with_columns(number=pl.col("number").min().over(key))
    dated = numbered.sort("published_date", descending=True, maintain_order=True)
    last = dated.unique(key, keep="first", maintain_order=True).sort("other", "one", "number").drop("number")
    once = last.unique(["statement_id", f"{PREFIX}statement_id", "kind"], keep="first", maintain_order=True)
    return once.with_columns(pl.col("kind").replace_strict(NAMES))


def find_repeated(said: pl.DataFrame) -> pl.DataFrame:
    """Rows of `FOUND` that contradict nothing, of sayings with `speaker`: statements that stand on a later day in another story, in nearly the same words, in an article that is no copy: each beside the
    day before."""
    several = pl.len().over(pl.col("statement_id").hash()) > 1
    told = ("statement_id", "published_date", "story_id", "copy_group", "is_denied")
    own = said.with_row_index("place").filter(pl.col("speaker").is_not_null()).select("place", *told)
    first = own.filter(several).filter(~pl.col("is_denied"))
    first = first.unique(["statement_id", "published_date"], keep="first", maintain_order=True)
    several = first.filter(pl.len().over("statement_id") > 1).sort("statement_id", "place")
    before, groups, pairs = None, set(), []
    for row in several.iter_rows(named=True):
        if before is None or before["statement_id"] != row["statement_id"]:
            groups = set()
        elif is_again(before, row) and row["copy_group"] not in groups:
            pairs.append((before["place"], row["place"]))
        groups.add(row["copy_group"])
        before = row
    claims = read_claims(said, pairs)
    scores = [compare_words(claims[one], claims[other]) for one, other in pairs]
    found = [(*pair, "repeated", score, None, None) for pair, score in zip(pairs, scores, strict=True) if score]
    return pl.DataFrame(found, schema=FOUND, orient="row")


def read_claims(said: pl.DataFrame, pairs: list[tuple[int, int]]) -> dict[int, Claim]:
    """The claims of the rows of some pairs."""
    rows = sorted({row for pair in pairs for row in pair})
    return dict(zip(rows, map(read_saying, said.select(CLAIMED)[rows].iter_rows(named=True)), strict=True))


def is_again(before: dict, row: dict) -> bool:
    """Whether a statement stands in another story, and some days later."""
    days = (row["published_date"] - before["published_date"]).days
    return before["story_id"] != row["story_id"] and days >= LEAST_DAYS


def compare_words(one: Claim, other: Claim) -> float:
    """Share of the words of two sayings that are in both; 0 where they are not nearly the same."""
    left, right = set(one.stems), set(other.stems)
    shared, either = len(left & right), len(left | right)
    is_near = shared >= LEAST_REPEATED and shared >= WITHIN * min(len(left), len(right)) and shared >= AMONG * either
    return round(shared / either, 3) if is_near and one.modes == other.modes else 0.0
