"""Entities across articles: local entities that name the same person, organisation or place."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.corrections import NO_CORRECTIONS, Correction, Corrections, effects_frame
from quotidian.tasks.deduplicate.entities.decide import Decided, decide_names, parted_keys
from quotidian.tasks.deduplicate.entities.earlier import Earlier, list_articles, recall_names
from quotidian.tasks.deduplicate.entities.institutions import label_country, read_country
from quotidian.tasks.deduplicate.entities.keyed import KeyedNames, key_archive
from quotidian.tasks.deduplicate.entities.linked_names import sort_names
from quotidian.tasks.deduplicate.entities.names import name_key, strip_initials
from quotidian.tasks.deduplicate.entities.readings import CODED, place_texts, split_listed
from quotidian.tasks.deduplicate.entities.set_apart import set_apart, split_by_article
from quotidian.tasks.deduplicate.ids import make_id
from quotidian.tasks.deduplicate.kept import Kept

COMMON_SHARE = 0.4
"""A form is common if it is at least this often used as the most frequent one."""
DESCRIBED = ("name", "type", "mention_count")
"""What name and type of an entity rest on, beside keys."""
CORRECTED = ("same_entities", "different_entities", "canonical_names")
"""Corrections of names: where there are any, all names are decided anew."""
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
    local_entities: pl.DataFrame,
    article_links: pl.DataFrame,
    corrections: Corrections = NO_CORRECTIONS,
    kept: Kept | None = None,
) -> EntityLinks:
    """Join the local entities of all articles.

    `local_entities` has article_id, entity_index, name, type, mention_count, aliases (the forms used in the
    article) and, where it is known, the columns of `STATED`; `article_links` article_id, story_id and, where it is known, copy_group. People meet in blocks of one surname,
    institutions of every country in those of their own. A short form is what its story makes of it, else what the
    archive does where one reading prevails; an ambiguous surname stands apart in its story, with its candidates.
    Where `article_links` has mark (see `mark_articles`) and nobody corrects names, what was `kept` of names that hang together with nothing new is
    not decided again.
    """
    corrections, single = split_by_article(corrections)
    names = sort_names(add_stated(local_entities).select(*NAMED, *STATED))
    articles = list_articles(names, article_links)
    is_corrected = single or any(getattr(corrections, kind) for kind in CORRECTED)
    is_kept = kept is not None and not is_corrected and not articles["mark"].has_nulls()
    earlier = recall_names(names, articles, kept) if is_kept else None
    keyed = key_archive(names, articles, earlier, corrections)
    decided = decide_names(keyed, earlier, corrections)
    roots, root_rows, effects = describe_roots(keyed, decided, earlier, corrections, single, article_links)
    if is_kept:
        keep_names(kept, keyed, decided, roots, root_rows)
    entities = identify_roots(roots)
    candidates = name_candidates(decided.candidates, entities)
    is_ambiguous = pl.col("entity_id").is_in(candidates["entity_id"].unique().implode())
    columns = ["entity_id", "name", "type", "external_id", "country"]
    return EntityLinks(
        names.select("article_id", "entity_index", entity_id=entities["entity_id"].gather(root_rows)),
        entities.select(*columns, is_ambiguous=is_ambiguous).sort("entity_id"),
        effects_frame(effects),
        candidates,
    )


def describe_roots(
    keyed: KeyedNames,
    decided: Decided,
    earlier: Earlier | None,
    corrections: Corrections,
    single: tuple[Correction, ...],
    article_links: pl.DataFrame,
) -> tuple[pl.DataFrame, np.ndarray, list]:
    """root, label, id, name, type and external_id of the entities, the place of each name's there, and what each line of the
    corrections did. Roots of which nothing is new stay as they were."""
    rows = np.flatnonzero(decided.is_touched[decided.root_rows])
    coded = decided.texts.cast(CODED).gather(decided.root_rows[rows])
    names = keyed.take(rows, (*DESCRIBED, "aliases") if earlier is None else DESCRIBED).with_columns(root=coded)
    names, parted = set_apart(names, single, article_links)
    roots, named = describe_entities(names, corrections)
    if earlier is not None:
        is_used = np.zeros(len(decided.texts), bool)
        is_used[decided.root_rows] = True
        others = earlier.roots.filter((is_used & ~decided.is_touched)[: len(earlier.roots)])
        roots = pl.concat([others.with_columns(external_id=pl.lit(None, pl.String)), roots])
    every = names["root"] if earlier is None else decided.texts.cast(CODED).gather(decided.root_rows)
    effects = report_joins(names, corrections) + report_splits(decided.kept_apart, corrections) + named + parted
    return roots, place_texts(every, roots["root"]), effects


def keep_names(kept: Kept, keyed: KeyedNames, decided: Decided, roots: pl.DataFrame, root_rows: np.ndarray) -> None:
    """Keep what was decided of names for the next linking: see `Earlier`."""
    usual = np.zeros(len(keyed.keys), np.int64)
    usual[keyed.key_rows] = root_rows
    root = pl.Series(root_rows).set(pl.Series(usual[keyed.key_rows] == root_rows), None)
    rows = {"key": keyed.key_rows, "root": root, "is_person": decided.is_person}
    found = {
        "articles": keyed.articles.select("mark", "story_id", "country", "names"),
        "keys": keyed.keys.with_columns(root=pl.Series(usual, dtype=pl.UInt32)),
        "names": pl.DataFrame(rows).cast({"key": pl.UInt32, "root": pl.UInt32}),
        "roots": roots.drop("external_id"),
        "candidates": decided.candidates,
        **keyed.signs._asdict(),
    }
    kept.after |= {f"entity_{name}": frame for name, frame in found.items()}


def add_stated(local_entities: pl.DataFrame) -> pl.DataFrame:
    """The names with all columns of `STATED`, null where nothing is known of them."""
    absent = {name: type_ for name, type_ in STATED.items() if name not in local_entities.columns}
    return local_entities.with_columns(pl.lit(None, type_).alias(name) for name, type_ in absent.items())


def describe_entities(keyed: pl.DataFrame, corrections: Corrections) -> tuple[pl.DataFrame, list]:
    """root, label, id, name, type and external_id of each entity; and what each line of names did.

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
    chosen = {root: (label_country(name, read_country(root)), None) for root, name in names.items()}
    effects = rename_entities(chosen, find_forms(keyed, uses) if corrections.canonical_names else {}, corrections)
    columns = {
        "root": list(chosen),
        "label": [labels[root] for root in chosen],
        "id": [make_id("e_", labels[root]) for root in chosen],
        "name": [name for name, _ in chosen.values()],
        "type": [types[root] for root in chosen],
        "external_id": [external for _, external in chosen.values()],
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


def identify_roots(roots: pl.DataFrame) -> pl.DataFrame:
    """Roots with country and entity_id: `id`, that of the label, or that of the root itself where two would be the same."""
    is_shared = roots["label"].is_duplicated()
    shared = [make_id("e_", f"{root}\x1f") for root in roots["root"].filter(is_shared)]
    ids = roots["id"].scatter(is_shared.arg_true(), shared)
    countries = pl.Series(map(read_country, roots["root"]), dtype=pl.String)
    return roots.with_columns(entity_id=ids, country=countries)


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
