"""Entities across articles: local entities that name the same person, organisation or place."""

from collections import Counter, defaultdict
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.corrections import NO_CORRECTIONS, Correction, Corrections, effects_frame
from quotidian.tasks.deduplicate.entities.article_countries import find_article_countries
from quotidian.tasks.deduplicate.entities.bare_names import resolve_people
from quotidian.tasks.deduplicate.entities.institutions import label_country, place_key, read_country, split_institution
from quotidian.tasks.deduplicate.entities.linked_names import sort_names
from quotidian.tasks.deduplicate.entities.names import alias_country, name_key, strip_initials
from quotidian.tasks.deduplicate.entities.readings import CODED, code_texts, is_among, split_listed
from quotidian.tasks.deduplicate.entities.resolve import Resolver
from quotidian.tasks.deduplicate.entities.set_apart import plain_key, set_apart, split_by_article
from quotidian.tasks.deduplicate.entities.shared_towns import part_towns, replace_keys
from quotidian.tasks.deduplicate.entities.short_forms import find_full_names
from quotidian.tasks.deduplicate.entities.uses import count_uses
from quotidian.tasks.deduplicate.ids import make_id

PERSON = "PERSON"
PREVAILING = 4
"""Times as many articles of a story that an institution's country has as all others, where it is that of the bare name."""
COMMON_SHARE = 0.4
"""A form is common if it is at least this often used as the most frequent one."""
NAMED = ("article_id", "entity_index", "name", "type", "mention_count", "aliases")
STATED = {"titles": pl.List(pl.String), "sex": pl.String, "country": pl.String, "words": pl.List(pl.String)}
"""What the article states of a local entity: see `Entity` of the extract room."""


class EntityLinks(NamedTuple):
    """What `link_entities` finds; every frame is sorted by its key."""

    links: pl.DataFrame
    """article_id, entity_index, entity_id: one row for every local entity."""
    entities: pl.DataFrame
    """entity_id, name, type, external_id (from canonical_names.csv, else null), country, is_ambiguous."""
    effects: pl.DataFrame
    """file, line, has_effect, detail: what each line of the corrections did."""
    candidates: pl.DataFrame
    """entity_id, candidate_id, probability: whom an ambiguous name may mean."""


def link_entities(
    local_entities: pl.DataFrame, article_links: pl.DataFrame, corrections: Corrections = NO_CORRECTIONS
) -> EntityLinks:
    """Join the local entities of all articles.

    `local_entities` has article_id, entity_index, name, type, mention_count, aliases (the forms used in the
    article) and, where it is known, the columns of `STATED`; `article_links` article_id, story_id and, where it is known, copy_group. People meet in blocks of one surname,
    institutions of every country in those of their own. A short form is what its story makes of it, else what the
    archive does where one reading prevails; an ambiguous surname stands apart in its story, with its candidates.
    """
    corrections, single = split_by_article(corrections)
    placed = code_texts(sort_names(add_stated(local_entities).select(*NAMED, *STATED))).join(
        code_texts(article_links.select("article_id", "story_id")),
        on="article_id",
        how="left",
        maintain_order="left",
    )
    keyed = key_names(place_names(placed), corrections)
    people = resolve_people(keyed, list(map(parted_keys, corrections.different_entities)))
    others, kept_apart = resolve_others(keyed, people.roots, corrections)
    keyed, parted = set_apart(keyed.with_columns(root=pl.coalesce(people.roots, others)), single, article_links)
    entities, named = describe_entities(keyed, corrections)
    ids = entities.select(pl.col("root").cast(CODED), "entity_id")
    links = keyed.select(pl.col("article_id").cast(pl.String), "entity_index", "root").join(
        ids, on="root", maintain_order="left"
    )
    effects = (
        report_joins(keyed, corrections) + report_splits(people.kept_apart | kept_apart, corrections) + named + parted
    )
    columns = ["entity_id", "name", "type", "external_id", "country"]
    candidates = name_candidates(people.candidates, entities)
    is_ambiguous = pl.col("entity_id").is_in(candidates["entity_id"].unique().implode())
    described = entities.select(*columns, is_ambiguous=is_ambiguous).sort("entity_id")
    return EntityLinks(links.drop("root"), described, effects_frame(effects), candidates)


def add_stated(local_entities: pl.DataFrame) -> pl.DataFrame:
    """The names with all columns of `STATED`, null where nothing is known of them."""
    absent = {name: type_ for name, type_ in STATED.items() if name not in local_entities.columns}
    return local_entities.with_columns(pl.lit(None, type_).alias(name) for name, type_ in absent.items())


def place_names(placed: pl.DataFrame) -> pl.DataFrame:
    """Adds article_country; `country` becomes the stated one, else that of the article."""
    countries = find_article_countries(placed).rename({"country": "article_country"})
    joined = placed.join(countries, on="article_id", how="left", maintain_order="left")
    return joined.with_columns(country=pl.coalesce("country", "article_country"))


def join_keys(corrections: Corrections) -> dict[str, str]:
    """Key -> key that people said is the same, chains followed."""
    joined: dict[str, str] = {}
    for line in corrections.same_entities:
        left, right = (
            find_root(joined, name_key(line.values["name"])),
            find_root(joined, name_key(line.values["same_as"])),
        )
        if left != right:
            joined[left] = right
    return {key: find_root(joined, key) for key in joined}


def find_root(joined: dict[str, str], key: str) -> str:
    """Where a chain of keys ends."""
    while key in joined:
        key = joined[key]
    return key


def key_names(placed: pl.DataFrame, corrections: Corrections) -> pl.DataFrame:
    """Adds key, by the type that the name has most often in the archive and, of an institution that every country has, with
    its country; names that people set apart are not looked up among the aliases."""
    joined = join_keys(corrections)
    plain = {name for line in corrections.different_entities for name in line.values.values()}
    types = dict(find_types(placed).iter_rows())
    keys = {name: plain_key(name) if name in plain else find_key(name, types[name], joined) for name in types}
    owners = {name: None if name in plain else alias_country(name) for name in types}
    is_institution = {
        name: name not in plain and types[name] != PERSON and bool(split_institution(keys[name])) for name in types
    }
    columns = {
        "name": list(keys),
        "key": list(keys.values()),
        "owner": list(owners.values()),
        "by_country": [owners[name] is not None or is_institution[name] for name in keys],
    }
    schema = {"name": pl.String, "key": pl.String, "owner": pl.String, "by_country": pl.Boolean}
    known = code_texts(pl.DataFrame(columns, schema=schema))
    keyed = placed.with_row_index("place").join(known, on="name", how="left", maintain_order="left")
    return follow_story(place_keys(part_towns(keyed), types, joined))


def place_keys(keyed: pl.DataFrame, types: dict[str, str], joined: dict[str, str]) -> pl.DataFrame:
    """Gives the names that are `by_country` the key that they have in the country of their article; `owner` is the country whose
    articles alone use an alias."""
    is_told = pl.col("owner").is_null() | pl.col("told").is_null() | pl.col("told").list.contains(pl.col("owner"))
    rows = keyed.filter("by_country").select("place", "name", "country", "owner", is_foreign=~is_told)
    asked = rows.select(pl.exclude("place")).unique(maintain_order=True)
    own = [
        place_name(name, types[name], country if is_foreign else country or owner, is_foreign, joined)
        for name, country, owner, is_foreign in asked.iter_rows()
    ]
    found = rows.join(asked.with_columns(own=pl.Series(own, dtype=CODED)), on=asked.columns, nulls_equal=True)
    return replace_keys(keyed, found.select("place", "own")).drop("place", "owner", "by_country", "told")


def find_key(name: str, type_: str, joined: dict[str, str]) -> str:
    """Key of one name, wherever it stands."""
    key = name_key(name, type_) or name
    return joined.get(key, key)


def place_name(name: str, type_: str, country: str | None, is_foreign: bool, joined: dict[str, str]) -> str:
    """Key of one name in an article of a country; of an alias that belongs to a country of which the article tells nothing,
    the name as it stands."""
    plain = plain_key(name)
    key = joined.get(plain, plain) if is_foreign else find_key(name, type_, joined)
    return key if type_ == PERSON else place_key(key, country)


def follow_story(keyed: pl.DataFrame) -> pl.DataFrame:
    """Gives an institution that its article gives no country the one that its story does: the only one, or one that has
    `PREVAILING` times as many articles as all others together."""
    whole = keyed["key"].unique().cast(pl.String)
    placed = pl.DataFrame({"key": whole.filter(whole.str.contains(" @", literal=True))})
    placed = placed.with_columns(bare=pl.col("key").str.split(" @").list.first())
    counted = (
        keyed.join(code_texts(placed), on="key")
        .group_by("story_id", "bare", whole="key")
        .agg(articles=pl.col("article_id").n_unique())
    )
    ranked = counted.sort("story_id", "bare", -pl.col("articles").cast(pl.Int64), "whole")
    known = ranked.group_by("story_id", "bare", maintain_order=True).agg(
        pl.col("whole").first(), most=pl.col("articles").first(), total=pl.col("articles").sum()
    )
    rest = pl.col("total") - pl.col("most")
    one = known.filter(pl.col("most") >= PREVAILING * rest).drop("most", "total")
    joined = keyed.join(
        one, left_on=["story_id", "key"], right_on=["story_id", "bare"], how="left", maintain_order="left"
    )
    return joined.with_columns(key=pl.coalesce("whole", "key")).drop("whole")


def find_types(placed: pl.DataFrame) -> pl.DataFrame:
    """name, type: the type of most mentions of each name, ties to the alphabetically first."""
    uses = placed.group_by("name", "type").agg(pl.col("mention_count").sum())
    ranked = uses.cast({CODED: pl.String}).sort("name", pl.col("mention_count").cast(pl.Int64) * -1, "type")
    return ranked.unique("name", keep="first", maintain_order=True).select("name", "type")


def resolve_others(
    keyed: pl.DataFrame, people: pl.Series, corrections: Corrections
) -> tuple[pl.Series, set[frozenset[str]]]:
    """Root of each row that is no person, null for people; and the pairs of keys that were kept apart."""
    columns = ["article_id", "story_id", "key", "type", "mention_count", "aliases", "article_country"]
    rest = keyed.select(columns).filter(people.is_null())
    resolver = make_resolver(rest, keyed, corrections)
    may_be_short = is_among("key", [*resolver.full.nearby, *resolver.full.anywhere])
    asked = rest.filter(may_be_short).select("key", "type", "story_id").unique(maintain_order=True)
    roots = pl.Series("other", [resolver.resolve(*names) for names in asked.iter_rows()], dtype=CODED)
    known = asked.with_columns(roots)
    joined = keyed.join(known, on=known.columns[:3], how="left", nulls_equal=True, maintain_order="left")
    own = joined.select(root=pl.when(people.is_null()).then(pl.coalesce("other", "key")))
    return own.to_series(), resolver.kept_apart


def make_resolver(keyed: pl.DataFrame, all_names: pl.DataFrame, corrections: Corrections) -> Resolver:
    """A resolver for the keys of all that is no person, `keyed`."""
    distinct = keyed.select("key", "type", "aliases").unique(maintain_order=True)
    names = ((key, type_, split_listed(aliases)) for key, type_, aliases in distinct.iter_rows())
    full = find_full_names(names, set(keyed["key"].unique()))
    uses = count_uses(keyed, all_names, full.nearby.keys() | full.anywhere.keys())
    return Resolver(full, uses, frozenset(map(parted_keys, corrections.different_entities)))


def parted_keys(line: Correction) -> frozenset[str]:
    """The two keys of a line of different_entities.csv."""
    return frozenset((plain_key(line.values["name"]), plain_key(line.values["other_name"])))


def describe_entities(keyed: pl.DataFrame, corrections: Corrections) -> tuple[pl.DataFrame, list]:
    """root, entity_id, name, type, external_id and country of each entity; and what each line of names did.

    The type is that of most mentions, the name the fullest of the common ones, or what people said.
    """
    uses = keyed.group_by("root", "key", "name", "type").agg(pl.col("mention_count").sum(), articles=pl.len())
    uses = uses.cast({CODED: pl.String}).sort("root", "key", "name", "type")
    is_single = pl.col("root").is_unique()
    single = uses.filter(is_single)
    roots, keys = single["root"].to_list(), single["key"].to_list()
    names = dict(zip(roots, single["name"].to_list(), strict=True))
    types = dict(zip(roots, single["type"].to_list(), strict=True))
    labels = {root: label_root(root, {key: 1}) for root, key in zip(roots, keys, strict=True)}
    several = uses.filter(~is_single).group_by("root", maintain_order=True).agg(pl.all())
    for root, *columns in several.iter_rows():
        own, called, kinds, mentions, articles = columns
        names[root] = choose_name(add_up(called, articles))
        types[root] = choose_most(add_up(kinds, mentions))
        labels[root] = label_root(root, add_up(own, articles))
    countries = {root: read_country(root) for root in names}
    chosen = {root: (label_country(name, countries[root]), None) for root, name in names.items()}
    effects = rename_entities(chosen, find_forms(keyed, uses) if corrections.canonical_names else {}, corrections)
    ids = make_ids(labels)
    columns = {
        "root": list(chosen),
        "entity_id": [ids[root] for root in chosen],
        "name": [name for name, _ in chosen.values()],
        "type": [types[root] for root in chosen],
        "external_id": [external for _, external in chosen.values()],
        "country": [countries[root] for root in chosen],
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), effects


def add_up(values: list[str], counts: list[int]) -> dict[str, int]:
    """Sum of the counts of each value."""
    sums: dict[str, int] = defaultdict(int)
    for value, count in zip(values, counts, strict=True):
        sums[value] += count
    return sums


def name_candidates(candidates: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """entity_id, candidate_id, probability, from the roots of both."""
    ids = entities.select("root", "entity_id")
    named = candidates.join(ids, on="root").join(
        ids.rename({"root": "candidate", "entity_id": "candidate_id"}), on="candidate"
    )
    return named.select("entity_id", "candidate_id", "probability").sort("entity_id", "candidate_id")


def make_ids(labels: dict[str, str]) -> dict[str, str]:
    """Id of each root, from its label; from the root itself where two would be the same."""
    shared = Counter(labels.values())
    return {root: make_id("e_", label if shared[label] == 1 else f"{root}\x1f") for root, label in labels.items()}


def label_root(root: str, uses: dict[str, int]) -> str:
    """Most used key of a root that has several words, if the root has; without initials, so that a fuller or odd form in one
    more article leaves the id as it was."""
    full = [key for key in uses if " " in key] if " " in root and "\x1f" not in root else []
    return strip_initials(min(full, key=lambda key: (-uses[key], key))) if full else root


def find_forms(keyed: pl.DataFrame, uses: pl.DataFrame) -> dict[str, str]:
    """Key -> root of the names of `uses`, and of the forms that articles use for one entity alone ("Blinken", where no article
    knows another)."""
    roots = defaultdict(set)
    for root, type_, aliases in keyed.select("root", "type", "aliases").unique().iter_rows():
        for alias in split_listed(aliases):
            roots[name_key(alias, type_)].add(root)
    alone = {key: min(found) for key, found in roots.items() if len(found) == 1}
    return alone | dict(uses.unique("key", keep="first", maintain_order=True).select("key", "root").iter_rows())


def rename_entities(chosen: dict[str, tuple], roots: dict[str, str], corrections: Corrections) -> list:
    """Puts the names and external ids of canonical_names.csv into `chosen`; returns what each line did."""
    effects = []
    for line in corrections.canonical_names:
        root = roots.get(name_key(line.values["name"]))
        if root is not None:
            chosen[root] = (line.values["canonical_name"], line.values["external_id"] or None)
        effects.append(line.effect(root is not None, "name set" if root is not None else "no article has this name"))
    return effects


def choose_name(uses: dict[str, int]) -> str:
    """The fullest of the common names: most words, then most used, then alphabetical."""
    most = max(uses.values())
    common = [name for name, count in uses.items() if count >= COMMON_SHARE * most]
    return min(common, key=lambda name: (-len(name.split()), -uses[name], name))


def choose_most(uses: dict[str, int]) -> str:
    """The most frequent value, ties to the alphabetically first."""
    return min(uses, key=lambda value: (-uses[value], value))


def report_joins(keyed: pl.DataFrame, corrections: Corrections) -> list:
    """What each line of same_entities.csv did."""
    present = {name_key(name) for name in keyed["name"].unique()} if corrections.same_entities else set()
    return [report_join(line, present) for line in corrections.same_entities]


def report_join(line: Correction, present: set[str]) -> tuple:
    """What one line of same_entities.csv did."""
    left, right = name_key(line.values["name"]), name_key(line.values["same_as"])
    if left == right:
        return line.effect(False, "already one entity")
    is_present = {left, right} <= present
    return line.effect(is_present, "joined" if is_present else "no article has one of the names")


def report_splits(kept_apart: set[frozenset[str]], corrections: Corrections) -> list:
    """What each line of different_entities.csv did."""
    return [report_split(line, kept_apart) for line in corrections.different_entities]


def report_split(line: Correction, kept_apart: set[frozenset[str]]) -> tuple:
    """What one line of different_entities.csv did."""
    values = line.values
    is_alias = name_key(values["name"]) == name_key(values["other_name"])
    is_parted = parted_keys(line) in kept_apart or is_alias
    return line.effect(is_parted, "kept apart" if is_parted else "would not have been joined")
