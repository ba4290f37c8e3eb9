"""Readers of three libraries in processes of their own: `python snapshot_readers.py LIBRARY PUBLISHED STOP`.

Each resolves `current` and reads all tables of that snapshot, over and over until the file STOP exists, and prints
how many snapshots it read, how many different ones, and what was torn, missing or contradictory, as JSON.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

Read = Callable[[Path, str], tuple[int, set]]
"""Reads every column of a table; returns its rows, and the set of its entity ids (of quotes: of the speakers)."""

ENTITY = {"quotes": "speaker_entity_id", "entities": "entity_id"}


def read_polars(snapshot: Path, table: str) -> tuple[int, set]:
    import polars as pl

    frame = pl.read_parquet(f"{snapshot}/{table}/**/*.parquet")
    return frame.height, set(frame[ENTITY[table]].drop_nulls()) if table in ENTITY else set()


def read_pyarrow(snapshot: Path, table: str) -> tuple[int, set]:
    import pyarrow.dataset as ds

    rows = ds.dataset(snapshot / table, partitioning="hive").to_table()
    ids = rows[ENTITY[table]].to_pylist() if table in ENTITY else []
    return rows.num_rows, set(ids) - {None}


def read_duckdb(snapshot: Path, table: str) -> tuple[int, set]:
    import duckdb

    found = duckdb.execute(f"SELECT * FROM read_parquet('{snapshot}/{table}/**/*.parquet')")
    names, rows = [column[0] for column in found.description], found.fetchall()
    ids = {row[names.index(ENTITY[table])] for row in rows} if table in ENTITY else set()
    return len(rows), ids - {None}


def find_faults(read: Read, snapshot: Path) -> list[str]:
    """What of a snapshot cannot be read, has other rows than its manifest says, or does not fit together."""
    counts: dict[str, int] = {}
    for entry in json.loads((snapshot / "manifest.json").read_text())["files"]:
        counts[entry["table"]] = counts.get(entry["table"], 0) + entry["rows"]
    seen = {table: read(snapshot, table) for table in counts}
    faults = [f"{table}: {seen[table][0]} rows, not {rows}" for table, rows in counts.items() if seen[table][0] != rows]
    if not seen["quotes"][1] <= seen["entities"][1]:
        faults.append("quotes of speakers that entities does not know")
    return faults


def main(library: str, published: Path, stop: Path) -> None:
    read, count, names, faults = globals()[f"read_{library}"], 0, set(), []
    while not stop.exists():
        snapshot = (published / "current").resolve()
        try:
            faults += [f"{snapshot.name} {fault}" for fault in find_faults(read, snapshot)]
        except Exception as error:
            faults.append(f"{snapshot.name} {type(error).__name__}: {error}")
        count += 1
        names.add(snapshot.name)
    print(json.dumps({"reads": count, "snapshots": len(names), "faults": faults}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
