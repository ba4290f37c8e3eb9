"""How an archive uses its names: in which stories and articles, for what, and beside which other names."""

from collections import Counter, defaultdict
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.entities.names import KEYS_KEPT, name_key
from quotidian.tasks.deduplicate.entities.readings import is_among, split_listed
from quotidian.tasks.deduplicate.entities.short_forms import PLACES, FullNames, name_owner


def name_class(type_: str) -> str:
    """person, place or other: what a recogniser seldom mixes up for most of the mentions of one name."""
    return "person" if type_ == "PERSON" else "place" if type_ in PLACES else "other"


class Values(dict[str, frozenset[str]]):
    """The different values of a column for each value of another one, read when they are asked for; none for what is not known."""

    def __init__(self, frame: pl.DataFrame):
        """`frame` has two columns of CODED."""
        key, value = frame.columns
        known = frame.drop_nulls().group_by(key).agg(value)
        self.places = dict(zip(known[key].to_list(), range(len(known)), strict=True))
        self.bounds = [0, *known[value].list.len().cum_sum()]
        self.codes = known[value].explode().to_physical().to_numpy()
        distinct = frame[value].unique().drop_nulls()
        self.texts = dict(zip(distinct.to_physical().to_list(), distinct.to_list(), strict=True))

    def __missing__(self, name: str) -> frozenset[str]:
        place = self.places.get(name)
        codes = self.codes[self.bounds[place] : self.bounds[place + 1]].tolist() if place is not None else []
        self[name] = found = frozenset(map(self.texts.__getitem__, codes))
        return found


class NameUses(NamedTuple):
    """How an archive uses its keys."""

    stories: Values
    """story_id -> keys of full names that its articles give as names of local entities."""
    articles: dict[str, int]
    """key -> articles with a local entity of that key."""
    types: dict[str, str]
    """key -> type of most of its mentions, ties to the alphabetically first."""
    as_short: Counter[tuple[str, str]]
    """key and class -> local entities of the class that have a longer name and are also called so."""
    as_name: dict[str, dict[str, list[str]]]
    """Key that may be short -> class -> stories of the local entities that have no longer name in their article."""
    countries: Values
    """Full key, and article_id -> countries that its articles are about."""
    named_in: Values
    """Full key -> stories in which it is a name."""
    articles_of: Values
    """story_id -> its articles, where one has a word that may be short."""
    names_of: Values
    """article_id -> keys that it gives as names; of the same articles."""


def count_uses(keyed: pl.DataFrame, named: pl.DataFrame, full: FullNames) -> NameUses:
    """Uses of the keys of local entities: `keyed` has key, story_id, type, mention_count, aliases and article_country,
    `named` article_id, story_id, key and article_country of these, of people and of all names beside them."""
    mentions = keyed.group_by("key", "type").agg(pl.col("mention_count").cast(pl.Int64).sum())
    types = mentions.sort(-pl.col("mention_count"), "type").unique("key", keep="first")
    short = full.nearby.keys() | full.anywhere.keys()
    meant = keyed.filter(is_among("key", set().union(*full.nearby.values(), *full.anywhere.values())))
    asked = {key for key in short if " " not in key}
    asked |= {key for key, names in full.anywhere.items() if any(map(name_owner, names))}
    asked_stories = keyed.filter(is_among("key", asked))["story_id"].unique()
    beside = named.filter(pl.col("story_id").is_in(asked_stories.implode()))
    countries = (frame.select("article_country", of=of) for frame, of in ((meant, "key"), (beside, "article_id")))
    return NameUses(
        Values(meant.select("story_id", "key")),
        dict(keyed.group_by("key").len().iter_rows()),
        dict(types.select("key", "type").iter_rows()),
        count_short(keyed),
        gather_stories(keyed.filter(is_among("key", short))),
        Values(pl.concat(countries).select("of", "article_country")),
        Values(meant.select("key", "story_id")),
        Values(beside.select("story_id", "article_id")),
        Values(beside.select("article_id", "key")),
    )


@lru_cache(maxsize=KEYS_KEPT)
def list_forms(key: str, type_: str, aliases: str) -> tuple[str, ...]:
    """Keys of the forms of a name, without its own."""
    return tuple({name_key(alias, type_) for alias in split_listed(aliases)} - {key})


def count_short(keyed: pl.DataFrame) -> Counter[tuple[str, str]]:
    """`NameUses.as_short`."""
    uses: Counter[tuple[str, str]] = Counter()
    for key, type_, aliases, count in keyed.group_by("key", "type", "aliases").len().iter_rows():
        for short in list_forms(key, type_, aliases):
            uses[short, name_class(type_)] += count
    return uses


def gather_stories(keyed: pl.DataFrame) -> dict[str, dict[str, list[str]]]:
    """`NameUses.as_name`."""
    uses: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, type_, stories in keyed.group_by("key", "type").agg("story_id").iter_rows():
        uses[key][name_class(type_)] += stories
    return uses
