"""What was decided of the quotations of one speaker, or of one story, holds until there are others."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from reports import FRIDAY, MONDAY, TUESDAY, Report, read_reports

from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.sketch import sketch_quotes
from quotidian.tasks.deduplicate.statements import opposed, statements
from quotidian.tasks.deduplicate.statements.changes import find_changes
from quotidian.tasks.deduplicate.statements.conflicts import find_conflicts
from quotidian.tasks.deduplicate.statements.statements import link_statements

Links = tuple[list[pl.DataFrame], dict[str, pl.DataFrame]]
NOBODY = pl.Series([], dtype=pl.String)
SPEAKERS = ("dahl", "farrow", "olsen", None)
SAID = (
    "The rudder failed in strong wind near the lighthouse and nobody could steer the ship any more",
    "that in a strong wind by the lighthouse the rudder had failed and the ship could not be steered",
    "Every passenger will receive five hundred crowns from the company within a month",
    "Every passenger will receive six hundred crowns from the company within a month",
    "within a month every passenger will receive five hundred crowns from the company",
    "no comment",
)
TEXTS = (
    "Police in Velmora said 12 people were killed in the fire at the mill.",
    "A hospital in Velmora said nine people were killed in the fire at the mill.",
    '"We will build 18 new schools in the valley," Mayor Helena Brandt said.',
    '"We will build 21 new schools in the valley," Helena Brandt said.',
    "A rival said that Mayor Helena Brandt had sold the island to a builder.",
    "Mayor Helena Brandt denied that she had sold the island to a builder.",
)


def make_quotes() -> tuple[pl.DataFrame, pl.DataFrame]:
    """48 quotations of four speakers in 24 articles, and the links of these."""
    rows = [
        (f"{place % 24:02d}", SPEAKERS[place % 4], SAID[(place * 5 + place // 7) % 6], place % 11 != 3)
        for place in range(48)
    ]
    columns = ["article_id", "speaker_entity_id", "text", "is_said"]
    quotes = pl.DataFrame(rows, schema=columns, orient="row").with_row_index("n")
    quotes = quotes.with_columns(quote_id=pl.col("article_id") + ":q" + pl.col("n").cast(pl.String)).drop("n")
    articles = pl.DataFrame({"article_id": [f"{place:02d}" for place in range(24)]}).with_row_index("age_rank")
    links = articles.with_columns(
        copy_group=pl.col("article_id").str.slice(0, 1) + pl.col("article_id").str.slice(1).replace({"1": "0"}),
        story_id=pl.lit("st_") + (pl.col("age_rank") % 3).cast(pl.String),
    )
    return quotes.hstack(sketch_quotes(quotes["text"])), links


def link_quotes(articles: list[str], before: dict[str, pl.DataFrame]) -> Links:
    """Statements of the quotations of some articles."""
    quotes, links = make_quotes()
    kept = Kept(before)
    some = pl.col("article_id").is_in(articles)
    found = link_statements(quotes.filter(some), links.filter(some), kept=kept)
    return [found.links, found.variants], kept.after


@pytest.fixture(scope="module")
def said() -> pl.DataFrame:
    """Sayings of 24 articles of four stories and three days, of which many contradict each other."""
    days = (MONDAY, TUESDAY, FRIDAY)
    return read_reports(
        [
            Report(TEXTS[(n * 5 + n // 6) % 6], f"Paper {n % 5}", days[n // 8], f"st_{n % 4}", is_latest=True)
            for n in range(24)
        ]
    )


def oppose(said: pl.DataFrame) -> Callable[[list[str], dict[str, pl.DataFrame]], Links]:
    """What finds conflicts and changes in some articles."""

    def find(articles: list[str], before: dict[str, pl.DataFrame]) -> Links:
        kept, own = Kept(before), said.filter(pl.col("article_id").is_in(articles))
        return [find_conflicts(own, kept), find_changes(own, NOBODY, kept)], kept.after

    return find


def require_same(find: Callable[[list[str], dict[str, pl.DataFrame]], Links], ids: list[str], seed: int) -> None:
    """Raise where articles that come in some order, some at a time, give other rows than all at once, or other ones to keep."""
    draw = np.random.default_rng(seed)
    left, here, kept, found = draw.permutation(ids).tolist(), [], {}, []
    while left:
        size = int(draw.integers(1, 7))
        here, left = [*here, *left[:size]], left[size:]
        found, kept = find(here, kept)
    expected, whole = find(ids, {})
    assert all(frame.height > 2 for frame in expected)
    for one, other in zip(found, expected, strict=True):
        assert_frame_equal(one, other)
    for name, frame in whole.items():
        assert_frame_equal(kept[name].cast(KEPT_SCHEMAS[name]), frame, check_row_order=False)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_split_give_the_same_statements(seed: int) -> None:
    require_same(link_quotes, make_quotes()[1]["article_id"].to_list(), seed)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_split_give_the_same_conflicts_and_changes(said: pl.DataFrame, seed: int) -> None:
    require_same(oppose(said), said["article_id"].unique().sort().to_list(), seed)


def record(monkeypatch: pytest.MonkeyPatch, module: object, name: str, column: str) -> list[set]:
    """The values of a column of all rows that a function is called with from now on, call by call."""
    calls, plain = [], getattr(module, name)

    def call(rows: pl.DataFrame, *rest: object) -> object:
        calls.append(set(rows[column]))
        return plain(rows, *rest)

    monkeypatch.setattr(module, name, call)
    return calls


def test_only_speakers_with_new_quotations_are_decided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = make_quotes()[1]["article_id"].to_list()
    assert ids[4] == "04"  # Dahl's
    _, kept = link_quotes([key for key in ids if key != "04"], {})
    calls = record(monkeypatch, statements, "cluster_quotes", "speaker_entity_id")
    assert link_quotes(ids, kept)[0][0].height == 48
    assert calls == [{"dahl"}]
    link_quotes(ids, link_quotes(ids, {})[1])
    assert calls[2:] == [set()]


def test_only_stories_with_new_articles_are_searched_again(said: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = said["article_id"].unique().sort().to_list()
    _, kept = oppose(said)([key for key in ids if key != "a6"], {})
    calls = record(monkeypatch, opposed, "compare_sayings", "story_id")
    find_conflicts(said, Kept(kept))
    assert calls == [{"st_2"}]


@pytest.mark.parametrize(
    "other",
    [
        pl.col("text") + " today",
        pl.col("figures").list.head(0),
        pl.col("outlet") + " on Sunday",
        pl.col("published_date").dt.offset_by("1d"),
        pl.col("origin_id") + "0",
        ~pl.col("is_denied"),
    ],
    ids=["text", "figures", "outlet", "day", "origin", "denied"],
)
def test_a_story_of_which_anything_changed_is_searched_again(
    said: pl.DataFrame, monkeypatch: pytest.MonkeyPatch, other: pl.Expr
) -> None:
    _, kept = oppose(said)(said["article_id"].to_list(), {})
    (column,), place = other.meta.root_names(), said["figures"].list.len().arg_max()
    is_changed = pl.int_range(pl.len()) == place
    changed = said.with_columns(pl.when(is_changed).then(other).otherwise(pl.col(column)).alias(column))
    calls = record(monkeypatch, opposed, "compare_sayings", "story_id")
    find_conflicts(changed, Kept(kept))
    assert calls == [{said["story_id"][place]}]
