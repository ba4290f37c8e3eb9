"""What linking keeps for the next time, so that little is computed again where little is new.

Everything is kept with what it was computed from, and found again by that: it changes the time that linking takes, and never
the result. It lies with the links that it was made with, and goes with them.
"""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from quotidian.tasks.store.work import hash_bytes

from .settings import DeduplicateSettings
from .sketches import deduplicate_version

SIGNATURE_SIZE = 128
"""Values of the signature of a text."""
COPY_SCHEMA = dict.fromkeys(
    ("article_id", "original_id", "relation", "order_basis", "kind"), pl.String
) | dict.fromkeys(("jaccard", "containment", "containment_reverse", "cosine", "aligned_share", "score"), pl.Float64)
"""Columns of a copy and its original."""
KEPT_SCHEMAS = {
    "texts": {"text_hash": pl.UInt64, "spelling": pl.UInt64, "signature": pl.Array(pl.UInt16, SIGNATURE_SIZE)},
    "pairs": dict.fromkeys(("left", "right"), pl.UInt64),
    "trees": {"tree": pl.String, **COPY_SCHEMA, "is_known": pl.Boolean},
    "blocks": {"block": pl.UInt64},
    "alike": dict.fromkeys(("block", "left", "right"), pl.UInt64),
    "stories": dict.fromkeys(("component", "member", "first"), pl.UInt64) | {"central": pl.Float64},
}
"""texts: every text that was compared. pairs: the text_hash of two texts of which one is a copy of the other. trees: the
articles of each group of copies, the first of them without an original. blocks: sets of
articles among which pairs for stories were looked for; alike: these pairs. stories: the members of each component of such pairs, with
the first article of their story. Blocks, components and articles are told by what they consist of."""
MARK = "kept.txt"


@dataclass(frozen=True)
class Kept:
    """Frames of KEPT_SCHEMAS that an earlier linking kept (`before`), and those that this one keeps (`after`)."""

    before: dict[str, pl.DataFrame] = field(default_factory=dict)
    after: dict[str, pl.DataFrame] = field(default_factory=dict)

    def recall(self, name: str) -> pl.DataFrame:
        """The frame of a name, empty where nothing was kept."""
        return self.before.get(name, pl.DataFrame(schema=KEPT_SCHEMAS[name]))


def kept_version(settings: DeduplicateSettings) -> str:
    """What must be the same for anything kept to be of use: the room and its settings."""
    return hash_bytes(f"{deduplicate_version()} {settings.model_dump_json()}".encode())


def read_kept(links: Path, settings: DeduplicateSettings) -> Kept:
    """What was kept with the newest of the links below a folder that the same room and settings made."""
    version = kept_version(settings)
    marks = [mark for mark in links.glob(f"[!.]*/{MARK}") if mark.read_text() == version]
    if not marks:
        return Kept()
    newest = max(marks, key=lambda mark: (mark.stat().st_mtime_ns, mark)).parent
    return Kept({name: pl.read_parquet(newest / f"kept_{name}.parquet") for name in KEPT_SCHEMAS})


def write_kept(kept: Kept, settings: DeduplicateSettings, folder: Path) -> None:
    """Write what is kept into a folder of links: nothing where there was nothing to link."""
    for name, frame in kept.after.items():
        frame.cast(KEPT_SCHEMAS[name]).write_parquet(folder / f"kept_{name}.parquet", compression="lz4")
    if kept.after:
        (folder / MARK).write_text(kept_version(settings))
