"""A room's version follows what its code does, not how it is written."""

from pathlib import Path

import pytest

from quotidian.tasks.store import facts, versions


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
    assert {"extract.task", "extract.parsing.ner", "extract.quotes.find_quotes"} <= set(extract)
    assert "extract.index" not in extract  # lists what is finished: changes no result
    assert "ingest.raw_text" in clean
    assert not any(name.startswith("ingest.fetch.") for name in clean)
    assert "tables.kinds" in clean  # the kinds of credits and edits are part of a result
    assert not set(clean) & versions.EXEMPT


def test_a_setting_changes_the_version() -> None:
    one, two = (versions.room_version("ingest", ("polars",), size=size) for size in (1, 2))
    assert one != two
    assert len(one) == 12
    assert versions.room_version("ingest", ("polars",), size=1) == one


def test_rooms_are_where_the_hash_looks() -> None:
    assert Path(versions.__file__).is_relative_to(versions.ROOMS / "store")


@pytest.mark.parametrize(
    "line",
    [
        "from .marks import Segment",
        "from . import marks",
        "from ..quotes import marks",
        "from ..quotes.marks import Segment",
        "from quotidian.tasks.extract.quotes.marks import Segment",
        "from quotidian.tasks.extract.quotes import marks",
    ],
)
def test_an_import_in_an_inner_folder_is_followed(line: str) -> None:
    assert versions.read_program(line, "extract.quotes").imports == ("extract.quotes.marks",)


def test_an_import_from_outside_the_rooms_is_left(tmp_path: Path) -> None:
    for line in ("from quotidian.flows.running import pool", "import polars", "from . import pl"):
        assert versions.read_program(line, "extract").imports == ()


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch):
    """A process of its own: reads programs within `remembering_programs`, and tells how many it read anew."""

    def read(path: Path, source: str) -> tuple[versions.Program, int]:
        read_anew = []
        monkeypatch.setattr(versions, "known_programs", {})
        monkeypatch.setattr(versions, "read_program", lambda *told: read_anew.append(told) or READ(*told))
        with versions.remembering_programs(path):
            return versions.know_program(source, "extract.quotes"), len(read_anew)

    return read


READ = versions.read_program
SOURCE = "from .marks import Segment\nx = read_facts('verbs')\n"


def test_a_program_is_read_once_as_long_as_its_source_stays(reading, tmp_path: Path) -> None:
    path = tmp_path / "programs.json"
    first, again, other = (reading(path, source) for source in (SOURCE, SOURCE, f"{SOURCE}y = 1\n"))
    assert first == (READ(SOURCE, "extract.quotes"), 1)
    assert again == (first[0], 0)
    assert other[0].digest != first[0].digest
    assert other[1] == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"made_by": "another"}', '{"made_by": null, "programs": 1}'])
def test_programs_that_cannot_be_used_are_read_anew(content: str, reading, tmp_path: Path) -> None:
    path = tmp_path / "programs.json"
    path.write_text(content)
    assert reading(path, SOURCE) == (READ(SOURCE, "extract.quotes"), 1)
    assert reading(path, SOURCE)[1] == 0


def test_another_reader_reads_anew(reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading(tmp_path / "programs.json", SOURCE)
    monkeypatch.setattr(versions, "name_reader", lambda: "another Python")
    assert reading(tmp_path / "programs.json", SOURCE)[1] == 1
