"""`quotidian export postgres://…` against a real PostgreSQL server."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from adbc_driver_postgresql import dbapi

from quotidian.tasks.share import postgres
from quotidian.tasks.share.definitions import explain_table
from quotidian.tasks.share.postgres import PostgresFailed, hide_password, write_postgres
from quotidian.tasks.share.postgres_swap import SchemaForeign
from quotidian.tasks.store.errors import QuotidianError
from quotidian.tasks.tables.catalog import CATALOG, TABLES

pytestmark = pytest.mark.server

QUOTES = "SELECT count(*) FROM quotidian.quotes"
TEXTS = {
    "first": ["Mayor Ann Smith said that the bridge would open in May.", "Tom Brown said that the road is shut."],
    "second": ["Mayor Ann Smith said that the harbour would close in June."],
}


def quiet(table: str, rows: int) -> None:
    """Report to nobody."""


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two snapshots with different articles."""
    folder, made = tmp_path_factory.mktemp("postgres"), {}
    for name, texts in TEXTS.items():
        lines = [json.dumps({"id": n, "date": "2023-06-19", "text": text}) for n, text in enumerate(texts)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines))
        command = [Path(sys.executable).parent / "quotidian", "run", f"{name}.jsonl", "--inline", "--workers", "1"]
        subprocess.run([*command, "--data", name], cwd=folder, capture_output=True, check=True, timeout=600)
        made[name] = (folder / name / "published" / "current").resolve()
    return made


@pytest.fixture
def address(postgres: str) -> str:
    """The server without what other tests left."""
    run(postgres, "DROP SCHEMA IF EXISTS quotidian CASCADE", "DROP SCHEMA IF EXISTS desk CASCADE")
    return postgres


def run(address: str, *statements: str) -> None:
    with dbapi.connect(address) as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        connection.commit()


def ask(address: str, query: str) -> list[tuple]:
    with dbapi.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_the_command_loads_every_row(address: str, snapshots: dict[str, Path], quotidian) -> None:
    done = quotidian("export", address, "--data", snapshots["first"].parents[2])
    assert f"snapshot {snapshots['first'].name} in schema quotidian of" in done.stdout
    for table in CATALOG:
        rows = pl.read_parquet(f"{snapshots['first']}/{table.name}/**/*.parquet", hive_partitioning=False)
        order = ", ".join(f'"{column}"' for column in table.sort_by)
        loaded = ask(address, f'SELECT * FROM quotidian."{table.name}" ORDER BY {order}')
        assert sorted(map(str, loaded)) == sorted(map(str, rows.rows()))
    assert ask(address, "SELECT snapshot, inputs FROM quotidian.snapshot") == [(snapshots["first"].name, 2)]
    assert ("Ann Smith",) in ask(address, "SELECT speaker FROM quotidian.quotations")


def test_tables_have_keys_indexes_and_comments(address: str, snapshots: dict[str, Path]) -> None:
    write_postgres(snapshots["first"], address, "quotidian", quiet)
    kinds = (
        "SELECT contype::text, count(*) FROM pg_constraint WHERE connamespace = 'quotidian'::regnamespace GROUP BY 1"
    )
    counts = dict(ask(address, kinds))
    assert counts["p"] == len(CATALOG)
    assert counts["f"] == sum(len(table.foreign_keys) for table in CATALOG)
    comment = (
        "SELECT col_description('quotidian.articles'::regclass, attnum) FROM pg_attribute WHERE attname = 'body_chars'"
    )
    assert ("Length of body. Unit: code points.",) in ask(address, comment)
    assert ask(address, "SELECT obj_description('quotidian.quotes'::regclass)") == [(explain_table(TABLES["quotes"]),)]
    indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'quotidian' AND indexname LIKE '%speaker_entity_id%'"
    columns = [column for table in CATALOG for column in table.foreign_keys if "speaker_entity_id" in column]
    assert {"speaker_entity_id", "other_speaker_entity_id"} <= set(columns)
    assert ask(address, indexes) == [(len(columns),)]


def test_a_second_export_keeps_rights_and_views(address: str, snapshots: dict[str, Path]) -> None:
    write_postgres(snapshots["first"], address, "quotidian", quiet)
    run(
        address,
        "DROP ROLE IF EXISTS reader",
        "CREATE ROLE reader",
        "GRANT USAGE ON SCHEMA quotidian TO reader",
        "GRANT SELECT ON quotidian.quotes, quotidian.quotations TO reader",
        "CREATE SCHEMA desk",
        'CREATE VIEW desk."Our quotes" AS SELECT speaker, content FROM quotidian.quotations',
        'CREATE VIEW desk.counted AS SELECT speaker, count(*) AS n FROM desk."Our quotes" GROUP BY speaker',
        "GRANT SELECT ON desk.counted TO reader",
    )
    write_postgres(snapshots["second"], address, "quotidian", quiet)
    assert ask(address, "SELECT * FROM desk.counted") == [("Ann Smith", 1)]
    rights = "SELECT has_schema_privilege('reader', 'quotidian', 'USAGE'), has_table_privilege('reader', 'quotidian.quotes', 'SELECT'), has_table_privilege('reader', 'desk.counted', 'SELECT'), has_table_privilege('reader', 'quotidian.articles', 'SELECT')"
    assert ask(address, rights) == [(True, True, True, False)]


def test_a_failing_export_changes_nothing(address: str, snapshots: dict[str, Path]) -> None:
    write_postgres(snapshots["first"], address, "quotidian", quiet)
    before = ask(address, QUOTES)

    def fail(table: str, rows: int) -> None:
        if table == "quotes":
            raise QuotidianError("stopped")

    with pytest.raises(QuotidianError, match="stopped"):
        write_postgres(snapshots["second"], address, "quotidian", fail)
    assert ask(address, QUOTES) == before
    assert ask(address, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'quotidian%'") == [(1,)]


def test_readers_see_one_snapshot_whole(address: str, snapshots: dict[str, Path]) -> None:
    write_postgres(snapshots["first"], address, "quotidian", quiet)
    query = "SELECT (SELECT snapshot FROM quotidian.snapshot), (SELECT count(*) FROM quotidian.articles)"
    seen, stop = set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.update(ask(address, query))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for name in ("second", "first") * 3:
            write_postgres(snapshots[name], address, "quotidian", quiet)
    finally:
        stop.set()
        reader.join()
    assert seen <= {(snapshots["first"].name, 2), (snapshots["second"].name, 1)}
    assert len(seen) == 2


def test_an_export_waits_for_a_reader(
    address: str, snapshots: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_postgres(snapshots["first"], address, "quotidian", quiet)
    with dbapi.connect(address) as connection, connection.cursor() as reader:
        reader.execute("SELECT count(*) FROM quotidian.quotes")
        monkeypatch.setattr(postgres, "LOCK_SECONDS", 2 * postgres.LOCK_TURN)
        with pytest.raises(PostgresFailed, match="lock timeout"):
            write_postgres(snapshots["second"], address, "quotidian", quiet)
        monkeypatch.setattr(postgres, "LOCK_SECONDS", 60)
        with ThreadPoolExecutor(1) as pool:
            export = pool.submit(write_postgres, snapshots["second"], address, "quotidian", quiet)
            with pytest.raises(TimeoutError):
                export.result(timeout=8 * postgres.LOCK_TURN)
            reader.execute("SELECT count(*) FROM quotidian.articles")
            assert reader.fetchall() == [(2,)]
            connection.rollback()
            export.result(timeout=60)
    assert ask(address, "SELECT count(*) FROM quotidian.articles") == [(1,)]


def test_what_no_export_made_is_never_dropped(address: str, snapshots: dict[str, Path]) -> None:
    run(address, "CREATE SCHEMA desk")
    with pytest.raises(SchemaForeign, match="Schema desk is there and no export made it"):
        write_postgres(snapshots["first"], address, "desk", quiet)
    write_postgres(snapshots["first"], address, "quotidian", quiet)
    run(
        address,
        "CREATE TABLE quotidian.mine (a integer)",
        "CREATE MATERIALIZED VIEW desk.m AS SELECT * FROM quotidian.quotes",
    )
    with pytest.raises(SchemaForeign, match=r"quotidian\.mine, desk\.m would be lost"):
        write_postgres(snapshots["second"], address, "quotidian", quiet)
    assert ask(address, "SELECT count(*) FROM quotidian.mine, desk.m") == [(0,)]


def test_a_name_of_a_schema_is_only_a_name(address: str, snapshots: dict[str, Path]) -> None:
    name = 'a"; DROP SCHEMA public; --'
    write_postgres(snapshots["second"], address, name, quiet)
    write_postgres(snapshots["second"], address, name, quiet)
    assert ask(address, "SELECT count(*) FROM pg_namespace WHERE nspname IN ('public')") == [(1,)]
    run(address, 'DROP SCHEMA "a""; DROP SCHEMA public; --" CASCADE')


def test_an_unreachable_server_is_told_without_the_password(snapshots: dict[str, Path]) -> None:
    with pytest.raises(PostgresFailed, match=r"postgres://me:\*\*\*@127\.0\.0\.1:9/x: .*refused") as caught:
        write_postgres(snapshots["first"], "postgres://me:secret@127.0.0.1:9/x", "quotidian", quiet)
    assert "secret" not in str(caught.value)
    assert hide_password("postgres://me@host/x") == "postgres://me@host/x"
