"""The archive: every input once, as it came, append-only."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.store.work import WorkFolder

FILE_BYTES = 64_000_000
FILE_ROWS = 20_000  # of the smallest inputs; a row costs about 2 kB of memory until it is written
KEPT_BYTES = 65_536  # of a payload that is rejected: enough to see what it was
DECLARED = ("url", "outlet", "title", "byline", "section", "published", "captured")
RANK = ("source", "arrival")
LISTED = ("reject_reason", "reject_detail")
SCHEMA = pl.Schema(
    {
        "input_id": pl.String,
        "source": pl.String,
        "record_id": pl.String,
        "media_type": pl.String,
        "payload": pl.Binary,
        **dict.fromkeys(DECLARED, pl.String),
        "reject_reason": pl.String,
        "reject_detail": pl.String,
        "arrival": pl.String,
    }
)


@dataclass(frozen=True, slots=True)
class Input:
    """One input as it came: bytes, where from, and what the source declares of it.

    `media_type` is text/plain (payload is the article), text/html (a page; "; scope=fragment" for a part of one,
    "; charset=..." where the source names it) or application/json (payload is one record); `reject_reason` is set
    where it cannot become an article, whose payload may then be cut or empty. `url` is canonical; `captured` is
    when a crawler saw it.
    """

    source: str
    payload: bytes
    media_type: str = "text/plain"
    record_id: str | None = None
    position: int | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    section: str | None = None
    published: str | None = None
    captured: str | None = None
    reject_reason: str | None = None
    reject_detail: str | None = None

    @property
    def input_id(self) -> str:
        """32 hex digits: hash of the place it came from and of its bytes.

        The reason counts where it was rejected, so that it comes in once the settings allow it.
        """
        record = self.record_id if self.record_id is not None else self.position
        place = f"url {self.url}" if self.url else f"source {self.source} {'' if record is None else record}"
        verdict = f"rejected {self.reject_reason}\n" if self.reject_reason else ""
        return hashlib.blake2b(f"{place}\n{verdict}".encode() + self.payload, digest_size=16).hexdigest()

    def row(self) -> dict:
        """Its row in the archive; `arrival` is the hash of all but the payload."""
        values = asdict(self)
        payload = values.pop("payload")
        arrival = hashlib.blake2b(json.dumps(values).encode(), digest_size=8).hexdigest()
        del values["position"]
        return {"input_id": self.input_id, "payload": payload, "arrival": arrival, **values}


def reject_input(
    name: str, reason: str, detail: str, payload: bytes = b"", position: int | None = None, **declared: str | None
) -> Input:
    """An input that cannot become an article; of its payload the first 64 KB are kept."""
    return Input(name, payload[:KEPT_BYTES], position=position, reject_reason=reason, reject_detail=detail, **declared)


def archive_folder(data: Path) -> WorkFolder:
    """The archive below the data folder; its rows have `SCHEMA`, key input_id.

    The same page may come in several files, which declare different things of it; the first file by name counts.
    """
    return WorkFolder(data / "archive", SCHEMA, "input_id", RANK, LISTED)


Rank = tuple[str | None, ...]


def append_new(folder: WorkFolder, inputs: Iterable[Input]) -> tuple[int, int]:
    """Archive the inputs that are new, in files of about 64 MB or 20,000 rows; return how many were seen and how many were new.

    An input whose id is archived already adds nothing, unless this arrival of it comes before the archived one by `RANK`:
    then it is archived too, so that any order of arrival ends in the same.
    """
    known = read_ranks(folder)
    rows: dict[str, dict] = {}
    size, seen, new = 0, 0, 0
    for input_ in inputs:
        seen += 1
        row = input_.row()
        id_, rank = row["input_id"], tuple(row[column] for column in RANK)
        if id_ in known and not rank < known[id_]:
            continue
        new += id_ not in known
        size += len(input_.payload) if id_ not in rows else 0
        known[id_], rows[id_] = rank, row
        if size >= FILE_BYTES or len(rows) >= FILE_ROWS:
            folder.write(list(rows.values()))
            rows, size = {}, 0
    if rows:
        folder.write(list(rows.values()))
    return seen, new


def read_ranks(folder: WorkFolder) -> dict[str, Rank]:
    """The rank of each archived input by its id; nulls of earlier versions come before all."""
    columns = folder.scan("input_id", *RANK).with_columns(pl.col(RANK).fill_null("")).collect()
    sources: dict[str, str] = {}
    return {id_: (sources.setdefault(source, source), arrival) for id_, source, arrival in columns.iter_rows()}
