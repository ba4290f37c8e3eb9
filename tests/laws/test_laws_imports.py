"""Third law: a door is not a room."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("store", "tables", "ingest", "clean", "extract", "deduplicate", "publish", "share", "report")


def imported_names(path: Path) -> set[str]:
    """Absolute names of all modules that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.level > 1:
            pytest.fail(f"{path.name} reaches out of its room by a relative import")
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_itself_and_earlier_rooms_only(room: str) -> None:
    later = ROOMS[ROOMS.index(room) + 1 :]
    for path in (ROOT / "tasks" / room).rglob("*.py"):
        for name in imported_names(path):
            assert not name.startswith("quotidian.flows"), f"{path}: {name}"
            assert not any(name.startswith(f"quotidian.tasks.{other}") for other in later), f"{path}: {name}"


def test_every_folder_of_tasks_is_a_known_room() -> None:
    folders = {path.name for path in (ROOT / "tasks").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(ROOMS)


def test_nothing_outside_the_doors_imports_prefect() -> None:
    for path in (ROOT / "tasks").rglob("*.py"):
        assert not any(name.split(".")[0].startswith("prefect") for name in imported_names(path)), path
    inside = [
        path.relative_to(ROOT / "flows")
        for path in (ROOT / "flows").rglob("*.py")
        if any(name.split(".")[0] == "prefect" for name in imported_names(path))
    ]
    assert {path.parts[0] for path in inside} == {"recorded"}
