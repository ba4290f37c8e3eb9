"""What an earlier linking kept saves time and changes nothing."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from invented import Archive, make_archive
from polars.testing import assert_frame_equal

import quotidian.tasks.deduplicate.link_articles as link_articles_module
from quotidian.tasks.deduplicate.archive_links import LINK_SCHEMAS, ArchiveLinks, write_links
from quotidian.tasks.deduplicate.copies import candidates, copies, hang, lists, recall, text_part, text_parts
from quotidian.tasks.deduplicate.kept import Kept, read_kept, texts_folder
from quotidian.tasks.deduplicate.link_articles import ArticleLinks, link_articles
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories import blocks, components, stories, undated, windows
from quotidian.tasks.store.soundness import find_broken_seals, find_damaged, open_ledger

SETTINGS = DeduplicateSettings()
NONE = ArchiveLinks(**{name: pl.DataFrame(schema=schema) for name, schema in LINK_SCHEMAS.items()})


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive()


@pytest.fixture
def crowds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that so small an archive reaches."""
    monkeypatch.setattr(candidates, "MAX_SHARERS", 4)
    monkeypatch.setattr(candidates, "BAND_NEIGHBOURS", 1)
    monkeypatch.setattr(lists, "PART_FEATURES", 5_000)
    monkeypatch.setattr(lists, "LIST_FEATURES", 2_000)
    monkeypatch.setattr(recall, "PART_TEXTS", 70)
    monkeypatch.setattr(text_parts, "PART_TEXTS", 70)
    monkeypatch.setattr(stories, "MAX_TELLING_SHARERS", 6)
    monkeypatch.setattr(undated, "SAMPLE", 9)
    monkeypatch.setattr(undated, "CROWD", 1)
    monkeypatch.setattr(undated, "CROWD_ARTICLES", 2)
    monkeypatch.setattr(undated, "PIECE_ARTICLES", 30)
    monkeypatch.setattr(undated, "PIECE_PAIRS", 20)
    monkeypatch.setattr(components, "SMALL", 14)
    monkeypatch.setattr(components, "PART_MEMBERS", 30)


def link(archive: Archive, places: list[int] | None = None, before: Kept | None = None) -> tuple[ArticleLinks, Kept]:
    """Links of the articles at some places (None: all), and what was kept."""
    articles, sketches = archive
    some = articles if places is None else articles[sorted(places)]
    kept = Kept(before.after, before.parts) if before else Kept()
    return link_articles(some, sketches.join(some, on="body_hash", how="semi"), SETTINGS, kept=kept), kept


def require_equal(found: tuple[ArticleLinks, Kept], expected: tuple[ArticleLinks, Kept]) -> None:
    """Raise where links or what was kept differ."""
    for one, other in zip(found[0], expected[0], strict=True):
        assert_frame_equal(one, other)
    for name in expected[1].after:
        assert_frame_equal(found[1].after[name], expected[1].after[name], check_row_order=False)
    one, other = (text_parts.join_parts(kept.parts) for _, kept in (found, expected))
    assert_frame_equal(one.bodies, other.bodies)
    for name in text_part.OF_BODIES + text_part.COLUMNS + text_part.LONG:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for name in text_part.LISTS:
        for one_array, other_array in zip(*(vars(getattr(part, name)).values() for part in (one, other)), strict=True):
            assert np.array_equal(one_array, other_array), name


def split(seed: int, most: int) -> Iterator[list[int]]:
    """The places of all articles in a random order, some at a time."""
    draw = np.random.default_rng(seed)
    left = draw.permutation(200).tolist()
    while left:
        size = int(draw.integers(1, most + 1))
        yield left[:size]
        left = left[size:]


def link_in_parts(archive: Archive, seed: int, most: int) -> tuple[ArticleLinks, Kept]:
    """Links after the articles came in some order, some at a time."""
    places, done = [], (None, None)
    for more in split(seed, most):
        places += more
        done = link(archive, places, done[1])
    return done


@pytest.mark.parametrize(("seed", "most"), [(1, 60), (2, 90), (3, 120)])
def test_any_order_and_split_give_the_same_links(archive: Archive, crowds, seed: int, most: int) -> None:
    require_equal(link_in_parts(archive, seed, most), link(archive))


def lose_days(archive: Archive, every: int) -> Archive:
    """The archive, of which only every few articles have a day."""
    articles, sketches = archive
    day = pl.when(pl.int_range(articles.height) % every == 0).then("published_date")
    return articles.with_columns(published_date=day), sketches


@pytest.mark.parametrize(("seed", "most", "every"), [(1, 60, 2), (2, 40, 2), (3, 50, 4), (4, 30, 201)])
def test_undated_articles_in_any_order_and_split_have_the_same_links(archive, crowds, seed, most, every) -> None:
    few = lose_days(archive, every)
    require_equal(link_in_parts(few, seed, most), link(few))


def test_where_undated_articles_are_gone_those_that_hung_with_them_are_linked_anew(archive: Archive, crowds) -> None:
    few, kept = lose_days(archive, 3), []
    for places in (range(200), range(0, 200, 2), range(0, 200, 3), range(200)):
        kept.append(link(few, places, kept[-1][1] if kept else None))
        require_equal(kept[-1], link(few, places))


@pytest.mark.scale
@pytest.mark.parametrize(("seed", "most"), [(4, 1), (5, 3), (6, 9)], ids=["one by one", "by threes", "by nines"])
def test_small_parts_in_any_order_give_the_same_links(archive: Archive, crowds, seed: int, most: int) -> None:
    require_equal(link_in_parts(archive, seed, most), link(archive))


@pytest.mark.parametrize("most", [0, 30, 10_000], ids=["each alone", "some together", "all together"])
def test_blocks_find_together_what_each_finds_alone(archive: Archive, crowds, monkeypatch, most: int) -> None:
    monkeypatch.setattr(blocks, "UNIT_ARTICLES", 12)
    monkeypatch.setattr(windows, "WINDOW_ARTICLES", 60)
    expected = link(archive)
    assert expected[1].after["alike"]["block"].n_unique() > 8
    monkeypatch.setattr(windows, "WINDOW_ARTICLES", most)
    require_equal(link(archive), expected)


def test_a_pair_that_nothing_leads_to_any_more_is_dropped(archive: Archive, crowds) -> None:
    _, half = link(archive, range(100))
    _, whole = link(archive, None, half)
    lost = half.after["pairs"].join(whole.after["pairs"], on=["left", "right"], how="anti")
    assert 0 < lost.height < half.after["pairs"].height < whole.after["pairs"].height


def test_where_an_article_is_gone_all_are_compared(archive: Archive, crowds) -> None:
    few = range(0, 200, 2)
    require_equal(link(archive, few, link(archive)[1]), link(archive, few))


def make_again(archive: Archive, every: int) -> Archive:
    """The archive, of which a newer version extracted some bodies again."""
    articles, sketches = archive
    version = pl.Series(np.where(np.arange(200) % every == 0, "newer", ""))
    return articles.with_columns(extractor_version=version), sketches


@pytest.mark.parametrize("every", [1, 7], ids=["all", "some"])
def test_bodies_that_are_extracted_again_in_the_same_words_are_not_compared(
    archive: Archive, crowds, monkeypatch: pytest.MonkeyPatch, every: int
) -> None:
    again, before = make_again(archive, every), link(archive)[1]
    expected, calls = link(again), []
    monkeypatch.setattr(copies, "verify_part", lambda *values: calls.append(values))
    require_equal(link(again, None, before), expected)
    assert not calls


def test_where_another_body_has_the_words_of_one_that_is_gone_the_rest_is_kept(
    archive: Archive, crowds, monkeypatch: pytest.MonkeyPatch
) -> None:
    sketches = archive[1]
    twins = sketches.filter(pl.col("text_hash").is_duplicated())["body_hash"]
    gone = sketches.filter(pl.col("body_hash").is_in(twins.implode())).unique(
        "text_hash", keep="first", maintain_order=True
    )
    here = [place for place, body in enumerate(archive[0]["body_hash"]) if body not in set(gone["body_hash"])]
    assert 190 < len(here) < 200
    require_equal(link(archive, here, link(archive)[1]), link(archive, here))


def test_other_kinds_of_words_are_compared_anew(archive: Archive, crowds) -> None:
    articles, sketches = archive
    is_changed = pl.int_range(pl.len()) % 9 == 0
    as_names = pl.col("words").list.eval(pl.element() // 4 * 4 + 2)
    version = pl.Series(np.where(np.arange(200) % 9 == 0, "newer", "older"))
    changed = (
        articles.with_columns(extractor_version=version),
        sketches.with_columns(words=pl.when(is_changed).then(as_names).otherwise("words")),
    )
    require_equal(link(changed, None, link(archive)[1]), link(changed))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (copies, "verify_part"),
        (hang, "CopyTree"),
        (windows, "search_unit"),
        (components, "tell_part"),
        (link_articles_module, "make_id"),
    ],
    ids=["pairs", "trees", "blocks", "components", "ids"],
)
def test_what_is_known_is_not_computed_again(archive: Archive, monkeypatch: pytest.MonkeyPatch, module, name) -> None:
    expected = link(archive)
    _, most = link(archive, range(160))
    calls, compute = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *values: calls.append(values) or compute(*values))
    require_equal(link(archive, None, expected[1]), expected)
    assert not calls
    require_equal(link(archive, None, most), expected)
    assert calls


@pytest.mark.parametrize("least", [0, 1, 2], ids=["first days", "middle days", "last days"])
def test_articles_of_some_days_may_come_late(archive: Archive, crowds, least: int) -> None:
    ranks = archive[0]["published_date"].rank("ordinal").fill_null(0).to_numpy() // 67
    early = np.flatnonzero(ranks != least).tolist()
    require_equal(link(archive, None, link(archive, early)[1]), link(archive))


def test_an_article_with_another_date_is_placed_anew(archive: Archive, crowds) -> None:
    articles, sketches = archive
    later = pl.col("published_date").dt.offset_by(
        pl.when(pl.int_range(pl.len()) % 7 == 0).then(pl.lit("2d")).otherwise(pl.lit("0d"))
    )
    changed = articles.with_columns(later), sketches
    require_equal(link(changed, None, link(archive)[1]), link(changed))


@pytest.fixture
def store(archive: Archive, tmp_path: Path) -> Path:
    """A folder of links, in which the newer of two was made from more articles."""
    for name, count in (("b", 60), ("a", 100)):
        folder = tmp_path / "work" / "links" / name
        write_links(NONE, folder, link(archive, range(count))[1], SETTINGS)
        os.utime(folder / "kept.txt", (count, count))
    return tmp_path / "work" / "links"


def test_what_the_newest_links_kept_is_read(archive: Archive, store: Path) -> None:
    kept = read_kept(store, SETTINGS)
    assert kept.recall("pairs").height == link(archive, range(100))[1].after["pairs"].height
    articles, sketches = archive
    links = link_articles(articles, sketches, SETTINGS, kept=kept)
    require_equal((links, kept), link(archive))


def test_parts_of_texts_that_are_kept_stay(archive: Archive, store: Path, monkeypatch) -> None:
    monkeypatch.setattr(text_parts, "PART_TEXTS", 0)
    articles, sketches = archive
    kept, before = read_kept(store, SETTINGS), list_parts(store)
    links = link_articles(articles, sketches, SETTINGS, kept=kept)
    write_links(NONE, store / "c", kept, SETTINGS)
    assert before < list_parts(store)
    again = read_kept(store, SETTINGS)
    require_equal((link_articles(articles, sketches.clear(), SETTINGS, kept=again), again), (links, kept))


def list_parts(store: Path) -> set[str]:
    """Names of the files of parts of texts."""
    return {path.name for path in texts_folder(store).iterdir()}


def test_parts_go_that_no_newest_links_need(archive: Archive, store: Path) -> None:
    before, other = list_parts(store), DeduplicateSettings(story_days=9)
    for name, settings, count in (("c", other, 50), ("d", SETTINGS, 30)):
        folder = store / name
        kept = read_kept(store, settings)
        kept.parts_before.clear()
        link_articles(archive[0][:count], archive[1], settings, kept=kept)
        write_links(NONE, folder, kept, settings)
        os.utime(folder / "kept.txt", (200, 200))
    assert before.isdisjoint(list_parts(store))
    assert len(read_kept(store, other).parts_before) == len(read_kept(store, SETTINGS).parts_before) == 1


def test_where_a_part_is_gone_nothing_was_kept(store: Path) -> None:
    next(texts_folder(store).iterdir()).unlink()
    assert read_kept(store, SETTINGS) == Kept(folder=texts_folder(store))


@pytest.mark.parametrize("suffix", [".npy", ".parquet"])
def test_an_altered_file_of_a_part_is_found(store: Path, suffix: str) -> None:
    path = next(texts_folder(store).glob(f"*{suffix}"))
    path.write_bytes(path.read_bytes()[:-9] + b"012345678")
    data = store.parent.parent
    assert find_damaged(data / "work", open_ledger(data)) == [path]


def test_only_new_bodies_are_read(archive: Archive, crowds) -> None:
    articles, sketches = archive
    _, most = link(archive, range(150))
    new = sketches.join(articles[150:], on="body_hash", how="semi")
    kept = Kept(most.after, most.parts)
    require_equal((link_articles(articles, new, SETTINGS, kept=kept), kept), link(archive))


@pytest.mark.parametrize("name", [".a.1.tmp", "other settings", "no mark"])
def test_what_is_of_no_use_is_not_read(archive: Archive, store: Path, name: str) -> None:
    settings = DeduplicateSettings(story_days=9) if name == "other settings" else SETTINGS
    if name.startswith("."):  # a run that was killed as it wrote
        shutil.copytree(store / "a", store / name)
        (store / name / "kept_pairs.arrow").write_bytes(b"")
    if name == "no mark":
        for mark in store.glob("*/kept.txt"):
            mark.unlink()
    heights = [
        read_kept(store, settings).recall(frame).height
        for frame in link(archive, range(60))[1].after
        if frame not in ("crowds", "merged", "merging", "centrality")
    ]
    assert (min(heights) > 0) == name.startswith(".")


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9] + b"012345678")])
@pytest.mark.parametrize("name", ["pairs", "alike", "stories", "story_ids"])
def test_links_with_a_lost_or_altered_file_of_what_was_kept_are_found(store: Path, harm, name: str) -> None:
    harm(next((store / "a").glob(f"kept_{name}.*")))
    data = store.parent.parent
    assert find_broken_seals(data, open_ledger(data)) == [store / "a"]


def test_nothing_is_kept_of_nothing(tmp_path: Path) -> None:
    write_links(NONE, tmp_path / "links" / "a", Kept(), SETTINGS)
    assert read_kept(tmp_path / "links", SETTINGS) == Kept(folder=tmp_path / "texts")
