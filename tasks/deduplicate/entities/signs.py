"""Which names hang together, told by signs: whatever is decided of a name looks at names that it shares a sign with, and at no others.

A name offers what may be short for it and what it is called, and asks for what a name like it may be short for: among people by surname
and block, among all else by its key. Signs are 32 bits of texts: two that are the same by chance make more hang together than
need be, and change nothing. Signs are never taken back, so they may be those of names that are not there any more.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.entities.people import block_of, list_called, list_other_keys, read_key
from quotidian.tasks.deduplicate.entities.short_forms import strong_forms, weak_forms
from quotidian.tasks.deduplicate.entities.uses import list_forms
from quotidian.tasks.deduplicate.hanging import name_components

SIGNS = {"key": pl.UInt32, "sign": pl.UInt32}
"""A key, by its place among all, and one of its signs."""
BLOCK = "\x1f"
"""Before the name of a block of people, who all hang together."""


class Signs(NamedTuple):
    """Columns of SIGNS of the keys of an archive."""

    offers: pl.DataFrame
    """Of full names of people: whom a bare name may mean."""
    asks: pl.DataFrame
    """Of bare names, whom they may mean; of people, their block."""
    given: pl.DataFrame
    """Of full names of people: their given name, which means somebody in his stories alone."""
    others: pl.DataFrame
    """Of names that are no people alone: the keys that may be short for them."""


def sign_names(forms: pl.DataFrame, keys: pl.DataFrame) -> Signs:
    """The signs of names: `forms` has key, type, aliases (texts), code (the place of the key), is_person and is_other (whether
    any article has the key for a person, and for anything else); `keys` key and code of those that ask."""
    rows = forms.rows()
    people = {(code, key) for key, _, _, code, is_person, _ in rows if is_person and read_key(key).is_full}
    codes = {code for code, _ in people}
    named = [(code, key, aliases) for key, _, aliases, code, *_ in rows if code in codes]
    others = [(code, *form) for *form, code, _, is_other in rows if is_other or code not in codes]
    kinds = sorted({(code, key, type_) for code, key, type_, _ in others})
    return Signs(
        gather_signs(
            ((code, list_parts(key)) for code, key in people),
            ((code, list_bare(key, aliases)) for code, key, aliases in named),
        ),
        gather_signs(
            ((code, list_called(key)) for key, code in keys.iter_rows() if not read_key(key).is_full),
            ((code, (BLOCK + block_of(key),)) for code, key in people),
        ),
        gather_signs((code, (read_key(key).given,)) for code, key in people),
        gather_signs(
            ((code, list_shorter(key, type_)) for code, key, type_ in kinds),
            ((code, list_forms(*form)) for code, *form in others),
        ),
    )


def gather_signs(*signs: Iterable[tuple[int, Iterable[str]]]) -> pl.DataFrame:
    """Columns of SIGNS, each pair once."""
    codes, found = [], []
    for code, own in chain(*signs):
        for sign in own:
            codes.append(code)
            found.append(crc32(sign.encode("utf-8", "surrogatepass")))
    return pl.DataFrame({"key": codes, "sign": found}, schema=SIGNS).unique().sort("key", "sign")


def list_bare(key: str, aliases: str) -> Iterator[str]:
    """The bare names that articles call a person."""
    return (form for form, is_full in list_other_keys(key, aliases) if not is_full)


def list_parts(key: str) -> set[str]:
    """What a full name is asked for by."""
    return {read_key(key).surname, block_of(key)}


def list_shorter(key: str, type_: str) -> Iterator[str]:
    """What may be short for a name of several words."""
    if " " in key:
        yield from strong_forms(key, type_, frozenset())
        yield from weak_forms(key, type_)


def ask_keys(keys: pl.Series) -> pl.DataFrame:
    """Columns of SIGNS of names that are no people: each asks for what it may be short for."""
    return gather_signs((place, (key,)) for place, key in enumerate(keys))


def join_signs(earlier: Signs, new: Signs) -> Signs:
    """The signs of both."""
    return Signs(*(pl.concat(pair).unique() for pair in zip(earlier, new, strict=True)))


class Hanging(NamedTuple):
    """Which keys hang together."""

    components: np.ndarray
    """Of each key the number of those that it hangs together with."""
    is_alone: np.ndarray
    """Of each key whether it hangs together with no other."""

    def mark(self, is_changed: np.ndarray) -> np.ndarray:
        """Whether each component has a key that changed."""
        is_hanging = np.zeros(self.components.max(initial=-1) + 1, bool)
        is_hanging[self.components[is_changed]] = True
        return is_hanging


def hang_keys(count: int, offers: pl.DataFrame, asks: pl.DataFrame) -> Hanging:
    """Which of `count` keys hang together, by signs that are asked for."""
    asked, places = np.unique(asks["sign"].to_numpy(), return_inverse=True)
    offered = offers["sign"].to_numpy()
    found = np.minimum(np.searchsorted(asked, offered), max(len(asked) - 1, 0))
    is_asked = asked[found] == offered if len(asked) else np.zeros(len(offered), bool)
    keys = np.concatenate([asks["key"].to_numpy(), offers["key"].to_numpy()[is_asked]]).astype(np.int64)
    signs = np.concatenate([places, found[is_asked]]) + count
    components = name_components(count + len(asked), np.column_stack([keys, signs]))[:count]
    return Hanging(components, np.bincount(components)[components] == 1)
