"""Pairs of quotations that contradict each other, among those that share words within a block: a story, or a speaker."""

from collections.abc import Callable

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.candidates import unique_pairs
from quotidian.tasks.deduplicate.ids import make_ids
from quotidian.tasks.deduplicate.kept import OPPOSED, Kept
from quotidian.tasks.deduplicate.statements.blocks import order_blocks
from quotidian.tasks.deduplicate.statements.claim_columns import (
    CLAIMED,
    CONTENT,
    Asked,
    ClaimColumns,
    lay_out,
    may_contradict,
    read_claims,
)
from quotidian.tasks.deduplicate.statements.contradictions import Contradiction, find_contradictions
from quotidian.tasks.deduplicate.statements.figures import SIDES, type_opposed
from quotidian.tasks.deduplicate.statements.pairs import Spread, Window, drop_crowded, find_pairs, pair_sharers
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.extract.flatten import span_id

SAID = ("asserts", "promises")
LEAST_LIKE = 0.5
"""Share of the content words of the longer of two quotations that the shorter has at least where one denies the other."""
SIDE = ("quote_id", "statement_id", "speaker_entity_id", "outlet", "published_date")
"""What a row tells of each of its quotations, beside its figure."""
CLAIM = ("quote_id", *CLAIMED, "is_denied", "speaker_entity_id", "story_id")
BESIDE = ("words", "says_no", "copy_group", "origin_id", "outlet", "published_date")
"""What tells which sayings may contradict each other, beside their claims."""
TOLD = (*CLAIM[:-1], "article_id", "statement_id", "speaker_kind", "words", "says_no", "claim_words")
"""What is asked of a quotation itself."""
SHARED = ("words", "claim_words")
"""Words by which sayings meet."""
ASKED = {
    "claim": pl.UInt64,
    "other_claim": pl.UInt64,
    **dict.fromkeys(("is_denied", "other_denied", "is_same"), pl.Boolean),
    "more": pl.Int64,
}
"""All that it depends on whether two claims contradict each other: the two, whether each is denied, whether both have one speaker, and how
many words more they must share."""
FACTS = tuple(ASKED)[2:]
NONE = Contradiction(None, None)
FOUND = {"one": pl.Int64, "other": pl.Int64, **{name: OPPOSED[name] for name in Contradiction._fields}}
"""Two sayings by their rows, the earlier first, and how they contradict each other."""
MOST_COMPARED = 100
"""Different claims before it that a claim is compared with; in 2,292 invented articles that are much alike the most are 28."""
PART_PAIRS = 1_000_000
"""Pairs of sayings that are looked at at a time."""
WINDOW_SECONDS = 1
"""To find those of a window of sayings that may contradict each other."""
UNIT_PAIRS, UNIT_SECONDS = 20_000, 2
"""Pairs of claims that are compared at a time, and how long that takes."""
Allowed = Callable[[pl.DataFrame, np.ndarray], np.ndarray]
Count = Callable[[pl.DataFrame, np.ndarray], np.ndarray]


def gather_sayings(quotes: pl.DataFrame, article_links: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """What was said, earliest first, with what is known of its article and what tells it apart; later texts of an address stand for earlier
    ones.

    `quotes` has the columns of `read_sayings`, statement_id and speaker_entity_id. What is asked, ordered, doubted or imagined
    contradicts nothing and is left out.
    """
    is_asserted = pl.col("is_said") & pl.col("stance").is_in(SAID)
    facts = index.filter("is_latest").select("article_id", "outlet", "published_date")
    links = article_links.select("article_id", "copy_group", "origin_id", "story_id", "age_rank")
    quotes = quotes if quotes["quote_id"].is_sorted() else quotes.sort("quote_id")
    known = facts.join(links, on="article_id").drop_nulls("age_rank").with_row_index("place")
    places = quotes.select("article_id").join(
        known.select("article_id", "place"), on="article_id", how="left", maintain_order="left"
    )["place"]
    is_asked = quotes.select(is_asserted | pl.col("is_denied")).to_series() & places.is_not_null()
    rows = is_asked.arg_true().to_numpy()
    own = places.gather(rows).to_numpy()
    order = np.argsort(known["age_rank"].to_numpy()[own], kind="stable")
    told = known.drop("article_id", "place")[own[order]]
    return tell_apart(quotes.select(TOLD).rechunk()[rows[order]].hstack(told))


def tell_apart(said: pl.DataFrame) -> pl.DataFrame:
    """Adds `code`, which tells all that it depends on what a saying may contradict, and `size`, how many different words it has."""
    code = said.select(*CLAIM, *BESIDE).hash_rows()
    return said.with_columns(code=code, size=pl.col("words").list.n_unique())


def find_opposed(
    said: pl.DataFrame, block: str, may_pair: Allowed, more: Count, kept: Kept, name: str, workers: Workers
) -> pl.DataFrame:
    """Contradictions between sayings of one block, in the order of their rows: rows of `FOUND`.

    `may_pair`, a function of a module, tells of pairs of rows which of them count, `more` how many words more than usual two sayings must share. What was
    `kept` by this name of sayings that are the same is not looked for again.
    """
    blocks = order_blocks(said[block])
    told, spread = leave_crowded(said, blocks), Spread(workers, WINDOW_SECONDS)
    pairs = find_pairs(told, blocks, (block, "code"), kept, name, spread, find_likely, may_pair)
    asked = ask_pairs(said, block, pairs, more)
    known = compare_asked(said, asked, kept, name, workers).drop_nulls("kind")
    found = asked.join(known, on="key", maintain_order="left_right").select(pl.col(c).cast(t) for c, t in FOUND.items())
    return found.sort("one", "other", maintain_order=True)


def leave_crowded(said: pl.DataFrame, blocks: tuple[np.ndarray, np.ndarray]) -> pl.DataFrame:
    """Sayings without the words that too many of their block share, which `code` then tells, too."""
    left = said.with_columns(drop_crowded(said[column], blocks) for column in SHARED)
    is_less = pl.any_horizontal(pl.col(column).list.len() != said[column].list.len() for column in SHARED)
    less = left.filter(is_less)
    if less.is_empty():
        return left
    rows = left.select(is_less.arg_true()).to_series()
    return left.with_columns(left["code"].scatter(rows, less.select("code", *SHARED).hash_rows()))


def find_likely(window: Window, may_pair: Allowed) -> np.ndarray:
    """Pairs of sayings of one block whose claims may contradict each other; what a claim says is read once."""
    said = window.rows
    pairs = unique_pairs(np.concatenate([pair_opposite(window), pair_figures(window)]))
    pairs = pairs[may_pair(said, pairs)]
    claims, numbers = read_claims(said, pairs.ravel())
    told = lay_out(claims)
    parts = np.array_split(pairs, len(pairs) // PART_PAIRS + 1)
    asked = (np.column_stack([numbers[part], share_speakers(said, part)]) for part in parts)
    return np.concatenate([part[is_likely(told, own)] for part, own in zip(parts, asked, strict=True)])


def ask_pairs(said: pl.DataFrame, block: str, pairs: np.ndarray, more: Count) -> pl.DataFrame:
    """What is asked of pairs of sayings: the rows of the two (`one`, `other`), the columns of `ASKED`, and a `key` that tells these. Of
    a block each claim is compared with at most `MOST_COMPARED` that come before it."""
    rows, places = np.unique(pairs, return_inverse=True)
    own, places = said[rows], places.reshape(-1, 2)
    claims = own.select(CONTENT).hash_rows().to_numpy()[places]
    values = [*claims.T, *share_speakers(own, places).T, more(own, places)]
    facts = pl.DataFrame(dict(zip(ASKED, values, strict=True))).cast(ASKED)
    asked = facts.with_columns(
        key=facts.hash_rows(),
        block=own[block].rank("dense").gather(places[:, 0]),
        one=pl.Series(pairs[:, 0]),
        other=pl.Series(pairs[:, 1]),
    )
    once = asked.unique(["key", "block"], keep="first", maintain_order=True)
    some = once.filter(pl.int_range(pl.len()).over("other_claim", "block") < MOST_COMPARED)
    return asked.join(some, on=["key", "block"], how="semi", maintain_order="left")


def compare_asked(said: pl.DataFrame, asked: pl.DataFrame, kept: Kept, name: str, workers: Workers) -> pl.DataFrame:
    """How the claims of pairs contradict each other, by their `key`; a kind of null where they do not."""
    before = kept.recall(name).join(asked, on="key", how="semi")
    new = asked.join(before, on="key", how="anti", maintain_order="left").unique(
        "key", keep="first", maintain_order=True
    )
    claimed = said.select(CLAIMED)
    units = ((claimed[np.append(part["one"], part["other"])], part) for part in new.iter_slices(UNIT_PAIRS))
    found = workers.map(compare_claims, units, seconds=UNIT_SECONDS * len(new) / UNIT_PAIRS)
    kept.after[name] = pl.concat([before, *found])
    return kept.after[name]


def compare_claims(unit: tuple[pl.DataFrame, pl.DataFrame]) -> pl.DataFrame:
    """`compare_asked` of some pairs anew, from the sayings of the one side and then of the other."""
    said, asked = unit
    claims, numbers = read_claims(said, np.arange(len(said)))
    pairs = numbers.reshape(2, -1).T.tolist()
    rows = []
    for (one, other), (mine, theirs, is_same, more, key) in zip(
        pairs, asked.select(*FACTS, "key").iter_rows(), strict=True
    ):
        how = find_contradictions(claims[one], claims[other], (mine, theirs), is_same, more)
        rows += [(key, *contradiction) for contradiction in how or [NONE]]
    return pl.DataFrame(rows, schema=OPPOSED, orient="row")


def share_speakers(said: pl.DataFrame, pairs: np.ndarray) -> np.ndarray:
    """Of each pair of sayings whether each of the two is denied by its speaker, and whether both have one speaker: 0 and 1."""
    speakers = said["speaker_entity_id"].rank("dense").fill_null(0).to_numpy()[pairs]
    is_same = (speakers[:, 0] > 0) & (speakers[:, 0] == speakers[:, 1])
    return np.column_stack([said["is_denied"].to_numpy()[pairs], is_same])


def is_likely(told: ClaimColumns, asked: np.ndarray) -> np.ndarray:
    """Whether pairs of claims, with what `share_speakers` tells of them, may contradict each other."""
    frame = pl.DataFrame(asked, schema=[str(column) for column in range(asked.shape[1])])
    once = frame.unique(maintain_order=True).with_row_index("number")
    which = frame.join(once, on=frame.columns, maintain_order="left")["number"]
    rows = once.drop("number").to_numpy()
    return may_contradict(told, Asked(rows[:, :2], rows[:, 2:4] > 0))[which.to_numpy()]


def pair_opposite(window: Window) -> np.ndarray:
    """Pairs of sayings of one block, one of them new, that share words, of which one says no and neither has far more words."""
    says_no, sizes = (window.rows[name].to_numpy() for name in ("says_no", "size"))
    asked = min(says_no, window.is_new, key=np.count_nonzero)
    pairs = pair_sharers(window.rows["words"], window.labels, asked)
    some, more = np.sort(sizes[pairs]).T
    is_asked = says_no[pairs].any(axis=1) & window.is_new[pairs].any(axis=1)
    return pairs[is_asked & (some >= LEAST_LIKE * more)]


def pair_figures(window: Window) -> np.ndarray:
    """Pairs of sayings of one block, one of them new, whose claims have figures and share words."""
    return pair_sharers(window.rows["claim_words"], window.labels, window.is_new)


def describe_opposed(said: pl.DataFrame, opposed: pl.DataFrame, prefix: str) -> pl.DataFrame:
    """Rows of `FOUND` with the columns of `type_opposed` but the id."""
    figures = list_figures(said, pl.concat([opposed["one"], opposed["other"]]).unique())
    one, other = (describe_side(said, figures, *opposed.select(side)) for side in (("one", "left"), ("other", "right")))
    later = other.select(pl.all().name.prefix(prefix)).select(f"{prefix}{name}" for name in SIDES)
    return pl.concat([opposed, one, later], how="horizontal")


def list_figures(said: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """The figures of some rows of sayings: row, number among those of the saying, and the fields of FIGURE."""
    some = said.select("figures")[rows].with_columns(row=rows).filter(pl.col("figures").list.len() > 0)
    flat = some.explode("figures", empty_as_null=False).unnest("figures")
    return flat.with_columns(number=pl.int_range(pl.len(), dtype=pl.Int64).over("row"))


def describe_side(said: pl.DataFrame, figures: pl.DataFrame, rows: pl.Series, numbers: pl.Series) -> pl.DataFrame:
    """The columns of SIDES of some rows of sayings and of their figures of some numbers, with story_id, and unit and counted of the figure."""
    own = said.select(*SIDE, "article_id", "story_id")[rows]
    asked = pl.DataFrame({"row": rows, "number": numbers})
    told = asked.join(figures, on=["row", "number"], how="left", maintain_order="left").drop("row", "number")
    joined = own.hstack(told).with_columns(quantity_id=span_id("n"))
    return joined.select(*SIDES, "story_id", "unit", "counted")


def name_opposed(described: pl.DataFrame, prefix: str, id_prefix: str, id_column: str) -> pl.DataFrame:
    """Rows of `type_opposed`, sorted by their id."""
    facts = [f"{side}{name}" for name in ("quote_id", "quantity_id") for side in ("", prefix)]
    told = described.select(pl.concat_str("kind", *(pl.col(fact).fill_null("") for fact in facts), separator="\x1f"))
    named = described.with_columns(make_ids(id_prefix, told.to_series()).alias(id_column))
    types = type_opposed(id_column, prefix)
    return named.select(pl.col(name).cast(type_) for name, type_ in types.items()).sort(id_column)
