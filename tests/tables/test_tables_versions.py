"""A room's version follows what its code does, not how it is written."""

from pathlib import Path

from quotidian.tasks.tables import facts, versions


def test_comments_docstrings_and_layout_do_not_count() -> None:
    documented = '"""Doc."""\n\ndef f(x):\n    """Doc."""\n    # why\n    return (x +\n            1)\n'
    one, same, other = (
        versions.read_program(source, "clean")
        for source in ("def f(x): return x + 1\n", documented, "def f(x): return x + 2\n")
    )
    assert same == one
    assert other.digest != one.digest


def test_every_fact_file_is_read_by_a_room_that_counts_it() -> None:
    rooms = [path.parent.name for path in versions.ROOMS.glob("*/task.py")]
    read = {name for room in rooms for name in versions.facts_of(versions.reach_modules(f"{room}.task"))}
    assert read == {path.stem for path in facts.FOLDER.glob("*.csv")}


def test_a_version_follows_what_the_door_reaches() -> None:
    extract, clean = (versions.reach_modules(f"{room}.task") for room in ("extract", "clean"))
    assert {"extract.task", "extract.ner", "extract.find_quotes"} <= set(extract)
    assert "extract.index" not in extract  # lists what is finished: changes no result
    assert "ingest.raw_text" in clean
    assert "ingest.fetch" not in clean
    assert not any(name.startswith("tables.") for name in clean)


def test_a_setting_changes_the_version() -> None:
    one, two = (versions.room_version("ingest", ("polars",), size=size) for size in (1, 2))
    assert one != two
    assert len(one) == 12
    assert versions.room_version("ingest", ("polars",), size=1) == one


def test_rooms_are_where_the_hash_looks() -> None:
    assert (Path(versions.ROOMS) / "tables" / "versions.py").exists()
