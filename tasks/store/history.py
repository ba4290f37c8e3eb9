"""The order in which versions of rooms were first used on a data folder: which of two older results is the newer.

`work/versions.csv` has a line for each version of a room, the first used first. Versions whose folder lies in the
work store but which are not listed (the file is gone, say) count as older than all listed ones, by name.
"""

import csv
import io
from pathlib import Path

from .files import write_aside

COLUMNS = ("room", "version")


def history_path(data: Path) -> Path:
    """Where the order is kept."""
    return data / "work" / "versions.csv"


def read_history(data: Path) -> list[tuple[str, str]]:
    """(room, version) in the order of first use."""
    path = history_path(data)
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["room"], row["version"]) for row in csv.DictReader(file)]


def record_versions(data: Path, used: dict[str, str]) -> None:
    """Add the versions (by room) that were not used before; unlisted ones of the work store come before them."""
    known = read_history(data)
    new = [(room, version) for room, version in used.items() if (room, version) not in known]
    if not new:
        return
    unlisted = [(room, v) for room in used for v in list_unlisted(data, room, known) if (room, v) not in new]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *known, *unlisted, *new])
    with write_aside(history_path(data)) as aside:
        aside.write_text(text.getvalue(), encoding="utf-8")


def list_unlisted(data: Path, room: str, known: list[tuple[str, str]]) -> list[str]:
    """Versions of a room that have a folder and no line, by name."""
    folders = sorted(path.name for path in (data / "work" / room).glob("[!.]*") if path.is_dir())
    return [version for version in folders if (room, version) not in known]


def order_versions(data: Path, room: str, current: str) -> list[str]:
    """Versions of a room that have results: the current one, then the others, the last used first."""
    known = read_history(data)
    listed = [version for name, version in known if name == room]
    oldest_first = [*list_unlisted(data, room, known), *listed]
    older = [v for v in reversed(oldest_first) if v != current and (data / "work" / room / v).is_dir()]
    return [current, *older]
