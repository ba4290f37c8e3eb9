"""The snapshot as one DuckDB or SQLite file, and selections as files, with the command."""

import json
import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from quotidian.flows.commands.app import app
from quotidian.tasks.share.definitions import order_tables
from quotidian.tasks.share.duckdb_file import write_duckdb
from quotidian.tasks.share.sqlite_file import write_sqlite
from quotidian.tasks.store.errors import QuotidianError, UsageError
from quotidian.tasks.tables.catalog import CATALOG, TABLES


def rows_of(snapshot: Path, name: str) -> pl.DataFrame:
    table = TABLES[name]
    return pl.read_parquet(f"{snapshot}/{name}/**/*.parquet", hive_partitioning=False).sort(*table.sort_by)


def quiet(table: str, rows: int) -> None:
    """Report to nobody."""


@pytest.fixture(scope="module")
def database(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    path = tmp_path_factory.mktemp("duckdb") / "news.duckdb"
    write_duckdb(snapshot, path, quiet)
    assert [p.name for p in path.parent.iterdir()] == ["news.duckdb"]
    with duckdb.connect(path, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def lite(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("sqlite") / "news.sqlite"
    write_sqlite(snapshot, path, quiet)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_tables_come_after_those_that_they_point_to() -> None:
    places = {table.name: place for place, table in enumerate(order_tables())}
    assert set(places) == set(TABLES)
    for table in CATALOG:
        assert all(places[target] <= places[table.name] for target, _ in table.foreign_keys.values())


@pytest.mark.parametrize("name", TABLES)
def test_the_duckdb_file_has_the_rows_of_every_table(database, snapshot: Path, name: str) -> None:
    order = ", ".join(f'"{column}"' for column in TABLES[name].sort_by)
    found = database.execute(f"SELECT * FROM {name} ORDER BY {order}").fetchall()
    assert found == rows_of(snapshot, name).rows()


def test_the_duckdb_file_has_keys_where_they_are_asked_for(quotidian, archive: Path, tmp_path: Path) -> None:
    keys = "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
    links = "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'"
    to_others = [t for table in CATALOG for t, _ in table.foreign_keys.values() if t != table.name]
    quotidian("export", "keys.duckdb", "--keys", "--data", archive)
    with duckdb.connect(tmp_path / "keys.duckdb", read_only=True) as made:
        assert dict(made.execute(keys).fetchall()) == {table.name: table.key for table in CATALOG}
        assert made.execute(links).fetchall() == [(len(to_others),)]


def test_the_duckdb_file_has_comments_that_tell_the_keys(database) -> None:
    assert database.execute("SELECT count(*) FROM duckdb_indexes()").fetchall() == [(0,)]
    made = "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type <> 'NOT NULL'"
    assert database.execute(made).fetchall() == [(0,)]
    comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'articles' AND column_name = 'body_chars'"
    assert database.execute(comment).fetchall() == [("Length of body. Unit: code points.",)]
    (meaning,) = database.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'quotes'").fetchone()
    assert meaning.startswith(f"{TABLES['quotes'].meaning} Key: quote_id. article_id is articles.article_id, ")


def test_the_duckdb_file_has_the_storage_of_version_1_4(database) -> None:
    tags = "SELECT tags FROM duckdb_databases() WHERE NOT internal"
    assert database.execute(tags).fetchone()[0]["storage_version"].startswith("v1.4.0")


def test_the_duckdb_file_has_views_and_says_which_snapshot(database, snapshot: Path) -> None:
    assert ("Ann Smith",) in database.execute("SELECT DISTINCT speaker FROM quotations").fetchall()
    assert database.execute("SELECT count(*) FROM copied_articles").fetchone() == (2,)
    assert database.execute("SELECT snapshot, inputs FROM snapshot").fetchall() == [(snapshot.name, 4)]


@pytest.mark.parametrize("name", TABLES)
def test_the_sqlite_file_has_the_rows_of_every_table(lite, snapshot: Path, name: str) -> None:
    order = ", ".join(f'"{column}"' for column in TABLES[name].sort_by)
    found = lite.execute(f"SELECT * FROM {name} ORDER BY {order}").fetchall()
    dates = pl.col(pl.Date).cast(pl.String), pl.col(pl.Datetime).dt.to_string("iso:strict")
    assert found == rows_of(snapshot, name).with_columns(*dates).rows()


def test_the_sqlite_file_has_keys_and_views(lite) -> None:
    assert lite.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(lite.execute("PRAGMA foreign_key_list(quotes)").fetchall()) == len(TABLES["quotes"].foreign_keys)
    assert lite.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND rootpage > 0").fetchall() == [(0,)]
    assert ("Ann Smith",) in lite.execute("SELECT DISTINCT speaker FROM quotations").fetchall()


@pytest.mark.parametrize("write", [write_duckdb, write_sqlite])
def test_a_failing_export_leaves_the_file_before(snapshot: Path, tmp_path: Path, write) -> None:
    def fail(table: str, rows: int) -> None:
        if table == "quotes":
            raise QuotidianError("full")

    (tmp_path / "news.db").write_text("before")
    with pytest.raises(QuotidianError, match="full"):
        write(snapshot, tmp_path / "news.db", fail)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_the_command_writes_a_database(quotidian, archive: Path, tmp_path: Path, snapshot: Path) -> None:
    done = quotidian("export", "news.duckdb", "--json", "--data", archive)
    values = json.loads(done.stdout)
    assert (values["rows"]["articles"], Path(values["snapshot"])) == (4, snapshot)
    assert (tmp_path / "news.duckdb").exists()


def test_the_command_writes_sheets_with_their_columns_explained(quotidian, archive: Path, tmp_path: Path) -> None:
    shown = quotidian("export", "a.xlsx", "--table", "quotes", "--table", "entities", "--data", archive).stdout
    assert "2 tables, " in shown
    assert "in a.xlsx (" in shown
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["quotes", "entities", "columns"]
    assert [cell.value for cell in book["entities"][1]] == TABLES["entities"].schema.column_names()
    assert book["columns"]["C3"].value == TABLES["quotes"].schema.columns()["article_id"].description


def test_views_are_written_like_tables(quotidian, archive: Path, tmp_path: Path) -> None:
    shown = quotidian("export", "a.csv", "--table", "quotations", "--data", archive).stdout
    rows = pl.read_csv(tmp_path / "a.csv")
    assert f"{rows.height} rows" in shown
    assert rows.filter(pl.col("speaker") == "Ann Smith")["quote_start"].min() > 0
    quotidian("export", "a.xlsx", "--table", "quotations", "--table", "quotes", "--data", archive)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["quotations", "quotes", "columns"]


def test_the_command_writes_a_question(quotidian, archive: Path, tmp_path: Path) -> None:
    quotidian("export", "a.json", "--sql", "SELECT count(*) AS n FROM articles", "--data", archive)
    assert json.loads((tmp_path / "a.json").read_text()) == [{"n": 4}]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a.csv",), "a.csv takes a selection: give --table NAME or --sql QUERY"),
        (("a.csv", "--table", "articles", "--table", "edits"), "takes one table"),
        (("a.csv", "--table", "article"), r"There is no table article \(did you mean articles\?\): there are articles"),
        (("a.doc", "--table", "articles"), "use .csv, .json, .parquet, .xlsx, .duckdb, .sqlite, .db"),
        (("a.duckdb", "--table", "articles"), "a.duckdb takes all of the snapshot"),
        (("a.sqlite", "--keys"), "--keys is for a .duckdb file"),
    ],
)
def test_mistakes_get_one_sentence(archive: Path, arguments: tuple, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        app(["export", *arguments, "--data", str(archive)], result_action="return_value", exit_on_error=False)
    assert "\n" not in str(caught.value)
