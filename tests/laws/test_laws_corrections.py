"""Corrections are inputs like any other: applied at every run, reported, undone by deleting the line."""

from pathlib import Path

import polars as pl
import pytest


def names(result) -> set[str]:
    return set(pl.read_parquet(f"{result.published.snapshot}/entities/*.parquet")["name"])


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    folder = tmp_path / "corrections"
    folder.mkdir()
    return folder


def test_a_line_has_its_effect_until_it_is_deleted(run_here, seeds, table_hashes, tmp_path, corrections) -> None:
    before = run_here(tmp_path, seeds)
    assert "Qin Gang" in names(before)
    path = corrections / "canonical_names.csv"
    path.write_text("name,canonical_name,external_id\nQin Gang,Qin Gang (diplomat),Q1\nNobody Atall,Nobody,\n")
    corrected = run_here(tmp_path, seeds)
    entities = pl.read_parquet(f"{corrected.published.snapshot}/entities/*.parquet")
    assert entities.filter(name="Qin Gang (diplomat)")["external_id"].to_list() == ["Q1"]
    assert [(e["line"], e["has_effect"]) for e in corrected.corrections] == [(2, True), (3, False)]
    assert corrected.batches == {"clean": 0, "extract": 0, "deduplicate": 0}
    path.unlink()
    after = run_here(tmp_path, seeds)
    assert table_hashes(after.published.snapshot) == table_hashes(before.published.snapshot)


def test_a_speaker_is_corrected(run_here, seeds, tmp_path, corrections) -> None:
    quotes = pl.read_parquet(f"{run_here(tmp_path, seeds).published.snapshot}/quotes/**/*.parquet")
    quote_id = quotes.filter(speaker_text="Xi").sort("quote_id")["quote_id"][0]
    (corrections / "quote_speakers.csv").write_text(f"quote_id,speaker\n{quote_id},Joe Biden\n")
    snapshot = run_here(tmp_path, seeds).published.snapshot
    entities = pl.read_parquet(f"{snapshot}/entities/*.parquet")
    corrected = pl.read_parquet(f"{snapshot}/quotes/**/*.parquet").filter(quote_id=quote_id)
    (biden,) = entities.filter(name="Joe Biden")["entity_id"]
    assert corrected["speaker_entity_id"].to_list() == [biden]
    speakers = pl.read_parquet(f"{snapshot}/quote_speakers/**/*.parquet").filter(quote_id=quote_id)
    assert speakers.select("rank", "entity_id").rows() == [(1, biden)]
    candidates = pl.read_parquet(f"{snapshot}/speaker_candidates/**/*.parquet").filter(quote_id=quote_id)
    assert candidates.select("rank", "entity_id", "probability").rows() == [(1, biden, 1.0)]


def test_a_file_without_its_columns_is_named(run_here, seeds, tmp_path, corrections) -> None:
    from quotidian.tasks.store.errors import QuotidianError

    (corrections / "not_copies.csv").write_text("article,original\na,b\n")
    with pytest.raises(QuotidianError, match=r"not_copies\.csv lacks the column"):
        run_here(tmp_path, seeds)
