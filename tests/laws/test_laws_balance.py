"""Second law: nothing vanishes, and every text is the slice that it says."""

import json
from pathlib import Path

import polars as pl
import pytest

from quotidian.tasks.ingest.archive import archive_folder
from quotidian.tasks.ingest.settings import IngestSettings
from quotidian.tasks.publish.check import check_snapshot
from quotidian.tasks.publish.snapshot import MANIFEST
from quotidian.tasks.tables.catalog import CATALOG

SAMPLES = {
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "program.bin": b"\x7fELF\x02\x01\x00" + bytes(1000),
    "latin.txt": ("The café’s owner said he was “very glad” – again. " * 20).encode("cp1252"),
    "broken.txt": ("The mayor said the bridge would open in May. " * 20).encode() + b"\xff\xfe",
    "huge.txt": b"The mayor said so. " * 1_100_000,
    "line.txt": b"The mayor said that the bridge would open soon. " * 4_000,
    "word.txt": b"x" * 1_000_000,
    "german.txt": ("Der Bürgermeister sagte, die Brücke werde im Mai eröffnet, und dankte allen. " * 20).encode(),
    "lines.jsonl": b'{"id": 1, "text": "The mayor said the bridge would open in May."}\nno json\n{"id": 2}\n[]\n\n',
    "undated.txt": b"The mayor said the bridge would open in May, and thanked all who had worked on it.",
    "controls.txt": b"The mayor\x07 said the bridge\x00 would open.\r\nIn May, he said.",
}


@pytest.fixture(scope="module")
def samples_run(run_here, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Bad input of every kind: data folder and snapshot."""
    folder = tmp_path_factory.mktemp("samples")
    for name, payload in SAMPLES.items():
        (folder / name).write_bytes(payload)
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    data = tmp_path_factory.mktemp("data")
    return data, run_here(data, folder).published.snapshot


def read(snapshot: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(f"{snapshot}/{table}/**/*.parquet", hive_partitioning=False)


def test_seeds_keep_every_promise(seeds_run) -> None:
    data, result = seeds_run
    assert check_snapshot(result.published.snapshot, data, IngestSettings()) == []


def test_bad_input_keeps_every_promise(samples_run) -> None:
    data, snapshot = samples_run
    assert check_snapshot(snapshot, data, IngestSettings()) == []


def test_inputs_are_articles_and_rejects(samples_run) -> None:
    data, snapshot = samples_run
    inputs = archive_folder(data).keys().to_list()
    outcomes = read(snapshot, "articles")["input_id"].to_list() + read(snapshot, "rejects")["input_id"].to_list()
    assert sorted(outcomes) == inputs
    assert len(inputs) == len(SAMPLES) - 1 + 4 + 1  # lines.jsonl holds four, one symlink leads nowhere


def test_each_reject_has_its_reason(samples_run) -> None:
    _, snapshot = samples_run
    rejects = read(snapshot, "rejects")
    reasons = {(row["source"], row["reason"]) for row in rejects.to_dicts()}
    assert reasons >= {
        ("empty.txt", "empty"),
        ("blank.txt", "empty"),
        ("program.bin", "binary"),
        ("huge.txt", "too_large"),
        ("german.txt", "language"),
        ("dangling.txt", "unreadable"),
        ("lines.jsonl", "not_json"),
        ("lines.jsonl", "no_text"),
    }
    assert rejects["detail"].str.len_chars().min() > 0


def test_what_can_be_read_is_published_with_a_null_date(samples_run) -> None:
    _, snapshot = samples_run
    articles = read(snapshot, "articles")
    assert {"latin.txt", "broken.txt", "line.txt", "undated.txt", "lines.jsonl"} <= set(articles["source"])
    assert articles["published_date"].null_count() == articles.height
    latin = articles.filter(pl.col("source") == "latin.txt")["body"][0]
    assert "café’s owner" in latin
    assert "\ufffd" not in articles.filter(pl.col("source") == "broken.txt")["body"][0]


def test_every_table_has_a_file_that_any_reader_takes(seeds_run) -> None:
    snapshot = seeds_run[1].published.snapshot
    for table in CATALOG:
        assert list((snapshot / table.name).rglob("*.parquet")), table.name
    manifest = json.loads((snapshot / MANIFEST).read_text())
    assert sum(entry["rows"] for entry in manifest["files"] if entry["table"] == "articles") == 5


def test_an_archive_without_articles_is_published(run_here, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    result = run_here(tmp_path / "data", tmp_path / "in")
    assert result.published.rows["rejects"] == 1
    assert result.published.rows["articles"] == 0
    assert check_snapshot(result.published.snapshot, tmp_path / "data", IngestSettings()) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("sentences", "text", "Not what stands there.", "not their slice"),
        ("quotes", "speaker_entity_id", "e_nobody", "point to no entities.entity_id"),
        ("articles", "copy_kind", "stolen", "fails in"),
    ],
)
def test_check_finds_what_is_off(run_here, seeds, tmp_path, table, column, value, words) -> None:
    from quotidian.tasks.publish.snapshot import hash_file
    from quotidian.tasks.tables.catalog import TABLES
    from quotidian.tasks.tables.parquet import arrow_schema, write_frame

    snapshot = run_here(tmp_path, sorted(seeds.iterdir())[0]).published.snapshot
    path = next((snapshot / table).rglob("*.parquet"))
    frame = pl.read_parquet(path, hive_partitioning=False)
    write_frame(frame.with_columns(pl.lit(value).alias(column)), arrow_schema(TABLES[table]), path)
    assert "other bytes" in check_snapshot(snapshot, tmp_path, IngestSettings())[0]
    manifest = json.loads((snapshot / MANIFEST).read_text())
    for entry in manifest["files"]:
        entry["sha256"] = hash_file(snapshot / entry["path"])
    (snapshot / MANIFEST).write_text(json.dumps(manifest))
    assert any(words in finding for finding in check_snapshot(snapshot, tmp_path, IngestSettings()))
