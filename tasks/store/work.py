"""The work store: finished per-article results of a room, in immutable files named by their content.

A room has a folder for each version, `work/<room>/<version>/`, and in it one Parquet file for each finished
batch. A file's name is the hash of its bytes, so that damage is found (see soundness.py). A key may
stand in several files: where two runs did the same work its rows are the same, else the columns of `rank` decide
which of them counts, whatever the order in which they came.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from .file_format import FORMAT, plain_type
from .files import write_aside
from .listing import read_listing


def hash_bytes(data: bytes) -> str:
    """32 hex digits of BLAKE2b: content address of a stored file."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def has_each_once(rows: pl.DataFrame, key: str) -> bool:
    """Whether no key stands in two rows: to look is cheap, and to drop repeats of nested rows costs as much as to read them."""
    return rows[key].n_unique() == rows.height


@dataclass(frozen=True)
class WorkFolder:
    """Finished results of one room in one version; rows have the columns of `schema`, one of them `key`.

    Of several rows with one key, that with the smallest values in the columns of `rank` counts. A column that
    files of an earlier version lack is null. What is asked of the columns `listed` is read from a listing (listing.py).
    """

    path: Path
    schema: pl.Schema
    key: str
    rank: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        arrow = pl.DataFrame(schema=self.schema).to_arrow().schema
        return pa.schema([pa.field(f.name, plain_type(f.type)) for f in arrow])

    def files(self) -> list[Path]:
        """The whole batches, by name; what a killed process left behind starts with a dot."""
        return sorted((p for p in self.path.glob("*.parquet") if not p.name.startswith(".")), key=attrgetter("name"))

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
        needed = list(dict.fromkeys([*names, *(self.rank if names != [self.key] else ())]))
        types = {name: self.schema[name] for name in needed}
        return self.choose(self.open_named(files, set(needed)).select(needed).cast(types)).select(names)

    def open(self, files: list[Path], **options: str) -> pl.LazyFrame:
        """All rows of some files."""
        return pl.scan_parquet(files, schema=self.schema, missing_columns="insert", **options)

    def open_named(self, files: list[Path], names: set[str], wanted: pl.Expr | None = None) -> pl.LazyFrame:
        """All rows of all files, or those that are wanted, with the path of the `file` that each is from; from the listing where this has the
        columns named."""
        listed = {name: self.schema[name] for name in (self.key, *self.listed, *self.rank)}
        if not names <= listed.keys():
            rows = self.open(files, include_file_paths="file")
            return rows if wanted is None else rows.filter(wanted)

        def read(some: list[Path]) -> pl.DataFrame:
            return self.open(some, include_file_paths="file").select(*listed, "file").cast(listed).collect()

        return read_listing(files, listed, read, hash_bytes, wanted).lazy()

    def choose(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Of the rows of each key the one that counts."""
        rank = [name for name in self.rank if name in rows.collect_schema()]
        if not rank:
            return rows.unique(self.key, keep="any")
        return rows.sort(self.key, *rank).unique(self.key, keep="first", maintain_order=True)

    def locate(self, among: pl.Series | None = None, **columns: pl.Expr | str) -> pl.DataFrame:
        """One row for each key, or each of those `among` which it is asked for: key, `file` that holds it (the first by name of equal
        ones), and `columns` of its row."""
        files = self.files()
        if not files:
            empty = pl.DataFrame(schema=self.schema)
            return empty.select(self.key, file=pl.lit(None, pl.String), **columns).clear()
        rank = {f"rank {place}": pl.col(name) for place, name in enumerate(self.rank)}
        named = [pl.col(column) if isinstance(column, str) else column for column in columns.values()]
        asked = {name for column in named for name in column.meta.root_names()}
        wanted = None if among is None else pl.col(self.key).is_in(among.implode())
        opened = self.open_named(files, {self.key, *self.rank, *asked}, wanted)
        rows = opened.select(self.key, "file", **columns, **rank).collect()
        return rows.sort(self.key, *rank, "file").unique(self.key, keep="first", maintain_order=True).drop(*rank)

    def read(self, located: pl.DataFrame) -> pl.DataFrame:
        """Whole rows of the keys in `located` (key, file), sorted by key; no other file is opened."""
        files = located["file"].unique().sort().to_list()
        if not files:
            return pl.DataFrame(schema=self.schema)
        wanted = pl.col(self.key).is_in(located[self.key].implode())
        rows = self.open(files, include_file_paths="file").filter(wanted).collect()
        own = rows.join(located, on=[self.key, "file"], how="semi").drop("file").cast(dict(self.schema))
        chosen = own if has_each_once(own, self.key) else self.choose(own.lazy()).collect()
        return chosen.sort(self.key)

    def measure(self, located: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
        """The rows of `located` (key, file and others) with `columns` of their rows; no other file is opened."""
        files = located["file"].unique().sort().to_list()
        if not files:
            return located.with_columns(pl.lit(None).alias(name) for name in columns)
        rows = self.open(files, include_file_paths="file").select(self.key, "file", **columns).collect()
        return located.join(rows, on=[self.key, "file"], how="left", maintain_order="left")

    def is_readable(self) -> bool:
        """Whether there are results, in columns of today's types: those of an older release may have others."""
        files = self.files()
        types = pl.read_parquet_schema(files[0]) if files else {}
        return self.key in types and all(types[name] == self.schema.get(name) for name in types)
