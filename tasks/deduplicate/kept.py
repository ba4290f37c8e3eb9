"""What linking keeps for the next time, so that little is computed again where little is new.

Everything is kept with what it was computed from, and found again by that: it changes the time that linking takes, and never
the result. It lies with the links that it was made with, and goes with them; the texts lie beside them, since they hardly change.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree

import polars as pl

from quotidian.tasks.store.work import hash_bytes
from quotidian.tasks.tables.kinds import COPY_KINDS, ORDER_BASES, RELATIONS

from .copies.part_files import read_part, write_part
from .copies.text_part import TextPart
from .settings import DeduplicateSettings
from .sketches import deduplicate_version

COPY_SCHEMA = {
    "relation": pl.Enum(RELATIONS),
    "order_basis": pl.Enum(ORDER_BASES),
    "kind": pl.Enum(COPY_KINDS),
    **dict.fromkeys(("jaccard", "containment", "containment_reverse", "cosine", "aligned_share", "score"), pl.Float64),
}
"""Columns of a copy beside itself and its original."""
IN_BLOCK = {"block": pl.UInt64, "left": pl.UInt32, "right": pl.UInt32}
"""Two rows of a block, by their places in it."""
OPPOSED = {"key": pl.UInt64, "kind": pl.String, "score": pl.Float64, "left": pl.Int64, "right": pl.Int64}
"""What two claims contradict each other in; a kind of null where they do not."""
COMPARED = ("spoken", "conflicts", "changes")
"""What quotations are compared for."""
KEPT_SCHEMAS = {
    "pairs": dict.fromkeys(("left", "right"), pl.UInt64) | dict.fromkeys(("bands", "words"), pl.UInt16),
    "trees": {"tree": pl.UInt64, "place": pl.UInt32, "original": pl.UInt32, **COPY_SCHEMA, "is_known": pl.Boolean},
    "blocks": {"block": pl.UInt64},
    "alike": IN_BLOCK | {"cosine": pl.Float64},
    "crowds": {"term": pl.UInt32, "code": pl.UInt64},
    "crossed": {"code": pl.UInt64},
    "crossing": dict.fromkeys(("left", "right"), pl.UInt64) | {"cosine": pl.Float64},
    "stories": {"component": pl.UInt64, "first": pl.UInt32, "central": pl.Float64},
    "merged": dict.fromkeys(("component", "block"), pl.UInt64),
    "merging": IN_BLOCK | {"total": pl.Float64},
    "centrality": {"story": pl.UInt64, "central": pl.Float64},
    "story_ids": {"first": pl.UInt64, "number": pl.UInt64, "story_id": pl.String},
    "spoken_blocks": {"block": pl.UInt64},
    "spoken": IN_BLOCK,
    **{f"{name}_rows": {"row": pl.UInt64} for name in COMPARED},
    **{f"{name}_pairs": dict.fromkeys(("left", "right"), pl.UInt64) for name in COMPARED},
    "conflicts": OPPOSED,
    "changes": OPPOSED,
    "variants": {"pair": pl.UInt64, "difference": pl.String},
    "told": dict.fromkeys(("function", "asked", "answer"), pl.String),
    "entity_articles": {"mark": pl.UInt64, "story_id": pl.String, "country": pl.String, "names": pl.UInt32},
    "entity_keys": {"key": pl.String, "is_person": pl.Boolean, "is_other": pl.Boolean, "root": pl.UInt32},
    "entity_names": {"key": pl.UInt32, "root": pl.UInt32, "is_person": pl.Boolean},
    "entity_roots": dict.fromkeys(("root", "label", "id", "name", "type"), pl.String),
    "entity_candidates": {"root": pl.String, "candidate": pl.String, "probability": pl.Float64},
    **{f"entity_{name}": dict.fromkeys(("key", "sign"), pl.UInt32) for name in ("offers", "asks", "given", "others")},
    "town_articles": {"mark": pl.UInt64},
    "towns": {"mark": pl.UInt64, "place": pl.UInt32, "geonames": pl.String, "is_sure": pl.Boolean, "basis": pl.String},
}
"""pairs: the text_hash of two texts of which one is a copy of the other, and how many bands and rare word pairs lead from one to the
other. trees: the articles of each group of copies by their places, earliest first, each with the
place of its original, which one of them lacks. blocks: sets of articles among which pairs for stories were looked for; alike: places in them of such pairs, as few as
make those hang together that do so by any likeness, with their cosines. crowds: terms that many share, with a few articles of each; crossed: the articles among which undated ones were looked for, where there are
any; crossing: the pairs that are alike of which one is undated, as few. stories: the members of each component of such pairs, or of each part of a large one, earliest first, with the
place of the first of their story; merged: the groups of a large one by stretches of days; merging: of any two of these that are alike the sum of the similarities of their articles;
centrality: the members of each story of a large one; story_ids: the ids of stories by their first articles, with the
number that an id spells. spoken: quotations with the first of
their statement, in each block of such as are alike. …_rows: the quotations that were compared, of speakers, stories and speakers, in
their order; …_pairs: those of them that are alike, or may contradict each other. conflicts, changes: what the claims of such pairs contradict each other in.
variants: how two wordings of a statement differ. told: what names alone tell, such as their keys. entity_…: what was decided of names, see `Earlier` of entities. town_articles: articles whose
names were asked for towns; towns: what those that may be one mean there, by their places among the article's names.
Blocks, components, articles, quotations and pairs of claims are told by what they consist of."""
MARK = "kept.txt"
PARTS = "kept_parts.json"


@dataclass
class Kept:
    """Frames of KEPT_SCHEMAS and parts of texts that an earlier linking kept (`before`, `parts_before`), and those that this one
    keeps; parts lie in `folder` as soon as they are made, or, where there is none, in memory."""

    before: dict[str, pl.DataFrame] = field(default_factory=dict)
    parts_before: list[TextPart] = field(default_factory=list)
    folder: Path | None = None
    after: dict[str, pl.DataFrame] = field(default_factory=dict)
    parts: list[TextPart] = field(default_factory=list)

    def recall(self, name: str) -> pl.DataFrame:
        """The frame of a name, empty where nothing was kept."""
        return self.before.get(name, pl.DataFrame(schema=KEPT_SCHEMAS[name]))


def kept_version(settings: DeduplicateSettings) -> str:
    """What must be the same for anything kept to be of use: the room and its settings."""
    return hash_bytes(f"{deduplicate_version()} {settings.model_dump_json()}".encode())


def texts_folder(links: Path) -> Path:
    """Where the parts of texts lie that were kept with any of the links of a folder."""
    return links.parent / "texts"


def list_newest(links: Path) -> dict[str, Path]:
    """The newest of the links below a folder that something was kept with, for each version of what made them."""
    marks = sorted(links.glob(f"[!.]*/{MARK}"), key=lambda mark: (mark.stat().st_mtime_ns, mark))
    return {mark.read_text(): mark.parent for mark in marks}


def read_kept(links: Path, settings: DeduplicateSettings) -> Kept:
    """What was kept with the newest of the links below a folder that the same room and settings made; nothing where a part is gone."""
    folder, newest = texts_folder(links), list_newest(links).get(kept_version(settings))
    named = read_names(newest) if newest else []
    if newest is None or not all((folder / name).exists() for files in named for name in files.values()):
        return Kept(folder=folder)
    frames = {name: read_frame(newest, name) for name in KEPT_SCHEMAS}
    return Kept(frames, [read_part(folder, files) for files in named], folder)


def read_names(folder: Path) -> list[dict[str, str]]:
    """The names of the files of each part that was kept with some links; an earlier release kept none."""
    return json.loads((folder / PARTS).read_text()) if (folder / PARTS).exists() else []


def read_frame(folder: Path, name: str) -> pl.DataFrame:
    """A frame that was kept with the links of a folder."""
    return pl.read_ipc_stream(folder / f"kept_{name}.arrow")


def write_frame(frame: pl.DataFrame, folder: Path, name: str) -> None:
    """Write a frame into a folder of links: packed where it has names, else, as ids are hashes, as it lies in memory, in a fifth of the time. As a
    stream a small one is written and read in a tenth of the time that a file with an index takes."""
    packed = "lz4" if pl.String in KEPT_SCHEMAS[name].values() and name != "story_ids" else "uncompressed"
    frame.rechunk().write_ipc_stream(folder / f"kept_{name}.arrow", compression=packed)


def write_kept(kept: Kept, settings: DeduplicateSettings, folder: Path) -> None:
    """Write what is kept into a folder of links, and parts of texts beside it: nothing where there was nothing to link. Parts go that none
    of the newest links needs."""
    if not kept.after:
        return
    for name, schema in KEPT_SCHEMAS.items():
        frame = kept.after[name] if name in kept.after else pl.DataFrame(schema=schema)
        write_frame(frame if frame.schema == schema else frame.cast(schema), folder, name)
    version, texts = kept_version(settings), texts_folder(folder.parent)
    parts = [part.files or write_part(part, texts) for part in kept.parts]
    others = (path for mark, path in list_newest(folder.parent).items() if mark != version)
    remove_others(texts, [*parts, *(files for path in others for files in read_names(path))])
    (folder / PARTS).write_text(json.dumps(parts))
    (folder / MARK).write_text(version)


def remove_others(folder: Path, parts: list[dict[str, str]]) -> None:
    """Remove what is in a folder beside the files of parts."""
    used = {name for files in parts for name in files.values()}
    for path in folder.iterdir():
        if path.is_dir():  # a run was killed
            rmtree(path)
        elif path.name not in used:
            path.unlink()
