"""Facts that people edit: the CSV files of `seeds/`."""

import csv
from functools import cache
from pathlib import Path

import quotidian.seeds

FOLDER = Path(quotidian.seeds.__file__).parent


@cache
def read_facts(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `seeds/<name>.csv`, one dict a line, in the order of the file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
