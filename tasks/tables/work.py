"""The work store: finished per-article results of a room, in immutable files named by their content.

A room has a folder for each version, `work/<room>/<version>/`, and in it one Parquet file for each finished
batch. A file's name is the hash of its bytes, so that a damaged file is found when it is read. A key may
stand in several files (two runs that did the same work); its rows are then the same.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from .files import FORMAT, plain_type, write_aside


def hash_bytes(data: bytes) -> str:
    """32 hex digits of BLAKE2b: content address of a stored file."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@dataclass(frozen=True)
class WorkFolder:
    """Finished results of one room in one version; rows have the columns of `schema`, one of them `key`."""

    path: Path
    schema: pl.Schema
    key: str

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        arrow = pl.DataFrame(schema=self.schema).to_arrow().schema
        return pa.schema([pa.field(f.name, plain_type(f.type)) for f in arrow])

    def files(self) -> list[Path]:
        """The whole batches, by name; what a killed process left behind starts with a dot."""
        return sorted(p for p in self.path.glob("*.parquet") if not p.name.startswith("."))

    def write(self, rows: list[dict] | pl.DataFrame) -> Path:
        """Write one finished batch, sorted by key, and return its path."""
        frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(rows, schema=self.schema, orient="row")
        arrow = frame.select(self.schema.names()).sort(self.key).to_arrow().cast(self.arrow_schema)
        buffer = io.BytesIO()
        pq.write_table(arrow, buffer, **FORMAT)
        path = self.path / f"{hash_bytes(buffer.getvalue())}.parquet"
        with write_aside(path) as aside:
            aside.write_bytes(buffer.getvalue())
        return path

    def keys(self) -> pl.Series:
        """Keys of everything finished, sorted, each once."""
        return self.scan(self.key).sort(self.key).collect().to_series()

    def scan(self, *columns: str) -> pl.LazyFrame:
        """The columns (all of them where none is named), one row for each key."""
        names = list(columns) or self.schema.names()
        files = self.files()
        if not files:
            return pl.LazyFrame(schema=self.schema).select(names)
        types = {name: self.schema[name] for name in names}
        return pl.scan_parquet(files).select(names).cast(types).unique(self.key, keep="any")

    def locate(self, **columns: pl.Expr) -> pl.DataFrame:
        """One row for each key: key, `file` that holds it (the first by name), and `columns` made from its row."""
        files = self.files()
        if not files:
            empty = pl.DataFrame(schema=self.schema)
            return empty.select(self.key, file=pl.lit(None, pl.String), **columns).clear()
        rows = pl.scan_parquet(files, include_file_paths="file").select(self.key, "file", **columns).collect()
        return rows.sort(self.key, "file").unique(self.key, keep="first", maintain_order=True)

    def read(self, located: pl.DataFrame) -> pl.DataFrame:
        """Whole rows of the keys in `located` (key, file), sorted by key; no other file is opened."""
        files = located["file"].unique().sort().to_list()
        if not files:
            return pl.DataFrame(schema=self.schema)
        wanted = pl.col(self.key).is_in(located[self.key].implode())
        rows = pl.scan_parquet(files).filter(wanted).collect().cast(dict(self.schema))
        return rows.unique(self.key, keep="any").sort(self.key)

    def damaged(self) -> list[Path]:
        """Files whose bytes are not those that their names promise."""
        return [path for path in self.files() if hash_bytes(path.read_bytes()) != path.stem]
