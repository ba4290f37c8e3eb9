"""First law, when archives grow: what a run leaves alone is linked, and the bytes are those of one run over everything."""

import json
from pathlib import Path

import polars as pl
import pytest

from quotidian.flows.pipeline import Result
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.publish import chunks, contracts, portions, publish, table_files, totals
from quotidian.tasks.publish.check import check_snapshot
from quotidian.tasks.tables.catalog import CATALOG

TEXTS = (
    ("2024-05-01", "Ann Castle said on Wednesday that the bridge would close. “It is not safe,” Castle said."),
    ("2024-05-01", "The council of Marlow met on Wednesday. Peter Stone said the bridge was a danger."),
    ("2024-05-02", "“We will repair it by autumn,” said Mayor Ann Castle in Marlow on Thursday."),
    ("2024-05-03", "The harbour of Eastport froze on Friday. Fishermen said the ice was a metre thick."),
    ("2024-05-04", "The harbour of Eastport froze on Friday. Fishermen said the ice was a metre thick."),
    (None, "Maria Lopez, a teacher in Eastport, said the school would open again."),
    ("2024-05-01", "A market hall in Marlow will reopen in June, Peter Stone said on Wednesday."),
)


def write_articles(folder: Path, *numbers: int) -> Path:
    """A folder with one file for each article, always by the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        day, text = TEXTS[number]
        record = {"url": f"https://paper.example/{number}", "published": day, "text": text}
        (folder / f"{number}.jsonl").write_text(json.dumps(record))
    return folder


@pytest.fixture
def whole(run_here, table_hashes, tmp_path: Path) -> dict[str, str]:
    """Hashes of the tables of one run over all articles."""
    result = run_here(tmp_path / "whole", write_articles(tmp_path / "all", *range(6)))
    return table_hashes(result.published.snapshot)


def is_shared(old: Result, new: Result, path: str) -> bool:
    return (old.published.snapshot / path).samefile(new.published.snapshot / path)


def test_only_days_with_something_new_are_written(run_here, table_hashes, whole, tmp_path: Path) -> None:
    old = run_here(tmp_path, write_articles(tmp_path / "first", 0, 2, 3, 5))
    new = run_here(tmp_path, write_articles(tmp_path / "second", 1, 4))
    assert (old.published.days, old.published.days_written) == (4, 4)
    assert (new.published.days, new.published.days_written) == (5, 2)
    assert is_shared(old, new, "articles/2024-05-03/part-0.parquet")
    assert is_shared(old, new, "sentences/no-day/part-0.parquet")
    assert not is_shared(old, new, "articles/2024-05-01/part-0.parquet")
    assert table_hashes(new.published.snapshot) == whole


def test_parts_of_tables_without_days_are_linked_where_nothing_is_new(
    run_here, table_hashes, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(table_files, "PART_ROWS", 2)
    old = run_here(tmp_path, write_articles(tmp_path / "first", *range(6)))
    new = run_here(tmp_path, write_articles(tmp_path / "second", 6))
    parts = [f"entities/{path.name}" for path in (new.published.snapshot / "entities").iterdir()]
    whole = run_here(tmp_path / "whole", write_articles(tmp_path / "all", *range(7)))
    assert len(parts) > 1
    assert any(is_shared(old, new, part) for part in parts)
    assert table_hashes(new.published.snapshot) == table_hashes(whole.published.snapshot)
    assert check_snapshot(new.published.snapshot, tmp_path, IngestSettings()) == []


@pytest.fixture
def assembled(monkeypatch) -> list[int]:
    """How many articles are assembled, at each call."""
    counts = []

    def count(data: Path, chunk: pl.DataFrame, *rest: object) -> dict[str, pl.DataFrame]:
        counts.append(chunk.height)
        return chunks.assemble_chunk(data, chunk, *rest)

    monkeypatch.setattr(publish, "assemble_chunk", count)
    return counts


def test_only_what_is_new_in_a_day_is_assembled(run_here, table_hashes, whole, assembled, tmp_path: Path) -> None:
    old = run_here(tmp_path, write_articles(tmp_path / "first", 0, 2, 3, 5))
    new = run_here(tmp_path, write_articles(tmp_path / "second", 1, 4))
    assert assembled == [4, 2]
    assert is_shared(old, new, "quotes/2024-05-01/part-0.parquet") is False
    assert is_shared(old, new, "credits/2024-05-01/part-0.parquet")
    assert table_hashes(new.published.snapshot) == whole


def test_only_what_is_assembled_is_checked(run_here, monkeypatch, tmp_path: Path) -> None:
    checked = []

    def note(tables: dict[str, pl.DataFrame], keys: contracts.Keys) -> None:
        checked.append(tables["articles"].height if "articles" in tables else None)
        contracts.check_tables(tables, keys)

    monkeypatch.setattr(publish, "check_tables", note)
    run_here(tmp_path, write_articles(tmp_path / "first", 0, 2, 3, 5))
    run_here(tmp_path, write_articles(tmp_path / "second", 1, 4))
    assert checked == [4, None, 2, None]


def test_totals_are_those_of_before_and_what_changed(
    run_here, table_hashes, whole, monkeypatch, tmp_path: Path
) -> None:
    counted = []
    monkeypatch.setattr(publish, "count_files", lambda *files: counted.append(1) or totals.count_files(*files))
    (tmp_path / "corrections").mkdir()
    corrected = tmp_path / "corrections" / "same_entities.csv"
    run_here(tmp_path, write_articles(tmp_path / "first", 0, 2, 3, 5))
    run_here(tmp_path, write_articles(tmp_path / "second", 1, 4))
    corrected.write_text("name,same_as\nAnn Castle,Peter Stone\n")
    joined = run_here(tmp_path, tmp_path / "first", tmp_path / "second")
    entities = pl.read_parquet(joined.published.snapshot / "entities/*.parquet")
    corrected.unlink()
    parted = run_here(tmp_path, tmp_path / "first", tmp_path / "second")
    assert "Peter Stone" not in entities["name"]
    assert table_hashes(parted.published.snapshot) == whole
    assert counted == [1]


def test_a_changed_link_writes_the_tables_that_have_it(
    run_here, table_hashes, whole, assembled, tmp_path: Path
) -> None:
    sources = write_articles(tmp_path / "all", *range(6))
    (tmp_path / "corrections").mkdir()
    corrected = tmp_path / "corrections" / "not_copies.csv"
    old = run_here(tmp_path, sources)
    article = pl.read_parquet(old.published.snapshot / "copies/*.parquet")["article_id"][0]
    corrected.write_text(f"article_id,original_id\n{article},\n")
    new = run_here(tmp_path, sources)
    day = "2024-05-04/part-0.parquet"
    shared = {table: is_shared(old, new, f"{table}/{day}") for table in ("articles", "sentences", "mentions", "edits")}
    assert shared == {"articles": False, "sentences": True, "mentions": True, "edits": True}
    assert assembled == [6, 1]  # of the two copies one keeps its statement: its row of articles alone is another
    corrected.unlink()
    assert table_hashes(run_here(tmp_path, sources).published.snapshot) == whole


def test_an_entity_that_is_another_writes_the_tables_that_name_it(
    run_here, table_hashes, assembled, tmp_path: Path
) -> None:
    sources = write_articles(tmp_path / "all", *range(6))
    old = run_here(tmp_path, sources)
    for folder in (tmp_path, tmp_path / "once"):
        (folder / "corrections").mkdir(parents=True)
        (folder / "corrections" / "same_entities.csv").write_text("name,same_as\nAnn Castle,Peter Stone\n")
    new, once = run_here(tmp_path, sources), run_here(tmp_path / "once", sources)
    day = "2024-05-01/part-0.parquet"
    shared = {table.name for table in CATALOG if table.by_day and is_shared(old, new, f"{table.name}/{day}")}
    assert {"articles", "edits", "sentences", "quote_parts"} <= shared
    assert shared.isdisjoint({"mentions", "quotes", "quote_speakers"})
    assert assembled == [6, 2, 6]
    assert table_hashes(new.published.snapshot) == table_hashes(once.published.snapshot)


def test_memory_of_two_publishings_is_not_mixed(run_here, table_hashes, assembled, tmp_path: Path) -> None:
    run_here(tmp_path, write_articles(tmp_path / "first", 1, 3))
    older = (tmp_path / "work/publish/articles.parquet").read_bytes()
    run_here(tmp_path, write_articles(tmp_path / "second", 0))
    (tmp_path / "work/publish/articles.parquet").write_bytes(older)
    new = run_here(tmp_path, write_articles(tmp_path / "third", 6))
    assert assembled == [2, 1, 3]
    once = run_here(tmp_path / "once", write_articles(tmp_path / "all", 0, 1, 3, 6))
    assert table_hashes(new.published.snapshot) == table_hashes(once.published.snapshot)


def test_any_history_of_runs_gives_the_bytes_of_one(run_here, table_hashes, whole, tmp_path: Path) -> None:
    folder = tmp_path / "corrections"
    folder.mkdir()
    run_here(tmp_path, write_articles(tmp_path / "a", 3, 5))
    run_here(tmp_path, write_articles(tmp_path / "b", 1, 4))
    (folder / "canonical_names.csv").write_text("name,canonical_name,external_id\nAnn Castle,Ann Castle (mayor),Q1\n")
    run_here(tmp_path, write_articles(tmp_path / "c", 0, 2))
    (folder / "canonical_names.csv").unlink()
    last = run_here(tmp_path, tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert table_hashes(last.published.snapshot) == whole


def test_nothing_new_writes_no_day(run_here, tmp_path: Path) -> None:
    sources = write_articles(tmp_path / "all", *range(6))
    first, again = run_here(tmp_path, sources), run_here(tmp_path, sources)
    assert (again.published.days, again.published.days_written) == (5, 0)
    assert again.published.snapshot == first.published.snapshot


@pytest.mark.parametrize(("name", "days_written"), [("files", 5), ("articles", 2)])
@pytest.mark.parametrize("memory", [None, b"not Parquet"], ids=["gone", "damaged"])
def test_without_its_memory_a_run_gives_the_same(
    memory, name, days_written, run_here, table_hashes, whole, tmp_path: Path
) -> None:
    old = run_here(tmp_path, write_articles(tmp_path / "first", 0, 2, 3, 5))
    path = tmp_path / "work" / "publish" / f"{name}.parquet"
    path.unlink()
    if memory:
        path.write_bytes(memory)
    new = run_here(tmp_path, write_articles(tmp_path / "second", 1, 4))
    assert new.published.days_written == days_written
    assert is_shared(old, new, "articles/2024-05-03/part-0.parquet")
    assert table_hashes(new.published.snapshot) == whole


@pytest.mark.parametrize("keeps_size", [True, False], ids=["altered", "truncated"])
def test_a_damaged_file_is_not_linked_on(keeps_size, run_here, table_hashes, whole, tmp_path: Path) -> None:
    old = run_here(tmp_path, write_articles(tmp_path / "first", 0, 2, 3, 5))
    damaged = old.published.snapshot / "quotes/2024-05-03/part-0.parquet"
    content = damaged.read_bytes()
    damaged.write_bytes(content[:100] + b"?" + content[101:] if keeps_size else content[:-1])
    new = run_here(tmp_path, write_articles(tmp_path / "second", 1, 4))
    assert new.published.days_written == 3
    assert table_hashes(new.published.snapshot) == whole


def test_a_damaged_snapshot_is_replaced_by_the_next_run(run_here, table_hashes, whole, tmp_path: Path) -> None:
    sources = write_articles(tmp_path / "all", *range(6))
    first = run_here(tmp_path, sources).published.snapshot
    (first / "entities/part-0.parquet").write_bytes(b"")
    second = run_here(tmp_path, sources).published
    assert second.is_new
    assert second.snapshot.name == first.name.replace("000001", "000002")
    assert table_hashes(second.snapshot) == whole


def test_a_large_day_is_several_files_of_the_same_rows(run_here, whole, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(portions, "PORTION_ARTICLES", 1)
    old = run_here(tmp_path, write_articles(tmp_path / "first", 0, 2, 3, 5))
    new = run_here(tmp_path, write_articles(tmp_path / "second", 1, 4))
    assert [path.name for path in (new.published.snapshot / "articles/2024-05-01").iterdir()] != ["part-0.parquet"]
    assert is_shared(old, new, "articles/2024-05-03/part-0.parquet")
    for table in CATALOG:
        files = [
            f"{folder}/{table.name}/**/*.parquet"
            for folder in (new.published.snapshot, tmp_path / "whole/published/current")
        ]
        cut, one = (pl.read_parquet(file, hive_partitioning=False).sort(table.key) for file in files)
        assert cut.equals(one)
    assert check_snapshot(new.published.snapshot, tmp_path, IngestSettings()) == []
