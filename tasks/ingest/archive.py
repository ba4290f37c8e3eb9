"""The archive: every input once, as it came, append-only."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from quotidian.tasks.tables.work import WorkFolder

FILE_BYTES = 64_000_000
KEPT_BYTES = 65_536  # of a payload that is rejected: enough to see what it was
DECLARED = ("url", "outlet", "title", "byline", "section", "published")
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
    }
)


@dataclass(frozen=True, slots=True)
class Input:
    """One input as it came: bytes, where from, and what the source declares of it.

    `media_type` is text/plain (payload is the article), text/html (a page; "; scope=fragment" for a part of one,
    "; charset=..." where the source names it) or application/json (payload is one record); `reject_reason` is set
    where it cannot become an article, whose payload may then be cut or empty. `url` is canonical.
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
        values = asdict(self)
        del values["position"]
        return {"input_id": self.input_id, **values}


def reject_input(
    name: str, reason: str, detail: str, payload: bytes = b"", position: int | None = None, **declared: str | None
) -> Input:
    """An input that cannot become an article; of its payload the first 64 KB are kept."""
    return Input(name, payload[:KEPT_BYTES], position=position, reject_reason=reason, reject_detail=detail, **declared)


def archive_folder(data: Path) -> WorkFolder:
    """The archive below the data folder; its rows have `SCHEMA`, key input_id."""
    return WorkFolder(data / "archive", SCHEMA, "input_id")


def append_new(
    folder: WorkFolder, inputs: Iterable[Input], report: Callable[[int], None] = lambda seen: None
) -> tuple[int, int]:
    """Archive the inputs that are new, in files of about 64 MB; return how many were seen and how many were new.

    An input whose id is archived already adds nothing.
    """
    known = set(folder.keys())
    rows, size, seen, new = [], 0, 0, 0
    for seen, input_ in enumerate(inputs, start=1):
        report(seen)
        row = input_.row()
        if row["input_id"] in known:
            continue
        known.add(row["input_id"])
        rows.append(row)
        new, size = new + 1, size + len(input_.payload)
        if size >= FILE_BYTES:
            folder.write(rows)
            rows, size = [], 0
    if rows:
        folder.write(rows)
    return seen, new
