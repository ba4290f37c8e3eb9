"""First law: what can change a result is in the version of its room."""

import json
import subprocess
import sys

import pytest

from quotidian.tasks.store import versions

DOORS = {
    "clean": "from quotidian.tasks.clean import row, task",
    "extract": "from quotidian.tasks.extract import row, task",
    "deduplicate": "from quotidian.tasks.deduplicate import compute_links, task",
}
PROGRAM = """
import json, sys
{door}
print(json.dumps([name for name in sys.modules if name.startswith("quotidian.tasks.")]))
"""


@pytest.mark.parametrize("room", DOORS)
def test_every_module_that_a_door_loads_is_hashed_or_exempt(room: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(door=DOORS[room])], capture_output=True, text=True, check=True
    )
    names = {name.removeprefix("quotidian.tasks.") for name in json.loads(done.stdout)}
    loaded = {name for name in names if versions.has_file(name)}
    assert loaded - {*versions.reach_modules(f"{room}.task")} - versions.EXEMPT == set()
    assert len(loaded) > 5


def test_every_exempt_module_exists() -> None:
    assert all(versions.has_file(name) for name in versions.EXEMPT)
