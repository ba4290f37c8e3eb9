"""Which rows of an archive are people, and whom each of them means."""

from collections import Counter, defaultdict
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.entities.names import KEYS_KEPT, name_key
from quotidian.tasks.deduplicate.entities.namesakes import part_namesakes
from quotidian.tasks.deduplicate.entities.people import (
    block_of,
    choose_person,
    join_readings,
    read_key,
)
from quotidian.tasks.deduplicate.entities.readings import Person, Reading
from quotidian.tasks.deduplicate.entities.uses import Values
from quotidian.tasks.extract.names.countries import find_country

CANDIDATES = {"root": pl.String, "candidate": pl.String, "probability": pl.Float64}
PERSON = "PERSON"
ASKED = ["key", "type", "story_id", "titles", "sex"]
BETWEEN = "\x1f"
"""Between the titles of a name, and of its root."""


class People(NamedTuple):
    """What `resolve_people` finds."""

    roots: pl.Series
    """Root of each row that is a person, null for what is none."""
    candidates: pl.DataFrame
    """Columns of CANDIDATES: whom the bare names of a root may mean."""
    kept_apart: set[frozenset[str]]
    """Pairs of keys that corrections kept apart."""


class Archive(NamedTuple):
    """What an archive knows of its names, before any of them is resolved."""

    types: dict[str, str]
    """key -> type of most of its mentions, ties to the alphabetically first."""
    readings: dict[str, Reading]
    """Full key -> the person."""
    called: dict[str, dict[str, Reading]]
    """Bare key -> people who are called so, by surname or by what their articles use."""
    given: dict[str, dict[str, Reading]]
    """Given name -> people who bear it."""
    as_short: Counter[str]
    """Bare key -> local entities with a longer name that are also called so."""
    parted: dict[tuple[str, str], Reading]
    """Full key and article -> somebody else of that name."""
    bare_counts: Counter[str]
    """Bare key -> local entities that have no longer name."""
    own: dict[tuple[str, str], list[str]]
    """Bare key and type -> stories of the local entities that have no longer name."""


def resolve_people(keyed: pl.DataFrame, parted: list[frozenset[str]]) -> People:
    """Decide the people of an archive, surname by surname.

    `keyed` has key, type, article_id, story_id, mention_count, aliases, titles and sex; `parted` pairs of keys that must
    not be joined.
    """
    kept_apart: set[frozenset[str]] = set()
    apart = frozenset(parted)
    archive = read_archive(keyed, apart, kept_apart)
    keyed = place_full_names(mark_parted(keyed, archive.parted), archive.readings)
    asked = keyed.filter(may_mean_people(keyed, archive)).select(*ASKED).unique(maintain_order=True)
    roots, candidates = [], defaultdict(list)
    for row in asked.iter_rows():
        root, choices = resolve_bare(row, archive, apart, kept_apart)
        roots.append(root)
        if choices:
            candidates[root].append(choices)
    known = asked.with_columns(person=pl.Series(roots, dtype=pl.String))
    found = keyed.select("root", *ASKED).join(known, on=ASKED, how="left", nulls_equal=True, maintain_order="left")
    rows = [row for root in sorted(candidates) for row in average(root, candidates[root])]
    persons = found.select(pl.coalesce("root", "person")).to_series()
    return People(persons, pl.DataFrame(rows, schema=CANDIDATES, orient="row"), kept_apart)


def may_mean_people(keyed: pl.DataFrame, archive: Archive) -> pl.Expr:
    """Which rows may be people by a bare name: those that are taken for one somewhere, or by which somebody may be called."""
    keys = [
        key
        for key in keyed.filter("is_bare")["key"].unique()
        if archive.types[key] == PERSON
        or key in archive.given
        or not archive.called.keys().isdisjoint(list_called(key))
    ]
    return pl.col("is_bare") & (
        (pl.col("type") == PERSON) | pl.col("key").is_in(pl.Series(keys, dtype=pl.String).implode())
    )


def list_called(key: str) -> set[str]:
    """What people may be called whom a bare name means: the name, its surname, or the name whose apostrophe got lost."""
    return {key, block_of(key), *([key[:-1]] if key.endswith("s") else [])}


def place_full_names(keyed: pl.DataFrame, readings: dict[str, Reading]) -> pl.DataFrame:
    """Adds `root` of the full names of people, null for others, and `is_bare`, of names that are no full ones; `titles` becomes text."""
    keys = keyed["key"].unique().to_list()
    roots = [readings[key].key if key in readings else None for key in keys]
    told = pl.DataFrame(
        {"key": keys, "own": roots, "is_bare": [not read_key(key).is_full for key in keys]},
        schema_overrides={"key": pl.String, "own": pl.String, "is_bare": pl.Boolean},
    )
    joined = keyed.join(told, on="key", how="left", maintain_order="left")
    return joined.with_columns(
        titles=pl.col("titles").list.join(BETWEEN),
        root=pl.when(pl.col("own").is_not_null()).then(pl.coalesce("parted", "own")),
    )


def mark_parted(keyed: pl.DataFrame, parted: dict[tuple[str, str], Reading]) -> pl.DataFrame:
    """Adds `parted`: the key of the namesake that a full name means in its article, mostly null."""
    rows = [(*named, reading.key) for named, reading in sorted(parted.items(), key=lambda item: item[0])]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("key", "article_id", "parted"), pl.String), orient="row")
    return keyed.join(frame, on=["key", "article_id"], how="left", maintain_order="left")


def average(root: str, choices: list[tuple[tuple[str, float], ...]]) -> list[tuple[str, str, float]]:
    """Rows of CANDIDATES of one root: the mean of the probabilities that its names have."""
    sums: Counter[str] = Counter()
    for shares in choices:
        sums.update(dict(shares))
    return [(root, key, round(sums[key] / len(choices), 4)) for key in sorted(sums)]


def read_archive(keyed: pl.DataFrame, parted: frozenset[frozenset[str]], kept_apart: set[frozenset[str]]) -> Archive:
    """Full names joined block by block, and who may be called by which bare name."""
    types = count_types(keyed)
    blocks = defaultdict(list)
    full = [key for key, type_ in types.items() if type_ == PERSON and read_key(key).is_full]
    lists = (pl.col(name).list.join(BETWEEN) for name in ("titles", "words", "aliases"))
    rows = keyed.filter(pl.col("key").is_in(full)).select("article_id", "story_id", "key", "sex", *lists).rows()
    for article, story, key, sex, titles, words, _ in rows:
        stated = (split_listed(titles), sex or "", split_listed(words))
        blocks[block_of(key)].append(Person(article, story, key, *stated))
    readings: dict[str, Reading] = {}
    namesakes: dict[tuple[str, str], Reading] = {}
    named = Values(keyed.select("article_id", "key"))
    for name in sorted(blocks):
        readings |= join_readings(blocks[name], parted, kept_apart)
        namesakes |= part_namesakes(blocks[name], readings, named)
    called, as_short = index_called(readings, namesakes, rows)
    own, bare_counts = defaultdict(list), Counter()
    bare = [key for key in types if not read_key(key).is_full]
    for key, type_, stories in (
        keyed.filter(pl.col("key").is_in(bare)).group_by("key", "type").agg("story_id").iter_rows()
    ):
        own[key, type_] = stories
        bare_counts[key] += len(stories)
    given = defaultdict(dict)
    for reading in readings.values():
        given[reading.name.given][reading.key] = reading
    return Archive(types, readings, called, given, as_short, namesakes, bare_counts, own)


@lru_cache(maxsize=KEYS_KEPT)
def list_other_keys(key: str, aliases: str) -> tuple[tuple[str, bool], ...]:
    """Keys of the forms of a name, without its own, and whether they are full names."""
    others = {name_key(alias, PERSON) for alias in split_listed(aliases)} - {key}
    return tuple((other, read_key(other).is_full) for other in sorted(others))


@lru_cache(maxsize=KEYS_KEPT)
def split_listed(joined: str | None) -> frozenset[str]:
    """The values of a list that was joined to a text."""
    return frozenset(filter(None, (joined or "").split(BETWEEN)))


def count_types(keyed: pl.DataFrame) -> dict[str, str]:
    """`Archive.types`."""
    mentions = keyed.group_by("key", "type").agg(pl.col("mention_count").cast(pl.Int64).sum())
    types = mentions.sort(-pl.col("mention_count"), "type").unique("key", keep="first")
    return dict(types.select("key", "type").sort("key").iter_rows())


def index_called(
    readings: dict[str, Reading], namesakes: dict[tuple[str, str], Reading], rows: list[tuple]
) -> tuple[dict[str, dict[str, Reading]], Counter[str]]:
    """`Archive.called` and `Archive.as_short`."""
    called: dict[str, dict[str, Reading]] = defaultdict(dict)
    as_short: Counter[str] = Counter()
    everybody = [(key, readings[key]) for key in sorted(readings)]
    everybody += [(key, namesakes[key, article]) for key, article in sorted(namesakes)]
    for key, reading in everybody:
        called[reading.name.surname][reading.key] = reading
        called[block_of(key)][reading.key] = reading
    for row in rows:
        article, key, aliases = row[0], row[2], row[-1]
        reading = namesakes.get((key, article), readings[key])
        for alias, is_full in list_other_keys(key, aliases):
            as_short[alias] += 1
            if not is_full:
                called[alias][reading.key] = reading
    return called, as_short


def resolve_bare(
    row: tuple, archive: Archive, parted: frozenset[frozenset[str]], kept_apart: set[frozenset[str]]
) -> tuple[str | None, tuple[tuple[str, float], ...]]:
    """The root of one row of ASKED, None where it is no person; and candidates where it is unsure."""
    key, type_, story, titles, sex = row
    people = find_people(key, story, archive)
    people = bar_people(key, people, archive, parted, kept_apart)
    if not may_be_person(key, type_, story, people, archive):
        return None, ()
    if archive.types[key] != PERSON and type_ != PERSON:
        people = [one for one in people if story in one.stories] or people
    elif archive.types[key] != PERSON:
        people = [one for one in people if story in one.stories]
    name = Person("", story, key, split_listed(titles), sex or "")
    choice = choose_person(name, people, archive.bare_counts[key])
    if choice.key is not None:
        return choice.key, ()
    if not choice.candidates:
        return (f"{key}\x1f{sex}" if people else key) if archive.types[key] == PERSON else None, ()
    return f"{key}\x1f{story}\x1f{sex}" if sex else f"{key}\x1f{story}", choice.candidates


def find_people(key: str, story: str, archive: Archive) -> list[Reading]:
    """People who may be called by a bare name: by surname; by given name, or "Blinkens", whose apostrophe got lost, only where
    the story has one."""
    found = archive.called.get(key) or archive.called.get(block_of(key))
    if not any(story in one.stories for one in (found or {}).values()):
        near = {name: one for name, one in archive.given.get(key, {}).items() if story in one.stories}
        found = near if len(near) == 1 else found
    if not found and key.endswith("s"):
        found = {name: one for name, one in archive.called.get(key[:-1], {}).items() if story in one.stories}
    suffix = read_key(key).suffix
    return [one for name, one in sorted((found or {}).items()) if suffix in ("", one.name.suffix)]


def bar_people(
    key: str,
    people: list[Reading],
    archive: Archive,
    parted: frozenset[frozenset[str]],
    kept_apart: set[frozenset[str]],
) -> list[Reading]:
    """The people whom a key may mean, without those that corrections part from it."""
    barred = set()
    for pair in sorted((pair for pair in parted if key in pair), key=sorted):
        for other in pair - {key}:
            reading = archive.readings.get(other)
            if reading is not None and reading in people:
                barred.add(reading.key)
                kept_apart.add(pair)
    return [one for one in people if one.key not in barred]


def may_be_person(key: str, type_: str, story: str, people: list[Reading], archive: Archive) -> bool:
    """Whether a bare name is a person: where its article takes it for one; or for something else, but articles use it more
    often for people than for things, or only stories on those people do."""
    if type_ == PERSON:
        return bool(people) or archive.types[key] == PERSON
    if not people or find_country(key):
        return False
    own = archive.own[key, type_]
    return archive.as_short[key] > len(own) or all(any(story in one.stories for one in people) for story in own)
