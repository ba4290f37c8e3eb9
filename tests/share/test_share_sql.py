"""Asking a snapshot in SQL: what may be asked, what is refused, and how mistakes are told."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from quotidian.tasks.share.queries import QueryRefused, run_query
from quotidian.tasks.share.reading import hide_progress, open_snapshot
from quotidian.tasks.share.views import read_views
from quotidian.tasks.tables.catalog import CATALOG


def ask(snapshot: Path, sql: str, **values: object) -> list[dict]:
    with open_snapshot(snapshot) as database:
        return [row for batch in run_query(database, sql, values).batches for row in batch.to_pylist()]


@pytest.mark.parametrize("name", [*(table.name for table in CATALOG), *read_views()])
def test_every_table_and_view_can_be_read(snapshot: Path, name: str) -> None:
    assert ask(snapshot, f'SELECT count(*) AS rows FROM "{name}"')[0]["rows"] >= 0


def test_tables_by_day_have_the_day_of_their_folder(snapshot: Path) -> None:
    days = ask(
        snapshot, "SELECT DISTINCT day = published_date AS same FROM articles JOIN quotes USING (article_id, day)"
    )
    assert days == [{"same": True}]


def test_values_are_bound_and_not_pasted(snapshot: Path) -> None:
    sql = "SELECT count(*) AS n FROM articles WHERE outlet = $outlet"
    assert ask(snapshot, sql, outlet="Dover Times") == [{"n": 2}]
    assert ask(snapshot, sql, outlet="' OR true --") == [{"n": 0}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('{outside}')",
        "FROM 'http://127.0.0.1:9/x.parquet'",
        "SELECT * FROM glob('/*')",
    ],
)
def test_nothing_outside_the_snapshot_can_be_read(snapshot: Path, tmp_path: Path, sql: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(QueryRefused, match="disabled by configuration"):
        ask(snapshot, sql.format(outside=tmp_path / "secret.txt"))


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{snapshot}/x.csv'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{snapshot}/x.csv'",
        "-- explain\nEXPLAIN ANALYZE COPY (SELECT 1) TO '{snapshot}/x.csv'",
        "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{snapshot}/x.csv'",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW quotes",
        "ATTACH '{snapshot}/x.db'",
        "SET threads = 1",
        "INSTALL httpfs",
        "SELECT 1; SELECT 2",
        "PIVOT quotes ON kind USING count(*)",
        "",
    ],
)
def test_only_one_question_is_answered(snapshot: Path, sql: str) -> None:
    before = sorted(snapshot.rglob("*"))
    with pytest.raises(QueryRefused):
        ask(snapshot, sql.format(snapshot=snapshot))
    assert sorted(snapshot.rglob("*")) == before


@pytest.mark.parametrize(
    "sql",
    [
        "WITH named AS (FROM quotes) SELECT * FROM named",
        "DESCRIBE quotes",
        "SUMMARIZE entities",
        "EXPLAIN SELECT 1",
        "PIVOT quotes ON kind IN ('direct', 'mixed') USING count(*) GROUP BY article_id",
    ],
)
def test_questions_of_every_form_are_answered(snapshot: Path, sql: str) -> None:
    assert ask(snapshot, sql)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT * FROM qoutes", 'Did you mean "quotes".*Tables and views: articles, edits'),
        ("SELECT nam FROM entities", "Columns of entities: entity_id, name"),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT outlet::INTEGER FROM articles", "Could not convert"),
        ("SELECT $missing", "missing"),
        ("SELECT CASE WHEN i > 50000 THEN error('late') END FROM range(100000) t(i)", "late"),
    ],
)
def test_a_mistake_is_told_in_one_line(snapshot: Path, sql: str, words: str) -> None:
    with pytest.raises(QueryRefused, match=words) as caught:
        ask(snapshot, sql)
    assert "\n" not in str(caught.value)


def test_an_answer_larger_than_memory_comes_in_batches(snapshot: Path) -> None:
    with open_snapshot(snapshot) as database:
        answer = run_query(database, "SELECT * FROM range(1000000000)")
        assert next(answer.batches).num_rows < 1_000_000
        assert answer.schema.types == [pa.int64()]
        answer.batches.close()


def test_nothing_but_the_answer_is_printed(snapshot: Path) -> None:
    assert ask(snapshot, "SELECT current_setting('enable_progress_bar') AS bar") == [{"bar": False}]


def test_a_jupyter_without_widgets_is_no_hindrance() -> None:
    """There DuckDB shows no progress, and refuses to be told so."""

    class Refusing:
        def execute(self, sql: str) -> None:
            raise duckdb.InvalidInputException("required package 'ipywidgets' is missing")

    hide_progress(Refusing())
