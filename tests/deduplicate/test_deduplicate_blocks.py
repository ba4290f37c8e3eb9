"""What was decided of the quotations of one speaker, or of one story, holds until there are others."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from reports import FRIDAY, MONDAY, TUESDAY, Report, read_reports

from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.sketch import sketch_quotes
from quotidian.tasks.deduplicate.statements import opposed, pairs, statements
from quotidian.tasks.deduplicate.statements.changes import find_changes
from quotidian.tasks.deduplicate.statements.conflicts import find_conflicts
from quotidian.tasks.deduplicate.statements.pairs import Window
from quotidian.tasks.deduplicate.statements.statements import link_statements
from quotidian.tasks.deduplicate.units import HERE, Workers

Archive = tuple[pl.DataFrame, pl.DataFrame]
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


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Quotations of 24 articles with the links of these, and sayings of 24 articles of four stories and three days, of which many contradict each
    other."""
    days = (MONDAY, TUESDAY, FRIDAY)
    said = read_reports(
        [
            Report(TEXTS[(n * 5 + n // 6) % 6], f"Paper {n % 5}", days[n // 8], f"st_{n % 4}", is_latest=True)
            for n in range(24)
        ]
    )
    quotes, links = make_quotes()
    return quotes.join(links, on="article_id"), said


def link(archive: Archive, before: dict[str, pl.DataFrame], workers: Workers = HERE) -> Links:
    """Statements, variants, conflicts and changes, and what is kept of them."""
    quotes, said = archive
    kept, places = Kept(before), ("copy_group", "story_id", "age_rank")
    links = quotes.select("article_id", *places).unique("article_id")
    found = link_statements(quotes.drop(places), links, kept=kept, workers=workers)
    said = said.sort("age_rank", "quote_id")
    opposed = [find_conflicts(said, kept, workers), find_changes(said, NOBODY, kept, workers)]
    return [found.links, found.variants, *opposed], kept.after


def draw_state(archive: Archive, draw: np.random.Generator) -> Archive:
    """Most of the articles, some of them with other speakers, stories, groups of copies and places in time."""
    return tuple(change_some(frame, draw) for frame in archive)


def change_some(frame: pl.DataFrame, draw: np.random.Generator) -> pl.DataFrame:
    ids = frame["article_id"].unique().sort()
    here = ids.filter(pl.Series(draw.random(len(ids)) < 0.8))
    others = dict(zip(ids, draw.permutation(ids), strict=True))
    for column in ("speaker_entity_id", "story_id", "copy_group", "age_rank"):
        if draw.random() < 0.5:
            values = frame.unique("article_id", keep="first", maintain_order=True).select("article_id", column)
            some = ids.filter(pl.Series(draw.random(len(ids)) < 0.15))
            moved = values.with_columns(pl.col("article_id").replace(others)).rename({column: "other"})
            is_moved = pl.col("article_id").is_in(some.implode())
            frame = frame.join(moved, on="article_id", how="left", maintain_order="left")
            frame = frame.with_columns(pl.when(is_moved).then("other").otherwise(column).alias(column)).drop("other")
    return frame.filter(pl.col("article_id").is_in(here.implode()))


def require_same(archive: Archive, before: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """What is kept; raise where rows, or what is kept, are others than without what was kept before."""
    found, kept = link(archive, before)
    expected, whole = link(archive, {})
    for one, other in zip(found, expected, strict=True):
        assert_frame_equal(one, other)
    for name, frame in whole.items():
        assert_frame_equal(kept[name].cast(KEPT_SCHEMAS[name]), frame, check_row_order=False)
    return kept


@pytest.mark.parametrize("most", [400, 4], ids=["all words", "rare words"])
@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_split_give_the_same(archive, monkeypatch, seed: int, most: int) -> None:
    monkeypatch.setattr(pairs, "MAX_SHARERS", most)
    draw = np.random.default_rng(seed)
    ids = [draw.permutation(frame["article_id"].unique().sort()).tolist() for frame in archive]
    here, kept = 0, {}
    while here < 24:
        here += int(draw.integers(1, 7))
        some = [pl.col("article_id").is_in(own[:here]) for own in ids]
        kept = require_same(tuple(frame.filter(own) for frame, own in zip(archive, some, strict=True)), kept)
    assert most == 4 or all(frame.height > 2 for frame in link(archive, kept)[0])


@pytest.mark.parametrize("seed", range(3))
def test_what_goes_or_changes_gives_the_same(archive, monkeypatch, seed: int) -> None:
    monkeypatch.setattr(pairs, "MAX_SHARERS", (400, 9, 5)[seed])
    draw, kept = np.random.default_rng(seed), {}
    for _ in range(4):
        kept = require_same(draw_state(archive, draw), kept)


def test_workers_give_the_same(archive, two_workers: Workers) -> None:
    doors: list[str] = []

    def spread(door: Callable, batches: list) -> list:
        doors.append(batches[0][0][1][0])
        return two_workers.spread(door, batches)

    found, kept = link(archive, {}, Workers(two_workers.folder, spread))
    expected, whole = link(archive, {})
    assert [*dict.fromkeys(doors)] == [
        f"{name} 0" for name in ("find_alike", "cluster_quotes", "find_likely", "compare_claims")
    ]
    for one, other in zip([*found, *kept.values()], [*expected, *whole.values()], strict=True):
        assert_frame_equal(one, other)


def record(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[set]:
    """The articles of new quotations in each window that a function is called with from now on."""
    calls, plain = [], getattr(module, name)

    def call(window: Window, *rest: object) -> object:
        calls.append(set(window.rows["quote_id"].filter(pl.Series(window.is_new)).str.split(":").list.first()))
        return plain(window, *rest)

    monkeypatch.setattr(module, name, call)
    return calls


def leave_one(archive: Archive) -> tuple[pl.DataFrame, ...]:
    """All but the articles 04 and a6."""
    return tuple(frame.filter(~pl.col("article_id").is_in(["04", "a6"])) for frame in archive)


def test_only_new_quotations_are_compared(archive, monkeypatch: pytest.MonkeyPatch) -> None:
    _, kept = link(leave_one(archive), {})
    alike, likely = record(monkeypatch, statements, "find_alike"), record(monkeypatch, opposed, "find_likely")
    _, kept = link(archive, kept)
    assert (alike, likely) == ([{"04"}], [{"a6"}])
    link(archive, kept)
    assert (len(alike), len(likely)) == (1, 1)


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
def test_a_saying_of_which_anything_changed_is_compared_again(archive, monkeypatch, other: pl.Expr) -> None:
    said = archive[1]
    _, kept = link(archive, {})
    (column,), place = other.meta.root_names(), said["figures"].list.len().arg_max()
    is_changed = pl.int_range(pl.len()) == place
    changed = said.with_columns(pl.when(is_changed).then(other).otherwise(pl.col(column)).alias(column))
    calls = record(monkeypatch, opposed, "find_likely")
    find_conflicts(opposed.tell_apart(changed), Kept(kept))
    assert calls == [{said["article_id"][place]}]
