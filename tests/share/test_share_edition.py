"""The edition without text: everything but the words of the sources."""

import hashlib
import json
from pathlib import Path

import dataframely as dy
import polars as pl
import pyarrow.parquet as pq
import pytest
import yaml
from in_process import run_here

from quotidian.tasks.publish.check import check_files
from quotidian.tasks.share.edition import BODY_HASH, copy_snapshot, withhold_text, write_edition
from quotidian.tasks.store.errors import UsageError
from quotidian.tasks.tables import columns as c
from quotidian.tasks.tables.catalog import CATALOG, TABLES, Table
from quotidian.tasks.tables.columns import is_shared

RUN_WORDS = 12
"""No name is that long; a run of so many words is text."""


def quiet(done: int, of: int) -> None:
    """Report to nobody."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A snapshot of the five sample articles."""
    folder = tmp_path_factory.mktemp("sample")
    run_here(folder, "run", seeds, "--inline")
    return (folder / "data" / "published" / "current").resolve()


@pytest.fixture(scope="module")
def edition(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition") / "shared"
    write_edition(sample, folder, quiet)
    return folder


def read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(f"{folder}/{name}/**/*.parquet", hive_partitioning=False)


def runs_of_words(text: str) -> set[str]:
    words = text.split()
    return {" ".join(words[place : place + RUN_WORDS]) for place in range(len(words) - RUN_WORDS + 1)}


def test_a_column_of_text_that_says_nothing_is_withheld() -> None:
    class Notes(dy.Schema):
        """One row for each note."""

        article_id = c.article_id(primary_key=True)
        kind = c.choice(("a", "b"), "Which.")
        note = c.text("Whatever somebody thinks of next.")
        other = dy.String(description="Declared in another way.")
        count = c.count("How many.", "notes")

    kept = withhold_text(Table("notes", Notes, ("article_id",)))
    assert kept.schema.column_names() == ["article_id", "kind", "count"]
    assert (kept.key, kept.meaning) == (["article_id"], "One row for each note.")


def test_words_of_the_sources_are_withheld() -> None:
    withheld = {f"{t.name}.{n}" for t in CATALOG for n, column in t.schema.columns().items() if not is_shared(column)}
    assert withheld >= {
        *("articles.title", "articles.body", "edits.raw_text", "edits.body_text", "credits.text", "sentences.text"),
        *("mentions.text", "quotes.text", "quotes.content", "quotes.cue", "quote_parts.text", "statements.text"),
        *("statement_variants.difference", "stories.title", "rejects.detail"),
    }


@pytest.mark.parametrize("name", TABLES)
def test_everything_else_is_as_it_was(sample: Path, edition: Path, name: str) -> None:
    kept = read(edition, name)
    declared = withhold_text(TABLES[name]).schema.column_names()
    assert kept.columns == declared
    assert kept.drop(BODY_HASH, strict=False).equals(read(sample, name).select(c for c in declared if c != BODY_HASH))


def test_no_run_of_words_of_a_body_is_in_any_file(sample: Path, edition: Path) -> None:
    runs = set().union(*map(runs_of_words, read(sample, "articles")["body"]))
    assert len(runs) > 1_000
    for table in CATALOG:
        for column in read(edition, table.name).select(pl.col(pl.String)):
            told = set().union(*map(runs_of_words, column.drop_nulls().unique()))
            assert not told & runs, f"{table.name}.{column.name}"


def test_the_hash_is_that_of_the_body(sample: Path, edition: Path) -> None:
    bodies = dict(read(sample, "articles").select("article_id", "body").rows())
    hashes = dict(read(edition, "articles").select("article_id", BODY_HASH).rows())
    assert hashes == {key: hashlib.sha256(body.encode()).hexdigest() for key, body in bodies.items()}


def test_manifest_data_package_and_dictionary_say_so(sample: Path, edition: Path) -> None:
    assert list(check_files(edition)) == []
    manifest = json.loads((edition / "manifest.json").read_text())
    assert (manifest["snapshot"], manifest["edition"]) == (sample.name, "without-text")
    package = json.loads((edition / "datapackage.json").read_text())
    fields = {r["name"]: [field["name"] for field in r["schema"]["fields"]] for r in package["resources"]}
    assert fields == {table.name: read(edition, table.name).columns for table in CATALOG}
    words = (edition / "tables.md").read_text()
    assert "`body_sha256`" in words
    assert "`body` |" not in words


def test_the_card_names_every_table_and_its_files(edition: Path) -> None:
    _, head, body = (edition / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    facts = yaml.safe_load(head)
    assert (facts["language"], facts["size_categories"], facts["license"]) == (["en"], ["n<1K"], "unknown")
    paths = {config["config_name"]: config["data_files"][0]["path"] for config in facts["configs"]}
    assert paths.keys() == {table.name for table in CATALOG if read(edition, table.name).height}
    assert all(list(edition.glob(path)) for path in paths.values())
    assert [config["config_name"] for config in facts["configs"] if config.get("default")] == ["quotes"]
    assert all(f"| `{table.name}` |" in body for table in CATALOG)


def test_a_file_of_no_rows_has_no_group_of_rows(edition: Path) -> None:
    files = [pq.ParquetFile(path).metadata for path in edition.rglob("*.parquet")]
    assert {bool(file.num_rows) for file in files} == {True, False}
    assert all(bool(file.num_rows) == bool(file.num_row_groups) for file in files)


def test_the_same_snapshot_gives_the_same_bytes(sample: Path, edition: Path, tmp_path: Path) -> None:
    write_edition(sample, tmp_path / "again", quiet)
    files = sorted(path.relative_to(edition) for path in edition.rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    assert all((edition / path).read_bytes() == (tmp_path / "again" / path).read_bytes() for path in files)


def test_a_folder_that_is_there_is_left_alone(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(UsageError, match="mine is there already: name a new folder"):
        write_edition(sample, tmp_path / "mine", quiet)


def test_a_killed_edition_leaves_no_folder_of_its_name(sample: Path, tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_edition(sample, tmp_path / "shared", stop)
    assert list(tmp_path.iterdir()) == []


def test_a_whole_copy_has_the_same_files(sample: Path, tmp_path: Path) -> None:
    rows = copy_snapshot(sample, tmp_path / "copy", quiet)
    assert rows["articles"] == 5
    assert list(check_files(tmp_path / "copy")) == []


def test_the_command_says_what_it_wrote(quotidian, sample: Path, tmp_path: Path) -> None:
    data = sample.parents[2]
    shown = quotidian("publish", "--without-text", "--to", "shared", "--data", data).stdout
    assert f"snapshot {sample.name} without text in shared (" in shown
    values = json.loads(quotidian("publish", "--to", "whole", "--json", "--data", data).stdout)
    assert (values["rows"]["articles"], values["without_text"]) == (5, False)
    assert "shared is there already" in quotidian("publish", "--to", "shared", "--data", data, code=2).stderr


@pytest.mark.slow
def test_frictionless_finds_a_snapshot_and_its_edition_valid(sample: Path, edition: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is tried in an environment of its own")
    for folder in (sample, edition):
        report = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
