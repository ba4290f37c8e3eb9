"""Which full name a short form stands for: by its story, else by the archive, else none."""

from collections import Counter, defaultdict
from typing import NamedTuple

import polars as pl

from quotidian.tasks.deduplicate.entities.names import name_key
from quotidian.tasks.deduplicate.entities.short_forms import PLACES, FullNames, name_size


def name_class(type_: str) -> str:
    """person, place or other: what a recogniser seldom mixes up for most of the mentions of one name."""
    return "person" if type_ == "PERSON" else "place" if type_ in PLACES else "other"


class NameUses(NamedTuple):
    """How an archive uses its keys."""

    stories: dict[str, set[str]]
    """story_id -> keys that its articles give as names of local entities."""
    articles: dict[str, int]
    """key -> articles with a local entity of that key."""
    types: dict[str, str]
    """key -> type of most of its mentions, ties to the alphabetically first."""
    as_short: Counter[tuple[str, str]]
    """key and class -> local entities of the class that have a longer name and are also called so."""
    as_name: dict[str, dict[str, list[str]]]
    """key -> class -> stories of the local entities that have no longer name in their article."""
    countries: dict[str, set[str]]
    """Key, and story_id -> countries that its articles are about."""
    named_in: dict[str, set[str]]
    """key -> stories in which it is a name."""


def count_uses(keyed: pl.DataFrame) -> NameUses:
    """Uses of the keys of local entities: `keyed` has key, story_id, type, mention_count, aliases and article_country."""
    stories = keyed.group_by("story_id").agg(pl.col("key").unique())
    mentions = keyed.group_by("key", "type").agg(pl.col("mention_count").cast(pl.Int64).sum())
    types = mentions.sort(-pl.col("mention_count"), "type").unique("key", keep="first")
    return NameUses(
        {story: set(keys) for story, keys in stories.iter_rows()},
        dict(keyed.group_by("key").len().iter_rows()),
        dict(types.select("key", "type").iter_rows()),
        count_short(keyed),
        gather_stories(keyed),
        gather_values(keyed, "key", "article_country") | gather_values(keyed, "story_id", "article_country"),
        gather_values(keyed, "key", "story_id"),
    )


def gather_values(keyed: pl.DataFrame, key: str, value: str) -> dict[str, set[str]]:
    """The different values of a column for each of another one."""
    known = keyed.select(key, value).drop_nulls().unique()
    return {name: set(values) for name, values in known.group_by(key).agg(value).iter_rows()}


def count_short(keyed: pl.DataFrame) -> Counter[tuple[str, str]]:
    """`NameUses.as_short`."""
    uses: Counter[tuple[str, str]] = Counter()
    for key, type_, aliases, count in keyed.group_by("key", "type", "aliases").len().iter_rows():
        for short in {name_key(alias, type_) for alias in aliases} - {key}:
            uses[short, name_class(type_)] += count
    return uses


def gather_stories(keyed: pl.DataFrame) -> dict[str, dict[str, list[str]]]:
    """`NameUses.as_name`."""
    uses: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, type_, stories in keyed.group_by("key", "type").agg("story_id").iter_rows():
        uses[key][name_class(type_)] += stories
    return uses


class Resolver:
    """Follows short forms to full names; remembers what it was asked."""

    def __init__(self, full: FullNames, uses: NameUses, apart: frozenset[frozenset[str]] = frozenset()):
        self.full, self.uses, self.apart = full, uses, apart
        self.kept_apart: set[frozenset[str]] = set()
        self.answers: dict[tuple[str, str, str], str] = {}
        self.choices: dict[tuple[str, str], tuple[set[str], set[str]]] = {}

    def resolve(self, key: str, type_: str, story: str) -> str:
        """Key of the entity that a name stands for in a story; with the story where several people fit."""
        class_ = name_class(type_)
        nearby, known = self.choose(key, class_)
        if not nearby:
            return key
        asked = (key, class_, story)
        if asked not in self.answers:
            self.answers[asked] = key  # for whoever comes back here while it is being answered
            self.answers[asked] = self.follow(key, class_, story, nearby & self.uses.stories[story], known)
        return self.answers[asked]

    def follow(self, key: str, class_: str, story: str, near: set[str], known: set[str]) -> str:
        """The one full name that fits, else the key itself, set apart by its story if it is an ambiguous surname."""
        known = {option for option in known if self.is_established(key, option, story)}
        roots = self.bar_roots(key, self.roots(near or known, story), story)
        if len(roots) == 1:
            return min(roots)
        return f"{key}\x1f{story}" if roots and class_ == "person" and " " not in key else key

    def is_established(self, key: str, option: str, story: str) -> bool:
        """Whether what some articles call a name holds in a story that does not tell it: an acronym needs two stories that
        define it, or one about the same country."""
        if " " in key or key in option.split() or len(self.uses.named_in.get(option, ())) > 1:
            return True
        return bool(self.uses.countries.get(option, set()) & self.uses.countries.get(story, set()))

    def bar_roots(self, key: str, roots: set[str], story: str) -> set[str]:
        """The roots without what longer names that must stay apart from a key stand for, so that no third name joins
        the two."""
        for pair in sorted((pair for pair in self.apart if key in pair), key=sorted):
            longer = {other for other in pair if name_size(key) < name_size(other) and other in self.uses.types}
            barred = self.roots(longer, story)
            if barred & roots:
                self.kept_apart.add(pair)
                roots = roots - barred
        return roots

    def roots(self, options: set[str], story: str) -> set[str]:
        """What the options themselves stand for."""
        return {self.resolve(option, self.uses.types[option], story) for option in sorted(options)}

    def choose(self, key: str, class_: str) -> tuple[set[str], set[str]]:
        """Full names that a key of a class may stand for: in a story that has them, and in the whole archive."""
        if (key, class_) not in self.choices:
            options = {option for option in self.options(key) if self.may_stand_for(key, class_, option)}
            self.choices[key, class_] = (options, self.known_options(key, class_, options))
        return self.choices[key, class_]

    def options(self, key: str) -> set[str]:
        """All full names of a key, without those that must stay apart from it."""
        nearby = {option for option in self.full.nearby.get(key, ()) if self.is_less_known(key, option)}
        options = nearby.union(self.full.anywhere.get(key, ()))
        parted = {option for option in options if frozenset((key, option)) in self.apart} if self.apart else set()
        self.kept_apart |= {frozenset((key, option)) for option in parted}
        return options - parted

    def is_less_known(self, key: str, option: str) -> bool:
        """Whether `option` stands in more articles, so that no story moves a well-known full name to a rare one."""
        rank = {name: (self.uses.articles[name], name_size(name)) for name in (key, option)}
        return " " not in key or rank[key] < rank[option]

    def known_options(self, key: str, class_: str, options: set[str]) -> set[str]:
        """Full names that hold in the whole archive; none where the key mostly means something of another class
        (Washington)."""
        meant = {other: len(stories) for other, stories in self.uses.as_name.get(key, {}).items()}
        if meant and meant.get(class_, 0) < max(meant.values()):
            return set()
        return options & self.full.anywhere.get(key, set())

    def may_stand_for(self, key: str, class_: str, option: str) -> bool:
        """Whether a key of one class can be short for a name: of the same class; or more often short for such
        names than a name of its own, or of its own only in stories on that person (Blinken, taken for a place)."""
        wanted = name_class(self.uses.types[option])
        own = self.uses.as_name.get(key, {}).get(class_, [])
        if class_ == wanted or self.uses.as_short[key, wanted] > len(own):
            return True
        return wanted == "person" and all(option in self.uses.stories[story] for story in own)
