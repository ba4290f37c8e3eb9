"""Flags that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter


def describe_default(value: object) -> str | None:
    """A default as help shows it; that a switch is off, or a value not given, goes without saying."""
    return None if value is None or value is False else str(value)


Data = Annotated[
    str | None,
    Parameter(help="Data folder, or its address in a store (s3://…); default: data, or what quotidian.toml says."),
]
Inline = Annotated[bool, Parameter(negative="", help="Run without a Prefect server; nothing is recorded.")]
Workers = Annotated[int | None, Parameter(help="Processes (default: one for each core).")]
Where = Annotated[
    Literal["local", "dask"] | None, Parameter(name="--engine", help="Where batches run: here, or on Dask.")
]
DaskAddress = Annotated[str | None, Parameter(help="Scheduler of the Dask cluster (default: tcp://127.0.0.1:8786).")]
Json = Annotated[bool, Parameter(negative="", help="Print JSON for scripts.")]
Format = Annotated[
    str | None, Parameter(name="--format", help="table, csv, json, parquet or xlsx (default: by --to, else table).")
]
To = Annotated[Path | None, Parameter(help="File to write; its ending says the format.")]
Rows = Annotated[int, Parameter(help="Rows that a table shows at most.")]
Raw = Annotated[
    bool,
    Parameter(negative="", help="CSV exactly as it is: no apostrophe before texts that start like a formula."),
]
