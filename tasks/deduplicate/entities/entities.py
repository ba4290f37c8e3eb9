"""Entities across articles: local entities that name the same person, organisation or place."""

from collections import Counter, defaultdict
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.corrections import NO_CORRECTIONS, Correction, Corrections, effects_frame
from quotidian.tasks.deduplicate.entities.names import name_key, strip_initials, tokenize_name
from quotidian.tasks.deduplicate.entities.resolve import Resolver, count_uses
from quotidian.tasks.deduplicate.entities.short_forms import find_full_names
from quotidian.tasks.deduplicate.ids import make_id

COMMON_SHARE = 0.4
"""A form is common if it is at least this often used as the most frequent one."""


class EntityLinks(NamedTuple):
    """What `link_entities` finds; every frame is sorted by its key."""

    links: pl.DataFrame
    """article_id, entity_index, entity_id: one row for every local entity."""
    entities: pl.DataFrame
    """entity_id, name, type, external_id (from canonical_names.csv, else null)."""
    effects: pl.DataFrame
    """file, line, has_effect, detail: what each line of the corrections did."""


def link_entities(
    local_entities: pl.DataFrame, article_links: pl.DataFrame, corrections: Corrections = NO_CORRECTIONS
) -> EntityLinks:
    """Join the local entities of all articles.

    `local_entities` has article_id, entity_index, name, type, mention_count and aliases (the forms used in the
    article); `article_links` article_id and story_id. A full name is one entity everywhere. A short form is
    what its story makes of it, else what the archive does where one full name fits, and an ambiguous surname
    stands apart in its story.
    """
    placed = local_entities.sort("article_id", "entity_index").join(
        article_links.select("article_id", "story_id"), on="article_id", how="left", maintain_order="left"
    )
    joined = join_keys(corrections)
    keyed = placed.with_columns(key=key_names(placed, joined, corrections))
    resolver = make_resolver(keyed, corrections)
    asked = keyed.select("key", "type", "story_id").unique(maintain_order=True)
    roots = pl.Series("root", [resolver.resolve(*names) for names in asked.iter_rows()], dtype=pl.String)
    keyed = keyed.join(asked.with_columns(roots), on=asked.columns, how="left", nulls_equal=True, maintain_order="left")
    entities, named = describe_entities(keyed, corrections)
    links = keyed.join(entities, on="root").select("article_id", "entity_index", "entity_id")
    effects = report_joins(keyed, corrections) + report_splits(resolver, corrections) + named
    columns = ["entity_id", "name", "type", "external_id"]
    return EntityLinks(
        links.sort("article_id", "entity_index"), entities.select(columns).sort("entity_id"), effects_frame(effects)
    )


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


def key_names(placed: pl.DataFrame, joined: dict[str, str], corrections: Corrections) -> pl.Series:
    """Key of each name, by the type that the name has most often in the archive; names that people set apart are
    not looked up among the aliases."""
    plain = {name for line in corrections.different_entities for name in line.values.values()}
    keys = {name: plain_key(name) for name in plain}
    for name, type_ in find_types(placed).iter_rows():
        keys.setdefault(name, name_key(name, type_) or name)
    return pl.Series("key", [joined.get(keys[name], keys[name]) for name in placed["name"]], dtype=pl.String)


def find_types(placed: pl.DataFrame) -> pl.DataFrame:
    """name, type: the type of most mentions of each name, ties to the alphabetically first."""
    uses = placed.group_by("name", "type").agg(pl.col("mention_count").sum())
    ranked = uses.sort("name", pl.col("mention_count").cast(pl.Int64) * -1, "type")
    return ranked.unique("name", keep="first", maintain_order=True).select("name", "type")


def plain_key(name: str) -> str:
    """Key of a name as it stands, without aliases."""
    return " ".join(tokenize_name(name)) or name


def make_resolver(keyed: pl.DataFrame, corrections: Corrections) -> Resolver:
    """A resolver for all keys of the archive."""
    uses = count_uses(keyed)
    distinct = keyed.select("key", "type", "aliases").unique(maintain_order=True)
    full = find_full_names(distinct.iter_rows(), set(uses.articles))
    return Resolver(full, uses, frozenset(map(parted_keys, corrections.different_entities)))


def parted_keys(line: Correction) -> frozenset[str]:
    """The two keys of a line of different_entities.csv."""
    return frozenset((plain_key(line.values["name"]), plain_key(line.values["other_name"])))


def describe_entities(keyed: pl.DataFrame, corrections: Corrections) -> tuple[pl.DataFrame, list]:
    """root, entity_id, name, type and external_id of each entity; and what each line of names did.

    The type is that of most mentions, the name the fullest of the common ones, or what people said.
    """
    uses = keyed.group_by("root", "key", "name", "type").agg(pl.col("mention_count").sum(), articles=pl.len())
    names, types, keys = (defaultdict(lambda: defaultdict(int)) for _ in range(3))
    roots: dict[str, str] = {}
    for root, key, name, type_, mentions, articles in uses.sort("root", "key", "name", "type").iter_rows():
        names[root][name] += articles
        types[root][type_] += mentions
        keys[root][key] += articles
        roots.setdefault(key, root)
    chosen = {root: (choose_name(names[root]), None) for root in names}
    effects = rename_entities(chosen, find_forms(keyed) | roots if corrections.canonical_names else {}, corrections)
    ids = make_ids(keys)
    rows = [(root, ids[root], name, choose_most(types[root]), external) for root, (name, external) in chosen.items()]
    columns = ["root", "entity_id", "name", "type", "external_id"]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"), effects


def make_ids(keys: dict[str, dict[str, int]]) -> dict[str, str]:
    """Id of each root, from the uses of its keys: of its most used full key without initials, so that a fuller
    or odd form in one more article leaves the id as it was; of the root itself where two would be the same."""
    labels = {root: label_root(root, uses) for root, uses in keys.items()}
    shared = Counter(labels.values())
    return {root: make_id("e_", label if shared[label] == 1 else f"{root}\x1f") for root, label in labels.items()}


def label_root(root: str, uses: dict[str, int]) -> str:
    """Most used key of a root that has several words, if the root has; without initials."""
    full = [key for key in uses if " " in key] if " " in root and "\x1f" not in root else []
    return strip_initials(min(full, key=lambda key: (-uses[key], key))) if full else root


def find_forms(keyed: pl.DataFrame) -> dict[str, str]:
    """Key -> root of the forms that articles use for one entity alone ("Blinken", where no article knows another)."""
    forms = keyed.select("root", "type", "aliases").explode("aliases").drop_nulls("aliases").unique()
    roots = defaultdict(set)
    for root, type_, alias in forms.iter_rows():
        roots[name_key(alias, type_)].add(root)
    return {key: min(found) for key, found in roots.items() if len(found) == 1}


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


def report_splits(resolver: Resolver, corrections: Corrections) -> list:
    """What each line of different_entities.csv did."""
    return [report_split(line, resolver) for line in corrections.different_entities]


def report_split(line: Correction, resolver: Resolver) -> tuple:
    """What one line of different_entities.csv did."""
    values = line.values
    is_alias = name_key(values["name"]) == name_key(values["other_name"])
    is_parted = parted_keys(line) in resolver.kept_apart or is_alias
    return line.effect(is_parted, "kept apart" if is_parted else "would not have been joined")
