"""Totals of the snapshot before and what changed since are those of all files."""

import random
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from quotidian.tasks.publish.memory import ALL_DAYS, FILES, Memory
from quotidian.tasks.publish.recount import COUNTED, Changes, count_changes, find_totals
from quotidian.tasks.publish.snapshot import FileEntry, hash_file
from quotidian.tasks.publish.totals import Counted, count_files
from quotidian.tasks.store.soundness import Ledger
from quotidian.tasks.tables.catalog import TABLES

DAYS = (date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 3), None)
SAYS = "the bridge is safe"


def make_rows(name: str, rows: list[dict]) -> pl.DataFrame:
    """Rows of a table, null where nothing is told."""
    types = {column: declared.dtype for column, declared in TABLES[name].schema.columns().items()}
    return pl.DataFrame([dict.fromkeys(types) | row for row in rows], schema=types, orient="row")


def invent_article(number: int, chance: random.Random) -> dict:
    """Day, origin, named entities and quotations of an article: (statement, speaker, whether it is said, words)."""
    return {
        "article_id": f"{number:016x}",
        "day": DAYS[number % 4],
        "origin": f"o{chance.randrange(3)}",
        "names": [(f"e{chance.randrange(6)}", chance.choice(("name", "pronoun"))) for _ in range(chance.randrange(4))],
        "quotes": [
            (f"sa_{chance.randrange(6):012x}", f"e{chance.randrange(6)}", chance.random() < 0.8, chance.randrange(1, 4))
            for _ in range(chance.randrange(3))
        ],
    }


def list_rows(article: dict) -> dict[str, list[dict]]:
    """The rows of an article in the tables that are counted."""
    own, day = article["article_id"], article["day"]
    quotes = [(f"{own}:q{place}", *quote) for place, quote in enumerate(article["quotes"])]
    return {
        "articles": [{"article_id": own, "origin_id": article["origin"]}],
        "mentions": [
            {"article_id": own, "day": day, "entity_id": entity, "mention_kind": kind, "text": entity.upper()}
            for entity, kind in article["names"]
        ],
        "quotes": [
            {"quote_id": quote, "article_id": own, "day": day, "statement_id": statement, "is_said": is_said}
            | {"speaker_entity_id": speaker, "content": " ".join([SAYS] * words)}
            for quote, statement, speaker, is_said, words in quotes
        ],
        "quote_speakers": [
            {"quote_id": quote, "entity_id": speaker, "how": "named", "day": day} for quote, _, speaker, *_ in quotes
        ],
    }


def gather_rows(articles: list[dict]) -> dict[str, pl.DataFrame]:
    rows = [list_rows(article) for article in articles]
    return {name: make_rows(name, [row for own in rows for row in own[name]]) for name in COUNTED}


def write_snapshot(folder: Path, articles: list[dict]) -> None:
    """A folder with the files by day of some articles."""
    for day in DAYS:
        for name, rows in gather_rows([article for article in articles if article["day"] == day]).items():
            path = folder / name / str(day) / "part-0.parquet"
            path.parent.mkdir(parents=True)
            rows.write_parquet(path)


def write_totals(folder: Path, counted: Counted) -> list[FileEntry]:
    entities = make_rows("entities", []).drop(counted.seen.columns[1:]).clear()
    entities = counted.seen.join(entities, on="entity_id", how="left")
    entries = []
    for name, rows in (
        ("entities", entities),
        ("entity_aliases", counted.aliases),
        ("statements", counted.statements),
    ):
        path = folder / name / "part-0.parquet"
        path.parent.mkdir(parents=True)
        rows.write_parquet(path)
        entries.append(FileEntry(f"{name}/part-0.parquet", name, rows.height, path.stat().st_size, hash_file(path)))
    return entries


def describe(articles: list[dict]) -> tuple[pl.DataFrame, SimpleNamespace, pl.DataFrame]:
    """Index, links, and the origins of articles."""
    index = pl.DataFrame([{"article_id": a["article_id"], "portion": f"{a['day']}/part-0"} for a in articles])
    rows = gather_rows(articles)
    links = SimpleNamespace(quotes=rows["quotes"], entity_links=rows["mentions"].select("article_id", "entity_id"))
    return index, links, rows["articles"].select("article_id", "origin_id")


@pytest.mark.parametrize("seed", range(40))
def test_what_changed_gives_the_totals_of_all_files(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    before = [invent_article(number, chance) for number in range(12)]
    changed = {chance.randrange(12) for _ in range(3)}
    after = [invent_article(number, chance) if number in changed else before[number] for number in range(12)]
    moved = chance.randrange(12)
    after[moved] = after[moved] | {"origin": "o9"}
    left = [article for number, article in enumerate(after) if number not in {*list(changed)[:1]}]
    added = [invent_article(number, chance) for number in (12, 13)]
    for name, articles in (("before", before), ("after", left + added)):
        write_snapshot(tmp_path / name, articles)
    totals = write_totals(tmp_path / "before", count_files(tmp_path / "before", describe(before)[2]))
    changes = Changes(tmp_path / "before", totals)
    changes.note(
        gather_rows([before[number] for number in changed]),
        gather_rows([after[number] for number in changed if after[number] in left] + added),
    )
    if moved not in changed:  # only its row of the table articles is another
        changes.note({"articles": gather_rows([before[moved]])["articles"]}, {})
    index, links, groups = describe(left + added)
    found = count_changes(changes, tmp_path / "after", index, links, groups)
    whole = count_files(tmp_path / "after", groups)
    if found is None:  # somebody speaks who was mentioned nowhere
        spoken, seen = (
            {*rows["entity_id"]} for rows in (gather_rows(before)[n] for n in ("quote_speakers", "mentions"))
        )
        assert spoken - seen
        return
    assert_frame_equal(found.seen, whole.seen, check_row_order=False, check_column_order=False)
    assert_frame_equal(found.aliases, whole.aliases)
    assert_frame_equal(found.statements, whole.statements)


def test_totals_are_known_where_every_portion_of_theirs_is(tmp_path: Path) -> None:
    path = tmp_path / "published/snapshots/000001-a/entities/part-0.parquet"
    path.parent.mkdir(parents=True)
    path.write_text("rows")
    entry = FileEntry("entities/part-0.parquet", "entities", 1, 4, hash_file(path))
    rows = [{"group": group, "fingerprint": "f", **vars(entry)} for group in (ALL_DAYS, "a", "b")]
    memory = Memory(pl.DataFrame(rows, schema=FILES), pl.DataFrame())
    snapshot, ledger = path.parent.parent, Ledger(tmp_path, {})
    assert find_totals(memory, snapshot, {"a", "b", "c"}, ledger).totals == [entry]
    assert find_totals(memory, snapshot, {"a"}, ledger).totals == []
    path.write_text("other")
    assert find_totals(memory, snapshot, {"a", "b"}, Ledger(tmp_path, {})).totals == []
