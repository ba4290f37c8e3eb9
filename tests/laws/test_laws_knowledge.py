"""Lists of knowledge are inputs like any other: checked before any work, reported, undone by taking the list away."""

from pathlib import Path

import polars as pl

HEAD = "id,name,aliases,type,country\n"


def read_given(result) -> list[tuple]:
    ids = pl.read_parquet(f"{result.published.snapshot}/entity_ids/*.parquet").filter(basis="list")
    entities = pl.read_parquet(f"{result.published.snapshot}/entities/*.parquet")
    return ids.join(entities, on="entity_id").sort("id").select("name", "scheme", "id", "score").rows()


def test_a_list_gives_its_ids_until_it_is_taken_away(run_here, seeds, table_hashes, tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    before = run_here(tmp_path, seeds, knowledge=folder)
    path = folder / "desk.csv"
    path.write_text(HEAD + "p1,Qin Gang,,person,CN\np2,Nobody Atall,,person,\np3,Antony Blinken,,person,NO\n")
    told = run_here(tmp_path, seeds, knowledge=folder)
    assert read_given(told) == [("Qin Gang", "desk", "p1", 1.0)]
    assert [(e["lines"], e["line"], e["has_effect"]) for e in told.knowledge] == [(3, 2, True), (3, 4, False)]
    assert told.batches == {"clean": 0, "extract": 0, "deduplicate": 0}
    path.unlink()
    after = run_here(tmp_path, seeds, knowledge=folder)
    assert table_hashes(after.published.snapshot) == table_hashes(before.published.snapshot)


def test_a_mistake_stops_the_run_before_any_work(quotidian, seeds, tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "desk.csv").write_text("id\n1\n")
    assert "desk.csv lacks the column name" in quotidian("run", str(seeds), "--inline", code=2).stderr
    assert not list((tmp_path / "data").glob("archive/*"))


def test_the_summary_and_the_diff_tell_of_it(quotidian, seeds, tmp_path: Path) -> None:
    quotidian("run", str(seeds), "--inline")
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "desk.csv").write_text(HEAD + "p1,Qin Gang,,person,CN\np3,Antony Blinken,,person,NO\n")
    said = quotidian("run", str(seeds), "--inline").stdout
    assert "Knowledge: 1 of 2 lines of desk.csv gave an entity its id." in said
    assert "desk.csv line 3 gave none: its articles speak against it" in said
    assert "1 knowledge" in quotidian("diff").stdout
