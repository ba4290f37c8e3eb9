"""Which rows of an archive are people, and whom each of them means."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.entities.article_countries import tell_country
from quotidian.tasks.deduplicate.entities.names import has_legal_form
from quotidian.tasks.deduplicate.entities.namesakes import find_doubted, part_namesakes
from quotidian.tasks.deduplicate.entities.people import (
    block_of,
    choose_person,
    join_readings,
    list_called,
    list_other_keys,
    read_key,
)
from quotidian.tasks.deduplicate.entities.readings import (
    CODED,
    COMMON_TITLES,
    PERSON,
    Person,
    Reading,
    code_texts,
    find_roles,
    is_among,
    split_listed,
)
from quotidian.tasks.deduplicate.entities.uses import Values
from quotidian.tasks.extract.names.given_names import is_given
from quotidian.tasks.extract.names.name_types import PLACE_LABELS
from quotidian.tasks.extract.names.stated import SEVERAL

CANDIDATES = {"root": pl.String, "candidate": pl.String, "probability": pl.Float64}
Shares = tuple[tuple[str, float], ...]
"""Keys of people and how likely each is meant."""
EITHER = 0.5
"""Probability that a name that two people of its article bear means the one that is known."""
ASKED = ["key", "type", "story_id", "titles", "sex"]


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
    meant: dict[str, list[Reading]]
    """Bare keys by which somebody may be called -> people of that surname, or whom their articles call so."""
    own: dict[tuple[str, str], list[str]]
    """Key of `meant` and type -> stories of the local entities that have no longer name."""
    bare_counts: Counter[str]
    """Key of `meant` -> local entities that have no longer name."""
    told: dict[tuple[str, ...], bool]
    """What `is_in_stories` remembers."""


def resolve_people(keyed: pl.DataFrame, named: pl.DataFrame, parted: list[frozenset[str]]) -> People:
    """Decide the people of an archive, surname by surname.

    `keyed` has key, type, article_id, story_id, mention_count, aliases, titles, words and sex; `named` article_id and key of these
    and of all names beside them; `parted` pairs of keys that must not be joined.
    """
    kept_apart: set[frozenset[str]] = set()
    apart = frozenset(parted)
    keyed = keyed.select("key", "type", "article_id", "story_id", "sex", "mention_count", "aliases", "titles", "words")
    told = keyed["words"].unique().cast(pl.String)
    several = told.filter(told.str.contains(SEVERAL, literal=True))
    keyed = keyed.with_columns(is_several=is_among("words", several).fill_null(False), is_thing=tell_things(keyed))
    archive = read_archive(keyed, named, apart, kept_apart)
    keyed = place_full_names(mark_parted(keyed, archive.parted), archive)
    rows = keyed.with_row_index("place").filter("is_asked").select("place", *ASKED)
    asked = rows.select(*ASKED).unique(maintain_order=True)
    roots, candidates = resolve_asked(asked, archive, apart, kept_apart)
    for key, story in keyed.filter("is_several").select("key", "story_id").unique().iter_rows():
        if key in archive.readings:
            candidates[f"{key}\x1f{story}"].append(((archive.readings[key].key, EITHER),))
    known = asked.with_columns(person=pl.Series(roots, dtype=CODED))
    found = rows.join(known, on=ASKED, nulls_equal=True).select("place", "person")
    placed = keyed.select("root").with_row_index("place").join(found, on="place", how="left", maintain_order="left")
    persons = placed.select(root=pl.coalesce("person", "root")).to_series()
    return People(persons, average(candidates), kept_apart)


def tell_things(keyed: pl.DataFrame) -> pl.Series:
    """Whether each row is nobody's: it has a legal form behind its name ("Brunner AG"), or its article names somebody of that surname in full and takes
    it for an organisation all the same ("Karl Brunner founded the brewery Brunner")."""
    is_person = pl.col("type") == PERSON
    rest = keyed.filter(~is_person)
    texts = rest["aliases"].unique().cast(pl.String)
    firms = [text for text in texts if any(has_legal_form(alias) for alias in split_listed(text))]
    bare = {key for key in rest["key"].unique().cast(pl.String) if not read_key(key).is_full}
    people = keyed.filter(is_person).select("article_id", "key").unique()
    full = [key for key in people["key"].unique().cast(pl.String) if is_given(read_key(key).given)]
    called = [(key, block_of(key)) for key in full if block_of(key) in bare]
    called = pl.DataFrame(called, {"key": pl.String, "block": pl.String}, orient="row")
    named = people.join(code_texts(called), on="key").select("article_id", key="block", is_called=True).unique()
    placed = keyed.select("article_id", "key", "type", "aliases")
    placed = placed.join(named, on=["article_id", "key"], how="left", maintain_order="left")
    is_other = is_among("aliases", firms) | (pl.col("is_called") & (pl.col("type") == "ORG"))
    return placed.select((~is_person & is_other).fill_null(False)).to_series()


def place_full_names(keyed: pl.DataFrame, archive: Archive) -> pl.DataFrame:
    """Adds `root` of the people who can be told by their names alone, null for others, and `is_asked`, of bare names that are
    asked about one by one."""
    types, readings = archive.types, archive.readings
    bare = {key for key in types if not read_key(key).is_full}
    columns = {
        "key": list(types),
        "own": [readings[key].key if key in readings else None for key in types],
        "is_asked": [key in archive.meant for key in types],
        "is_unknown": [types[key] == PERSON and key in bare and key not in archive.meant for key in types],
    }
    schema = {"key": pl.String, "own": pl.String, "is_asked": pl.Boolean, "is_unknown": pl.Boolean}
    joined = keyed.join(code_texts(pl.DataFrame(columns, schema=schema)), on="key", how="left", maintain_order="left")
    joined = joined.with_columns(pl.col("is_asked") & ~pl.col("is_thing"))
    several = pl.when("is_several").then(pl.concat_str("key", "story_id", separator="\x1f").cast(CODED))
    full = pl.when(pl.col("own").is_not_null()).then(pl.coalesce(several, "parted", "own"))
    unknown = pl.when(pl.col("is_unknown") & (pl.col("type") == PERSON)).then("key")
    return joined.with_columns(root=pl.coalesce(full, unknown))


def mark_parted(keyed: pl.DataFrame, parted: dict[tuple[str, str], Reading]) -> pl.DataFrame:
    """Adds `parted`: the key of the namesake that a full name means in its article, mostly null."""
    rows = [(*named, reading.key) for named, reading in sorted(parted.items(), key=lambda item: item[0])]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("key", "article_id", "parted"), pl.String), orient="row")
    return keyed.join(code_texts(frame), on=["key", "article_id"], how="left", maintain_order="left")


def average(candidates: dict[str, list[Shares]]) -> pl.DataFrame:
    """Columns of CANDIDATES: the mean of the probabilities that the names of each root have; most have one."""
    roots, keys, means = [], [], []
    for root in sorted(candidates):
        first, *others = candidates[root]
        named = sorted(add_shares(first, others) if others else first)
        roots += [root] * len(named)
        keys += [key for key, _ in named]
        means += [round(share / (len(others) + 1), 4) for _, share in named]
    return pl.DataFrame(dict(zip(CANDIDATES, (roots, keys, means), strict=True)), schema=CANDIDATES)


def add_shares(first: Shares, others: list[Shares]) -> Iterable[tuple[str, float]]:
    """Sums of the probabilities of each key."""
    sums = Counter(dict(first))
    for shares in others:
        sums.update(dict(shares))
    return sums.items()


def read_archive(
    keyed: pl.DataFrame, named: pl.DataFrame, parted: frozenset[frozenset[str]], kept_apart: set[frozenset[str]]
) -> Archive:
    """Full names joined block by block, and who may be called by which bare name."""
    types = count_types(keyed)
    full = [key for key, type_ in types.items() if type_ == PERSON and read_key(key).is_full]
    used = keyed.filter(is_among("key", full) & ~pl.col("is_several"))
    readings = join_blocks(used, parted, kept_apart)
    doubted = find_doubted(used, readings)
    rows = used.filter(is_among("key", doubted))
    beside = named.filter(pl.col("article_id").is_in(rows["article_id"].unique().implode()))
    namesakes = part_namesakes(read_people(rows), readings, Values(beside.select("article_id", "key")))
    called, as_short = index_called(readings, namesakes, used)
    given = defaultdict(dict)
    for reading in readings.values():
        given[reading.name.given][reading.key] = reading
    bare = (key for key in types if not read_key(key).is_full)
    asked = (key for key in bare if key in given or not called.keys().isdisjoint(list_called(key)))
    meant = {key: sort_people(called.get(key) or called.get(block_of(key), {})) for key in asked}
    rows = keyed.filter(is_among("key", meant) & ~pl.col("is_thing"))
    own = {(key, type_): stories for key, type_, stories in rows.group_by("key", "type").agg("story_id").iter_rows()}
    bare_counts = Counter()
    for (key, _), stories in own.items():
        bare_counts[key] += len(stories)
    return Archive(types, readings, called, given, as_short, namesakes, meant, own, bare_counts, {})


def join_blocks(
    used: pl.DataFrame, parted: frozenset[frozenset[str]], kept_apart: set[frozenset[str]]
) -> dict[str, Reading]:
    """Full key -> the person, of all blocks; `used` has the rows of full names."""
    single = read_uses(used)
    blocks = defaultdict(dict)
    for key in sorted(single):
        blocks[block_of(key)][key] = single[key]
    apart = find_apart(used, {key: name for name, own in blocks.items() if len(own) > 1 for key in own})
    readings: dict[str, Reading] = {}
    for name in sorted(blocks):
        readings |= join_readings(blocks[name], apart[name], parted, kept_apart)
    return readings


def read_uses(used: pl.DataFrame) -> dict[str, Reading]:
    """Full key -> all that its own rows tell."""
    readings = {
        key: Reading(key, read_key(key), set(articles), set(stories))
        for key, articles, stories in used.group_by("key").agg("article_id", pl.col("story_id").unique()).iter_rows()
    }
    for key, titles, count in used.filter(pl.col("titles") != "").group_by("key", "titles").len().iter_rows():
        for title in split_listed(titles) - COMMON_TITLES:
            readings[key].titles[title] += count
    for key, words in used.filter(pl.col("words") != "").select("key", "words").unique().iter_rows():
        readings[key].roles |= find_roles(split_listed(words))
    for key, sex, count in used.filter(pl.col("sex") != "").group_by("key", "sex").len().iter_rows():
        readings[key].sexes[sex] += count
    return readings


def find_apart(used: pl.DataFrame, blocks: dict[str, str]) -> dict[str, set[frozenset[str]]]:
    """Block -> pairs of full names with different given names that one article uses for two people; `blocks` are those of keys."""
    placed = pl.DataFrame({"key": blocks.keys(), "block": blocks.values()}, schema={"key": CODED, "block": CODED})
    together = used.select("article_id", "key").join(placed, on="key").group_by("article_id", "block")
    several = together.agg(pl.col("key").unique().sort()).filter(pl.col("key").list.len() > 1)
    pairs = defaultdict(set)
    for block, keys in several.select("block", "key").unique().iter_rows():
        pairs[block] |= {
            frozenset(pair) for pair in combinations(keys, 2) if read_key(pair[0]).given != read_key(pair[1]).given
        }
    return pairs


def read_people(rows: pl.DataFrame) -> list[Person]:
    """The rows as people, in their order."""
    columns = rows.select("article_id", "story_id", "key", "titles", "sex", "words")
    return [
        Person(article, story, key, split_listed(titles), sex or "", split_listed(words))
        for article, story, key, titles, sex, words in columns.iter_rows()
    ]


def count_types(keyed: pl.DataFrame) -> dict[str, str]:
    """`Archive.types`."""
    mentions = keyed.group_by("key", "type").agg(pl.col("mention_count").cast(pl.Int64).sum())
    types = mentions.cast({CODED: pl.String}).sort(-pl.col("mention_count"), "type").unique("key", keep="first")
    return dict(types.select("key", "type").sort("key").iter_rows())


def index_called(
    readings: dict[str, Reading], namesakes: dict[tuple[str, str], Reading], used: pl.DataFrame
) -> tuple[dict[str, dict[str, Reading]], Counter[str]]:
    """`Archive.called` and `Archive.as_short`; `used` has the rows of full names."""
    called: dict[str, dict[str, Reading]] = defaultdict(dict)
    as_short: Counter[str] = Counter()
    everybody = [(key, readings[key]) for key in sorted(readings)]
    everybody += [(key, namesakes[key, article]) for key, article in sorted(namesakes)]
    for key, reading in everybody:
        called[reading.name.surname][reading.key] = reading
        called[block_of(key)][reading.key] = reading
    others = {reading.key: reading for reading in namesakes.values()}
    forms = mark_parted(used, namesakes).group_by("key", "parted", "aliases").len()
    for key, parted, aliases, count in forms.iter_rows():
        reading = readings[key] if parted is None else others[parted]
        for alias, is_full in list_other_keys(key, aliases):
            as_short[alias] += count
            if not is_full:
                called[alias][reading.key] = reading
    return called, as_short


def resolve_asked(
    asked: pl.DataFrame, archive: Archive, parted: frozenset[frozenset[str]], kept_apart: set[frozenset[str]]
) -> tuple[list[str | None], dict[str, list[Shares]]]:
    """The root of each row of ASKED, None where it is no person; and of those that are unsure, whom their names may mean.

    Of a story it counts only who of those that may be meant is in it: what was decided of one holds in others alike.
    """
    roots, candidates, answers = [], defaultdict(list), {}
    for key, in_story in list_in_stories(archive).items():
        answers[key] = (in_story, {})
    for key, type_, story, titles, sex in asked.iter_rows():
        in_story, known = answers[key]
        alike = (type_, titles, sex, in_story.get(story))
        if alike not in known:
            known[alike] = resolve_bare((key, type_, story, titles, sex), archive, parted, kept_apart)
        root, choices = known[alike]
        if choices:
            root = f"{key}\x1f{story}\x1f{sex}" if sex else f"{key}\x1f{story}"
            candidates[root].append(choices)
        roots.append(root)
    return roots, candidates


def list_in_stories(archive: Archive) -> dict[str, dict[str, str]]:
    """Bare key -> each story that has it -> keys of the people there who may be called so, together a text."""
    stories = defaultdict(set)
    for (key, _), own in archive.own.items():
        stories[key].update(own)
    found: dict[str, dict[str, str]] = {}
    for key, own in stories.items():
        others = (archive.given.get(key, {}), archive.called.get(key[:-1], {}))
        people = {one.key: one for one in (*archive.meant[key], *(one for known in others for one in known.values()))}
        found[key] = defaultdict(str)
        for name in sorted(people):
            for story in people[name].stories & own:
                found[key][story] += f"{name}\n"
    return found


def resolve_bare(
    row: tuple, archive: Archive, parted: frozenset[frozenset[str]], kept_apart: set[frozenset[str]]
) -> tuple[str | None, Shares]:
    """The root of one row of ASKED, None where it is no person or unsure; and candidates where it is unsure."""
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
    return None, choice.candidates


def find_people(key: str, story: str, archive: Archive) -> list[Reading]:
    """People who may be called by a bare name: by surname; by given name, or "Blinkens", whose apostrophe got lost, only where
    the story has one."""
    found = archive.meant[key]
    if not any(story in one.stories for one in found):
        near = [one for one in archive.given.get(key, {}).values() if story in one.stories]
        found = near if len(near) == 1 else found
    if not found and key.endswith("s"):
        found = [one for one in sort_people(archive.called.get(key[:-1], {})) if story in one.stories]
    suffix = read_key(key).suffix
    return [one for one in found if suffix in ("", one.name.suffix)]


def sort_people(people: dict[str, Reading]) -> list[Reading]:
    """People in the order of their keys."""
    return [people[key] for key in sorted(people)]


def bar_people(
    key: str,
    people: list[Reading],
    archive: Archive,
    parted: frozenset[frozenset[str]],
    kept_apart: set[frozenset[str]],
) -> list[Reading]:
    """The people whom a key may mean, without those that corrections part from it."""
    barred = set()
    for pair in sorted((pair for pair in parted if key in pair), key=sorted) if people else ():
        for other in pair - {key}:
            reading = archive.readings.get(other)
            if reading is not None and reading in people:
                barred.add(reading.key)
                kept_apart.add(pair)
    return [one for one in people if one.key not in barred]


def may_be_person(key: str, type_: str, story: str, people: list[Reading], archive: Archive) -> bool:
    """Whether a bare name is a person: where its article takes it for one; or for something else, but articles use it more
    often for people than for things, or only stories on those people do; where its article has a given name for a place, it is one, and so is any that
    it has for a place ("Warren, Michigan") where its story does not name those people."""
    if type_ == PERSON:
        return bool(people) or archive.types[key] == PERSON
    is_place = type_ in PLACE_LABELS and is_given(key) and all(block_of(one.key) != key for one in people)
    if not people or tell_country(key) or is_place:
        return False
    is_usual = archive.as_short[key] > len(archive.own[key, type_])
    may_be_town = type_ in PLACE_LABELS and not any(story in one.stories for one in people)
    return (is_usual and not may_be_town) or is_in_stories(key, type_, people, archive)


def is_in_stories(key: str, type_: str, people: list[Reading], archive: Archive) -> bool:
    """Whether only stories on some people have a bare name for what is no person; remembered, since every story asks."""
    asked = (key, type_, *(one.key for one in people))
    if asked not in archive.told:
        own = archive.own[key, type_]
        archive.told[asked] = all(any(story in one.stories for one in people) for story in own)
    return archive.told[asked]
