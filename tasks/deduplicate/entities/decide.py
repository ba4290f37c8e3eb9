"""Whom names mean: decided of those that hang together with something new, and taken over from an earlier linking of all others."""

from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.corrections import Correction, Corrections
from quotidian.tasks.deduplicate.entities.bare_names import People, resolve_people
from quotidian.tasks.deduplicate.entities.earlier import Earlier
from quotidian.tasks.deduplicate.entities.keyed import KeyedNames
from quotidian.tasks.deduplicate.entities.readings import CODED, is_among, number_texts, split_listed
from quotidian.tasks.deduplicate.entities.resolve import Resolver
from quotidian.tasks.deduplicate.entities.set_apart import plain_key
from quotidian.tasks.deduplicate.entities.short_forms import find_full_names
from quotidian.tasks.deduplicate.entities.signs import ask_keys, hang_keys
from quotidian.tasks.deduplicate.entities.uses import count_uses

OF_PEOPLE = ("type", "mention_count", "aliases", "titles", "sex", "words")
OF_OTHERS = ("type", "mention_count", "aliases")
"""What decisions look at, beside key, article, story and country."""


class Decided(NamedTuple):
    """Whom the names of an archive mean."""

    texts: pl.Series
    """All roots of now, and some of an earlier linking."""
    root_rows: np.ndarray
    """Of each name the place of its root in `texts`."""
    is_person: np.ndarray
    """Of each name whether it is a person."""
    is_touched: np.ndarray
    """Of each root whether anything of its names is new."""
    candidates: pl.DataFrame
    """Columns of CANDIDATES."""
    kept_apart: set[frozenset[str]]
    """Pairs of keys that corrections kept apart."""


def decide_names(keyed: KeyedNames, earlier: Earlier | None, corrections: Corrections) -> Decided:
    """Decide people first, then all that is none, where names hang together with new ones."""
    apart = list(map(parted_keys, corrections.different_entities))
    was_person = np.zeros(len(keyed.names), bool) if earlier is None else earlier.recall("is_person") > 0
    asks = ask_keys(keyed.keys["key"])
    people, rows = decide_people(keyed, asks, apart)
    is_person = was_person & ~keyed.is_told
    is_person[rows] = people.roots.is_not_null().to_numpy()
    is_changed = keyed.is_changed.copy()
    is_changed[keyed.key_rows[is_person != was_person]] = True
    hanging = hang_keys(len(keyed.keys), keyed.signs.others, asks)
    is_open = hanging.mark(is_changed)[hanging.components][keyed.key_rows] & ~is_person
    is_alone = hanging.is_alone[keyed.key_rows]
    alone, others = np.flatnonzero(is_open & is_alone), np.flatnonzero(is_open & ~is_alone)
    roots, kept_apart = resolve_others(keyed.take(others, OF_OTHERS), keyed.placed, apart)
    own = keyed.keys["key"].cast(CODED).gather(keyed.key_rows[alone])
    found = pl.concat([people.roots.drop_nulls().alias("root"), roots.alias("root"), own.alias("root")])
    places, texts = number_texts(
        found, pl.Series("root", dtype=pl.String) if earlier is None else earlier.roots["root"]
    )
    before = np.full(len(is_person), -1) if earlier is None else earlier.recall("root")
    root_rows = before.copy()
    root_rows[np.concatenate([rows[is_person[rows]], others, alone])] = places
    is_touched = np.zeros(len(texts), bool)
    is_new = keyed.is_told | (root_rows != before)
    is_touched[root_rows[is_new]] = True
    is_touched[before[is_new & (before >= 0)]] = True
    return Decided(
        texts,
        root_rows,
        is_person,
        is_touched,
        people.candidates if earlier is None else add_candidates(people.candidates, rows, before, earlier),
        people.kept_apart | kept_apart,
    )


def decide_people(keyed: KeyedNames, asks: pl.DataFrame, apart: list[frozenset[str]]) -> tuple[People, np.ndarray]:
    """Who the names of people mean that hang together with new ones, and the rows of these. Whom a given name alone means rests on those who bear it
    in its stories: they are looked at beside these, and nothing is decided of them. `asks` are those of `ask_keys`."""
    hanging = hang_keys(len(keyed.keys), keyed.signs.offers, keyed.signs.asks)
    named = asks.join(keyed.signs.given.select("sign").unique(), on="sign", how="semi")
    may_be = keyed.keys["is_person"].to_numpy() | ~hanging.is_alone
    may_be[named["key"].to_numpy()] = True
    is_decided = hanging.mark(keyed.is_changed)
    is_asked = is_decided
    if not is_decided.all():
        short, full = meet_people(keyed, hanging.components, named)
        while (more := is_decided[full] & ~is_decided[short]).any():
            is_decided[short[more]] = True
        is_asked = is_decided.copy()
        is_asked[full[is_decided[short]]] = True
    rows = np.flatnonzero((is_asked[hanging.components] & may_be)[keyed.key_rows])
    people = resolve_people(keyed.take(rows, OF_PEOPLE), keyed.placed, apart)
    is_own = is_decided[hanging.components[keyed.key_rows[rows]]]
    if is_own.all():
        return people, rows
    roots = people.roots.filter(is_own)
    candidates = people.candidates.filter(pl.col("root").is_in(roots.unique().cast(pl.String).implode()))
    return people._replace(roots=roots, candidates=candidates), rows[is_own]


def meet_people(keyed: KeyedNames, components: np.ndarray, named: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Components of bare names, and for each one of people who may bear it as a given name, and stand in a story with it; `named` has key
    and sign of these bare names."""
    borne = keyed.signs.given.join(named.select("sign").unique(), on="sign", how="semi")
    bearers = borne.select("sign", component=components[borne["key"].to_numpy()]).unique()
    is_named, is_full = np.zeros(len(components), bool), np.zeros(len(components), bool)
    is_named[named["key"].to_numpy()] = True
    is_full[keyed.signs.given["key"].to_numpy()] = True
    is_full &= np.isin(components, bearers["component"].to_numpy())
    story = keyed.placed["story_id"].to_physical()
    bare, full = (flags[keyed.key_rows] for flags in (is_named, is_full))
    asking = pl.DataFrame({"story": story.filter(bare), "key": keyed.key_rows[bare]}).unique()
    standing = pl.DataFrame({"story": story.filter(full), "component": components[keyed.key_rows[full]]}).unique()
    met = asking.join(standing, on="story", nulls_equal=True).select("key", "component").unique()
    known = met.join(named.cast({"key": pl.Int64}), on="key").join(bearers, on=["sign", "component"], how="semi")
    return components[known["key"].to_numpy()], known["component"].to_numpy()


def parted_keys(line: Correction) -> frozenset[str]:
    """The two keys of a line of different_entities.csv."""
    return frozenset((plain_key(line.values["name"]), plain_key(line.values["other_name"])))


def add_candidates(found: pl.DataFrame, rows: np.ndarray, before: np.ndarray, earlier: Earlier) -> pl.DataFrame:
    """Columns of CANDIDATES that were found for the names at `rows`, and those of before of all other names."""
    again = np.zeros(len(earlier.roots), bool)
    again[before[rows][before[rows] >= 0]] = True
    roots = earlier.roots.filter(again)["root"]
    return pl.concat([earlier.candidates.filter(~pl.col("root").is_in(roots.implode())), found])


def resolve_others(
    rest: pl.DataFrame, named: pl.DataFrame, apart: list[frozenset[str]]
) -> tuple[pl.Series, set[frozenset[str]]]:
    """Root of each of some rows that are no people, `rest`; and the pairs of keys that were kept apart. `named` has all names."""
    resolver = make_resolver(rest, named, apart)
    may_be_short = is_among("key", [*resolver.full.nearby, *resolver.full.anywhere])
    asked = rest.filter(may_be_short).select("key", "type", "story_id").unique(maintain_order=True)
    roots = pl.Series("other", [resolver.resolve(*names) for names in asked.iter_rows()], dtype=CODED)
    known = asked.with_columns(roots)
    joined = rest.join(known, on=known.columns[:3], how="left", nulls_equal=True, maintain_order="left")
    return joined.select(root=pl.coalesce("other", "key")).to_series(), resolver.kept_apart


def make_resolver(rest: pl.DataFrame, named: pl.DataFrame, apart: list[frozenset[str]]) -> Resolver:
    """A resolver for the keys of all that is no person, `rest`; `named` has all names."""
    distinct = rest.select("key", "type", "aliases").unique(maintain_order=True)
    names = ((key, type_, split_listed(aliases)) for key, type_, aliases in distinct.iter_rows())
    full = find_full_names(names, set(rest["key"].unique()))
    return Resolver(full, count_uses(rest, named, full), frozenset(apart))
