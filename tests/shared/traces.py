"""What must not be found any more once an article is taken down."""

from pathlib import Path

import pyarrow.parquet as pq

TRACES = ("Zanzibarium", "zanzibarium", "Quillfeather")
"""Words of the address and the text of the article that tests take down, and of nothing else."""


def find_traces(root: Path) -> list[str]:
    """Files below a folder that hold a word of TRACES, or have one in their name."""
    found = []
    for path in (p for p in root.rglob("*") if p.is_file()):
        words = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text(errors="replace")
        if any(trace in words + path.name for trace in TRACES):
            found.append(path.relative_to(root).as_posix())
    return found
