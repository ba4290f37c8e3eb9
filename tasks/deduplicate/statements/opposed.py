"""Pairs of quotations that contradict each other, among those that share words within a block: a story, or a speaker."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.candidates import unique_pairs
from quotidian.tasks.deduplicate.ids import make_id
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.statements.blocks import decide_blocks
from quotidian.tasks.deduplicate.statements.claim_columns import Asked, ClaimColumns, may_contradict, read_claims
from quotidian.tasks.deduplicate.statements.claims import Claim
from quotidian.tasks.deduplicate.statements.contradictions import Contradiction, find_contradictions
from quotidian.tasks.deduplicate.statements.differences import NEGATIONS
from quotidian.tasks.deduplicate.statements.figures import quantity_id, type_opposed
from quotidian.tasks.deduplicate.statements.statements import find_quote_pairs, gather_quotes
from quotidian.tasks.deduplicate.units import Workers
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
MOST_COMPARED = 100
"""Different claims before it that a claim is compared with; in 2,292 invented articles that are much alike the most are 28."""
PART_PAIRS = 1_000_000
"""Pairs of sayings that are looked at at a time."""
WINDOW_SAYINGS = 20_000
"""Sayings that are compared at a time; a block is never cut."""
WINDOW_SECONDS = 1
"""To compare them."""
Allowed = Callable[[pl.DataFrame, np.ndarray], np.ndarray]
Count = Callable[[pl.DataFrame, np.ndarray], np.ndarray]


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
    said: pl.DataFrame, block: str, may_pair: Allowed, more: Count, kept: Kept, name: str, workers: Workers
) -> list[Opposed]:
    """Contradictions between sayings of one block, in the order of their rows.

    `may_pair`, a function of a module, tells of pairs of rows which of them count, `more` how many words more than usual two sayings must share. What was
    `kept` by this name of blocks that are the same is not looked for again.
    """

    def decide(rows: pl.DataFrame) -> pl.DataFrame:
        found = [(one.left, one.right, *one.how) for one in compare_sayings(rows, block, may_pair, more, workers)]
        return pl.DataFrame(found, schema=FOUND, orient="row")

    found = decide_blocks(said, block, (*COMPARED, *BESIDE), kept, name, decide)
    ordered = found.select(*FOUND).sort("left", "right", maintain_order=True)
    return [Opposed(left, right, Contradiction(*how)) for left, right, *how in ordered.iter_rows()]


def compare_sayings(
    said: pl.DataFrame, block: str, may_pair: Allowed, more: Count, workers: Workers
) -> Iterator[Opposed]:
    """`find_opposed` of all rows anew, some blocks at a time."""
    labels = said[block].rank("dense").fill_null(0).to_numpy().astype(np.int64)
    order = np.argsort(labels, kind="stable")
    order = order[labels[order] > 0]
    starts = np.flatnonzero(np.diff(labels[order], prepend=0))
    window = starts // WINDOW_SAYINGS
    parts = list(map(np.sort, np.split(order, starts[np.flatnonzero(np.diff(window)) + 1])))
    units = ((said[rows], labels[rows]) for rows in parts)
    found = workers.map(compare_window, units, may_pair, more, seconds=WINDOW_SECONDS * len(parts))
    for rows, opposed in zip(parts, found, strict=True):
        yield from (Opposed(int(rows[left]), int(rows[right]), how) for left, right, how in opposed)


def compare_window(unit: tuple[pl.DataFrame, np.ndarray], may_pair: Allowed, more: Count) -> list[Opposed]:
    """`compare_sayings` of rows of some blocks, and their labels; what a claim says is read once, and two claims are compared once."""
    said, labels = unit
    has_figures = keep_several(said, labels, (said["figures"].list.len() > 0).to_numpy())
    opposite = pair_opposite(said, labels)
    opposite = opposite[may_pair(said, opposite)]
    told, numbers = read_claims(said, np.append(np.flatnonzero(has_figures), opposite.ravel()))
    figures = pair_figures(told, numbers, labels, has_figures)
    pairs = unique_pairs(np.concatenate([opposite, figures[may_pair(said, figures)]]))

    def ask(part: np.ndarray) -> np.ndarray:
        return np.column_stack([numbers[part], share_speakers(said, part), more(said, part), labels[part[:, 0]]])

    likely = [part[is_likely(told, ask(part))] for part in np.array_split(pairs, len(pairs) // PART_PAIRS + 1)]
    pairs = np.concatenate(likely)
    asked, which = sort_rows(ask(pairs))
    found = compare_claims(told, asked)
    places = np.flatnonzero(np.isin(which, list(found))).tolist()
    return [Opposed(*pairs[place].tolist(), how) for place in places for how in found[which[place]]]


def share_speakers(said: pl.DataFrame, pairs: np.ndarray) -> np.ndarray:
    """Of each pair of sayings whether each of the two is denied by its speaker, and whether both have one speaker: 0 and 1."""
    speakers = said["speaker_entity_id"].rank("dense").fill_null(0).to_numpy()[pairs]
    is_same = (speakers[:, 0] > 0) & (speakers[:, 0] == speakers[:, 1])
    return np.column_stack([said["is_denied"].to_numpy()[pairs], is_same]).astype(np.int64)


def is_likely(told: ClaimColumns, asked: np.ndarray) -> np.ndarray:
    """Whether pairs of claims, as `compare_claims` takes them, may contradict each other."""
    once, which = sort_rows(asked)
    return may_contradict(told, Asked(once[:, :2], once[:, 2:4] > 0))[which]


def compare_claims(told: ClaimColumns, asked: np.ndarray) -> dict[int, list[Contradiction]]:
    """Contradictions of pairs of claims, by the rows of `asked`: the two claims, whether each is denied, whether both have one speaker, how
    many words more they must share, and their block. Of a block each claim is compared with at most `MOST_COMPARED` that come before it."""
    later = pl.DataFrame({"claim": asked[:, 1], "block": asked[:, -1]})
    rank = later.select(pl.int_range(pl.len()).over("claim", "block")).to_series()
    found = {}
    for place in np.flatnonzero((rank < MOST_COMPARED).to_numpy()).tolist():
        one, other, mine, theirs, is_same, more, _ = asked[place].tolist()
        pair = told.claims[one], told.claims[other]
        if how := find_contradictions(*pair, (bool(mine), bool(theirs)), bool(is_same), more):
            found[place] = how
    return found


def sort_rows(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different rows of a matrix of numbers, as they come, and which of them each row is."""
    frame = pl.DataFrame(rows, schema=[str(column) for column in range(rows.shape[1])])
    once = frame.unique(maintain_order=True).with_row_index("number")
    which = frame.join(once, on=frame.columns, maintain_order="left")["number"]
    return once.drop("number").to_numpy(), which.to_numpy()


def read_rows(said: pl.DataFrame, found: Iterable[Opposed]) -> dict[int, dict]:
    """The rows of sayings that contradict each other, by their places."""
    places = sorted({place for one in found for place in (one.left, one.right)})
    return dict(zip(places, said.drop("words")[places].to_dicts(), strict=True))


def pair_opposite(said: pl.DataFrame, labels: np.ndarray) -> np.ndarray:
    """Pairs of rows of one label that share words, of which one says no and neither has far more words."""
    says_no = said["says_no"].to_numpy()
    is_near_no = keep_several(said, labels, np.isin(labels, labels[says_no]))
    sizes = said["words"].list.n_unique().to_numpy().astype(np.float64)
    pairs = share_words(said["words"].filter(is_near_no), labels, is_near_no)
    left, right = pairs.T
    is_like = np.minimum(sizes[left], sizes[right]) >= LEAST_LIKE * np.maximum(sizes[left], sizes[right])
    return pairs[(says_no[left] | says_no[right]) & is_like]


def pair_figures(told: ClaimColumns, numbers: np.ndarray, labels: np.ndarray, has_figures: np.ndarray) -> np.ndarray:
    """Pairs of those rows that have figures, of one label, whose claims share words."""
    words = [list_words(claim) for claim in told.claims]
    return share_words([words[number] for number in numbers[has_figures]], labels, has_figures)


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
