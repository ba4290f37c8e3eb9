"""Files of a part of the texts: one for each array, named by the hash of its bytes, read where it lies."""

from dataclasses import fields
from pathlib import Path
from uuid import uuid4

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.arrays import open_array
from quotidian.tasks.deduplicate.copies.lists import FeatureList
from quotidian.tasks.deduplicate.copies.text_part import COLUMNS, LISTS, LONG, OF_BODIES, TextPart
from quotidian.tasks.store.soundness import hash_stored


def write_part(part: TextPart, folder: Path) -> dict[str, str]:
    """Write a part; return the names of its files by what they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: write_array(getattr(part, name), folder) for name in COLUMNS + LONG}
    for name in LISTS:
        arrays = vars(getattr(part, name)).items()
        files |= {f"{name}_{field}": write_array(array, folder) for field, array in arrays}
    return files | write_bodies(part, folder)


def write_bodies(part: TextPart, folder: Path) -> dict[str, str]:
    """Write what a part has of bodies; return the names of the files."""
    aside = name_aside(folder)
    part.bodies.collect().write_parquet(aside, compression="lz4")
    return {name: write_array(getattr(part, name), folder) for name in OF_BODIES} | {
        "bodies": name_file(aside, ".parquet")
    }


def write_array(array: np.ndarray, folder: Path) -> str:
    """Write one array; return the name of its file."""
    aside = name_aside(folder)
    with aside.open("wb") as file:
        np.save(file, array)
    return name_file(aside, ".npy")


def name_aside(folder: Path) -> Path:
    """A new name in a folder in which several workers may write."""
    return folder / f".{uuid4().hex}.tmp"


def name_file(aside: Path, suffix: str) -> str:
    """Give a file the name that its bytes have."""
    name = hash_stored(aside) + suffix
    aside.rename(aside.with_name(name))
    return name


def read_part(folder: Path, files: dict[str, str]) -> TextPart:
    """The part of some files, whose bodies and long arrays stay where they are."""
    arrays = {name: open_array(folder / files[name])[:] for name in OF_BODIES + COLUMNS}
    arrays |= {name: open_array(folder / files[name]) for name in LONG}
    arrays |= {name: read_list(folder, files, name) for name in LISTS}
    return TextPart(bodies=pl.scan_parquet(folder / files["bodies"]), **arrays, files=files)


def read_list(folder: Path, files: dict[str, str], name: str) -> FeatureList:
    """A list of a part, which stays where it is."""
    return FeatureList(*(open_array(folder / files[f"{name}_{field.name}"]) for field in fields(FeatureList)))
