"""A large day is cut into portions by the ids of its articles."""

from datetime import date
from hashlib import blake2b

import polars as pl
import pytest

from quotidian.tasks.publish import portions, table_files
from quotidian.tasks.publish.portions import add_portions, cut_portions
from quotidian.tasks.publish.table_files import cut_parts, read_hashes
from quotidian.tasks.tables.catalog import TABLES

DAY = date(2023, 6, 19)


def make_index(count: int, day: date | None = DAY) -> pl.DataFrame:
    ids = [blake2b(f"{day} {number}".encode(), digest_size=8).hexdigest() for number in range(count)]
    return pl.DataFrame([ids, [day] * count], schema={"article_id": pl.String, "published_date": pl.Date})


@pytest.fixture(autouse=True)
def small(monkeypatch) -> None:
    monkeypatch.setattr(portions, "PORTION_ARTICLES", 10)
    monkeypatch.setattr(portions, "CHUNK_ARTICLES", 15)
    monkeypatch.setattr(table_files, "PART_ROWS", 10)


@pytest.mark.parametrize(("articles", "cut"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 4), (320, 32)])
def test_the_number_of_portions_doubles_with_the_articles(articles: int, cut: int) -> None:
    names = add_portions(make_index(articles))["portion"].unique()
    assert len(names) <= cut
    assert set(names) <= {f"2023-06-19/part-{part}" for part in range(cut)}


def test_articles_of_a_later_portion_have_larger_ids() -> None:
    rows = add_portions(make_index(320)).with_columns(part=pl.col("portion").str.extract(r"(\d+)$").cast(pl.Int64))
    assert rows.sort("article_id")["part"].is_sorted()
    assert rows["part"].n_unique() == 32


def test_another_article_moves_no_other_one() -> None:
    old, new = add_portions(make_index(25)), add_portions(make_index(39))
    assert new.head(25).equals(old)


def test_an_undated_article_is_in_a_folder_of_its_own() -> None:
    index = pl.concat([make_index(2), make_index(2, None)])
    assert add_portions(index)["portion"].to_list() == [
        *["2023-06-19/part-0"] * 2,
        *["no-day/part-0"] * 2,
    ]


def test_chunks_hold_whole_portions() -> None:
    index = add_portions(pl.concat([make_index(60), make_index(3, None)]))
    chunks = list(cut_portions(index))
    assert pl.concat(chunks).sort("article_id").equals(index.sort("article_id"))
    assert len(chunks) > 2
    assert sum(chunk["portion"].n_unique() for chunk in chunks) == index["portion"].n_unique()


def test_no_articles_have_no_portions() -> None:
    assert add_portions(make_index(0)).is_empty()
    assert list(cut_portions(add_portions(make_index(0)))) == []


def make_stories(count: int) -> pl.DataFrame:
    ids = sorted("st_" + blake2b(f"{number}".encode(), digest_size=6).hexdigest() for number in range(count))
    return pl.DataFrame({"story_id": ids})


@pytest.mark.parametrize(("stories", "cut"), [(0, 1), (10, 1), (11, 2), (21, 4), (320, 32)])
def test_a_large_table_without_days_is_cut_by_its_key(stories: int, cut: int) -> None:
    rows = make_stories(stories)
    parts = cut_parts(TABLES["stories"], rows)
    assert [*parts] == [f"part-{part}" for part in range(cut)]
    assert pl.concat(parts.values()).equals(rows)


def test_another_row_changes_one_part() -> None:
    old, new = (cut_parts(TABLES["stories"], make_stories(count)) for count in (38, 39))
    assert sum(not old[part].equals(new[part]) for part in new) == 1


def test_hashes_are_read_behind_what_all_keys_begin_with() -> None:
    ids = pl.Series(["e_00000000000a", "e_ffffffffffff", "x_00000000000a", "e_sky"])
    assert read_hashes(ids).to_list() == [10, 2**48 - 1, None, None]
    assert read_hashes(pl.Series(["0123456789abcdef:q1-2"])).to_list() == [0x0123456789AB]
    assert read_hashes(pl.Series(["2023-06-19:paper"])).to_list() == [None]


def test_a_key_that_is_no_hash_cuts_nothing() -> None:
    rows = pl.DataFrame({"ledger_id": [f"2023-06-19:paper {number}" for number in range(50)]})
    assert [*cut_parts(TABLES["ledger"], rows)] == ["part-0"]
