"""Files of a part of the texts: one for each array, named by the hash of its bytes, read where it lies."""

import os
import shutil
from pathlib import Path

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.text_part import ARRAYS, BODY_SCHEMA, TextPart
from quotidian.tasks.store.work import hash_bytes

SUFFIXES = (".npy", ".bodies")
"""Of arrays, and of the frame of bodies (Parquet)."""


def write_part(part: TextPart, folder: Path) -> dict[str, str]:
    """Write a part; return the names of its files by what they hold."""
    files = {name: write_array(getattr(part, name), folder) for name in ARRAYS}
    aside = folder / "bodies.tmp"
    part.bodies.select(*BODY_SCHEMA).write_parquet(aside, compression="lz4")
    return files | {"bodies": name_file(aside, ".bodies")}


def write_array(array: np.ndarray, folder: Path) -> str:
    """Write one array; return the name of its file."""
    aside = folder / "array.tmp"
    with aside.open("wb") as file:
        np.save(file, array)
    return name_file(aside, ".npy")


def name_file(aside: Path, suffix: str) -> str:
    """Give a file the name that its bytes have."""
    name = hash_bytes(aside.read_bytes()) + suffix
    aside.rename(aside.with_name(name))
    return name


def read_part(folder: Path, files: dict[str, str]) -> TextPart:
    """The part of some files, whose arrays stay where they are."""
    arrays = {name: np.asarray(np.load(folder / files[name], mmap_mode="r")) for name in ARRAYS}
    paths = {name: folder / file for name, file in files.items()}
    return TextPart(bodies=pl.read_parquet(folder / files["bodies"]), **arrays, paths=paths)


def place_part(part: TextPart, folder: Path) -> dict[str, str]:
    """Have the files of a part in a folder, where they lie elsewhere as second names; return their names by what they hold."""
    if not part.paths:
        return write_part(part, folder)
    for path in set(part.paths.values()):
        if not (folder / path.name).exists():
            link_file(path, folder / path.name)
    return {name: path.name for name, path in part.paths.items()}


def link_file(path: Path, place: Path) -> None:
    """A second name of a file; a copy where the file system has no such."""
    try:
        os.link(path, place)
    except OSError:
        shutil.copy2(path, place)
