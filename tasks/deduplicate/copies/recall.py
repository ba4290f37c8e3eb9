"""Which texts must be compared anew, and what is known of the others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.candidates import join_codes
from quotidian.tasks.deduplicate.copies.part_files import read_part, write_bodies, write_part
from quotidian.tasks.deduplicate.copies.text_part import BODY_SCHEMA, OF_BODIES, TextPart
from quotidian.tasks.deduplicate.copies.text_parts import (
    PART_TEXTS,
    Shelf,
    code_bodies,
    join_small,
    make_part,
    open_shelf,
    read_bodies,
)
from quotidian.tasks.deduplicate.corpus import Corpus, gather_texts
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.sketches import Sketches
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import find_runs

UPPER_HALF = np.uint64(32)
PART_SECONDS = 3.5
"""To make a part of `PART_TEXTS` texts."""
Plan = tuple[pl.DataFrame, pl.DataFrame]
"""What a part is made of: its bodies, and where the sketches of its texts are."""


class Shelved(NamedTuple):
    """The texts of an archive, whether each must be compared with all others, whether it is new, and which one each body has."""

    shelf: Shelf
    sought: np.ndarray
    is_new: np.ndarray
    texts: np.ndarray


def shelve_texts(bodies: pl.DataFrame, sketches: Sketches, min_words: int, kept: Kept, workers: Workers) -> Shelved:
    """The texts of `bodies` (body_hash, made_by), each perhaps several times; the sketches are read of those only that are new.

    Of several bodies of the same words the smallest hash tells the kinds of the words. Where no body has a text any more, or a text has
    other terms, word pairs may have become rare again: then all are compared. A body that another version extracted again is another one.
    """
    known, nothing = kept.parts_before, Kept(folder=kept.folder)
    codes, body_texts = (join_columns([getattr(part, name) for part in known]) for name in OF_BODIES)
    rows = match_codes(codes, code_bodies(bodies))
    is_gone = np.bincount(rows + 1, minlength=len(codes) + 1)[1:] == 0
    lost = pl.Series(body_texts[is_gone]).unique()
    new = bodies.filter(rows < 0)
    located = locate_sketches(new.unique(), sketches)
    parts = leave_bodies(known, is_gone, kept.folder)
    twins = sketches.locate(read_bodies(parts, lost).drop("text_hash"))
    firsts = pl.concat([located, twins.select(located.columns)]).sort("body_hash", "made_by")
    firsts = firsts.unique("text_hash", keep="first", maintain_order=True).sort("text_hash")
    if not lost.is_in(firsts["text_hash"].implode()).all():
        return shelve_texts(bodies, sketches, min_words, nothing, workers)
    is_known, spelling = look_up_spelling(parts, firsts["text_hash"].to_numpy())
    other = find_other(spelling[is_known], known, lost, firsts.filter(is_known), sketches)
    if other is None:
        return shelve_texts(bodies, sketches, min_words, nothing, workers)
    taken = firsts.filter(pl.Series(~is_known) | firsts["text_hash"].is_in(other.implode()))
    plans = list(plan_parts(located, taken.sort("file", "body_hash")))
    made = workers.map(lay_part, plans, sketches, min_words, kept.folder, seconds=PART_SECONDS * len(plans))
    shelf = open_shelf([*parts, *made])
    sought = np.zeros(len(shelf.corpus), bool)
    for own in shelf.texts[len(parts) :]:
        sought[own] = True
    is_fresh = sought.copy()
    is_fresh[find_rows(shelf.corpus.text_hash, other.to_numpy())[0]] = False
    is_new = rows < 0
    rows = (np.cumsum(~is_gone) - 1)[rows] if len(is_gone) else rows
    told = join_columns([part.codes for part in shelf.parts[len(parts) :]])
    rows[is_new] = np.count_nonzero(~is_gone) + match_codes(told, code_bodies(new))
    return Shelved(shelf, sought, is_fresh, place_bodies(shelf)[rows])


def place_bodies(shelf: Shelf) -> np.ndarray:
    """The text of each body of all parts, one part after the other."""
    found = [np.empty(0, np.int64)]
    for part, texts in zip(shelf.parts, shelf.texts, strict=True):
        hashes = part.body_texts
        starts = find_runs(hashes)
        if np.array_equal(hashes[starts], part.text_hash):  # as it mostly is
            found.append(texts.repeat(np.diff(starts, append=len(hashes))))
        else:
            found.append(np.searchsorted(shelf.corpus.text_hash, hashes))
    return np.concatenate(found)


def leave_bodies(parts: list[TextPart], is_gone: np.ndarray, folder: Path | None) -> list[TextPart]:
    """Parts without the bodies that are gone, which `is_gone` tells of the bodies of all, one part after the other."""
    ends = np.cumsum([len(part.codes) for part in parts])
    left = []
    for part, gone in zip(parts, np.split(is_gone, ends[:-1]) if parts else [], strict=True):
        if gone.any():
            columns = {name: getattr(part, name)[~gone] for name in OF_BODIES}
            part = replace(part, bodies=part.bodies.collect().filter(~gone).lazy(), **columns)
            part = replace(part, files=part.files and part.files | write_bodies(part, folder))
        left.append(part)
    return left


def join_columns(columns: list[np.ndarray]) -> np.ndarray:
    """Some columns of 64-bit numbers, perhaps none, one after the other."""
    return np.concatenate([np.empty(0, np.uint64), *columns])


def match_codes(known: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """The row of each of some 64-bit hashes among those that are known, each of them once, -1 where it is not.

    Most are found in a table by their first bits, a third of the time that sorting takes; the others, which have those of another one, are sorted.
    """
    if not len(known):
        return np.full(len(codes), -1)
    shift = np.uint64(62 - len(known).bit_length())
    table = np.full(2 ** (64 - int(shift)), -1, np.int32)
    table[known >> shift] = np.arange(len(known), dtype=np.int32)
    rows = table[codes >> shift].astype(np.int64)
    rows[known[rows] != codes] = -1
    missing = np.flatnonzero(rows < 0)
    is_left = np.ones(len(known), bool)
    is_left[np.delete(rows, missing)] = False
    left = np.flatnonzero(is_left)
    left = left[np.argsort(known[left])]
    places, is_there = find_rows(known[left], codes[missing])
    rows[missing[is_there]] = left[places[is_there]]
    return rows


def recall_named(kept: pl.DataFrame, column: str, names: np.ndarray) -> tuple[pl.DataFrame, np.ndarray, np.ndarray]:
    """The kept rows of what still has one of some names; the places of these among all names, in the order of the rows, and whether each name is
    new. Rows of one name, in a column, stand together."""
    known = kept[column].to_numpy()
    starts = find_runs(known)
    numbers = match_codes(names, known[starts])
    is_known = numbers >= 0
    is_new = np.ones(len(names), bool)
    is_new[numbers[is_known]] = False
    return kept.filter(np.repeat(is_known, np.diff(starts, append=len(known)))), numbers[is_known], is_new


def locate_sketches(bodies: pl.DataFrame, sketches: Sketches) -> pl.DataFrame:
    """body_hash, made_by, text_hash, file of the sketches of some bodies."""
    located = sketches.locate(bodies)
    if located.height < bodies.height:
        without = bodies.join(located, on="body_hash", how="anti")["body_hash"]
        raise ValueError(f"sketches lack the body_hash of {len(without)} bodies, such as {without.min()}.")
    return located


def plan_parts(located: pl.DataFrame, taken: pl.DataFrame) -> Iterator[Plan]:
    """Plans of parts of the texts that the sketches `taken` tell; the first one has the bodies of all other texts, too."""
    rest = located.join(taken, on="text_hash", how="anti")
    for wanted in taken.iter_slices(PART_TEXTS) if len(taken) else [taken] * min(1, len(located)):
        own = located.join(wanted, on="text_hash", how="semi")
        yield pl.concat([own, rest]).select(*BODY_SCHEMA), wanted
        rest = rest.clear()


def lay_part(plan: Plan, sketches: Sketches, min_words: int, folder: Path | None) -> TextPart:
    """The part of a plan, as it is read from a folder from now on, or in memory where there is none."""
    bodies, wanted = plan
    part = make_part(bodies, sketches.read(wanted), min_words)
    return part if folder is None else read_part(folder, write_part(part, folder))


def look_up_spelling(parts: list[TextPart], texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether each of some text hashes is in one of the parts, and the spelling in the last of these."""
    is_known, spelling = np.zeros(len(texts), bool), np.zeros(len(texts), np.uint64)
    for part in parts:
        rows, is_there = find_rows(part.text_hash, texts)
        is_known |= is_there
        spelling[is_there] = part.spelling[rows[is_there]]
    return is_known, spelling


def find_other(
    spelling: np.ndarray, known: list[TextPart], lost: pl.Series, located: pl.DataFrame, sketches: Sketches
) -> pl.Series | None:
    """text_hash of those of some texts, of which `spelling` is known, of whose words another body tells other kinds: one of smaller hash than
    those that were known, or, of those that have `lost` a body, the smallest that is left; None where one has other terms."""
    bodies = read_bodies(known, located["text_hash"])
    before = bodies.group_by("text_hash").agg(before=pl.col("body_hash").min())
    joined = located.join(before, on="text_hash", how="left", maintain_order="left")
    is_other = (pl.col("body_hash") < pl.col("before")) | pl.col("text_hash").is_in(lost.implode())
    is_first = joined.select(is_other).to_series()
    if not is_first.any():
        return located["text_hash"].clear()
    new = gather_texts(sketches.read(located.filter(is_first)))
    before, now = spelling[is_first.to_numpy()], new.spell_texts(np.arange(len(new)))
    if (before >> UPPER_HALF != now >> UPPER_HALF).any():
        return None
    return located["text_hash"].filter(is_first).filter(before != now)


def recall_pairs(corpus: Corpus, kept: Kept, sought: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of copies that are known, none of them of a text that is compared anew: their codes, sorted, and (n, 2) how many bands and
    word pairs lead from one to the other."""
    frame = kept.recall("pairs").clear() if sought.all() else kept.recall("pairs")
    columns = [find_rows(corpus.text_hash, frame[name].to_numpy())[0] for name in ("left", "right")]
    pairs = np.stack(columns, axis=1)
    is_known = ~sought[pairs].any(axis=1)
    return join_codes(pairs[is_known]), frame.select("bands", "words").to_numpy()[is_known].astype(np.int64)


def keep_copies(shelf: Shelf, pairs: np.ndarray, leads: np.ndarray, kept: Kept) -> None:
    """Keep all texts and the pairs of copies for the next time."""
    kept.parts = join_small(list(shelf.parts))
    left, right = shelf.corpus.text_hash[pairs].T
    kept.after["pairs"] = pl.DataFrame({"left": left, "right": right, "bands": leads[:, 0], "words": leads[:, 1]})


def find_rows(ordered: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The row of each value among ordered ones, and whether it is there."""
    order = np.argsort(values)  # of many values sorted ones are found several times as fast
    wanted, last = values[order], max(len(ordered) - 1, 0)
    found = np.minimum(np.searchsorted(ordered, wanted), last)
    rows, is_there = np.empty(len(values), np.int64), np.zeros(len(values), bool)
    rows[order], is_there[order] = found, ordered[found] == wanted if len(ordered) else False
    return rows, is_there
