"""The keys of an archive's names, and which of them are decided anew."""

from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.corrections import Corrections
from quotidian.tasks.deduplicate.entities.article_countries import find_article_countries
from quotidian.tasks.deduplicate.entities.earlier import Earlier, find_types
from quotidian.tasks.deduplicate.entities.institutions import place_key, split_institution
from quotidian.tasks.deduplicate.entities.names import alias_country, name_key
from quotidian.tasks.deduplicate.entities.readings import CODED, PERSON, code_texts, number_texts
from quotidian.tasks.deduplicate.entities.set_apart import plain_key
from quotidian.tasks.deduplicate.entities.shared_towns import part_towns, replace_keys
from quotidian.tasks.deduplicate.entities.signs import Signs, join_signs, sign_names

PREVAILING = 4
"""Times as many articles of a story that an institution's country has as all others, where it is that of the bare name."""
PASSING = ("place", "owner", "kind", "named", "stated", "told", "by_country")
"""Columns that only keys rest on."""
KINDS = ("is_person", "is_other")
"""What articles have a key for."""


class KeyedNames(NamedTuple):
    """The names of an archive with their keys."""

    names: pl.DataFrame
    """As they were given."""
    placed: pl.DataFrame
    """article_id, story_id, key and article_country of each name."""
    coded: pl.DataFrame
    """All names with all columns, where each was told anew; otherwise none."""
    articles: pl.DataFrame
    """Those of `list_articles`, with country."""
    keys: pl.DataFrame
    """All keys of now, and some of then: key, is_person, is_other (whether any article has it for a person, and for anything else)."""
    key_rows: np.ndarray
    """Of each name its place in `keys`."""
    is_told: np.ndarray
    """Of each name whether its key was told anew."""
    is_changed: np.ndarray
    """Of each key whether a name that was told anew has it, or had it."""
    signs: Signs
    """Of all keys."""

    def take(self, rows: np.ndarray, columns: tuple[str, ...]) -> pl.DataFrame:
        """Some names, in their order, with some of their columns beside those of `placed`, texts as CODED."""
        if len(self.coded):
            every = self.coded.select(*columns, *self.placed.columns)
            return every if len(rows) == len(every) else every[rows]
        return code_texts(self.names.select(columns)[rows]).with_columns(self.placed[rows])


def key_archive(
    names: pl.DataFrame, articles: pl.DataFrame, earlier: Earlier | None, corrections: Corrections
) -> KeyedNames:
    """The keys of all names, told anew where they may be others than those of an `earlier` linking; `names` and `articles` as in
    `list_articles`."""
    owners = np.repeat(np.arange(len(articles)), articles["names"])
    told = np.arange(len(names)) if earlier is None else np.flatnonzero(earlier.is_told)
    placed = place_names(code_names(names, articles, owners, told))
    keyed = key_names(placed, list_types(names, placed, earlier), corrections)
    own, texts = number_texts(
        keyed["key"], pl.Series("key", dtype=pl.String) if earlier is None else earlier.keys["key"]
    )
    key_rows = np.zeros(len(names), np.int64) if earlier is None else earlier.recall("key")
    is_told, is_changed = np.zeros(len(names), bool), np.zeros(len(texts), bool)
    is_told[told] = True
    if earlier is not None:
        is_changed[key_rows[is_told & (earlier.rows >= 0)]] = True
    key_rows[told] = own
    is_changed[own] = True
    country = place_countries(articles, owners, told, keyed["article_country"], earlier)
    coded = articles.select(pl.col("article_id", "story_id").cast(CODED), article_country=country.cast(CODED))
    beside = coded[owners].with_columns(key=texts.cast(CODED).gather(key_rows))
    keys = list_kinds(texts, keyed["type"], own, earlier)
    signs = sign_keys(names, keyed, own, keys, key_rows, earlier)
    every = keyed if earlier is None else keyed.clear()
    return KeyedNames(
        names, beside, every, articles.with_columns(country=country), keys, key_rows, is_told, is_changed, signs
    )


def code_names(names: pl.DataFrame, articles: pl.DataFrame, owners: np.ndarray, rows: np.ndarray) -> pl.DataFrame:
    """Some rows of names, with their story_id; `owners` has the row of the article of each name."""
    some = names if len(rows) == len(names) else names[rows]
    ids = articles.select(pl.col("article_id", "story_id").cast(CODED))[owners[rows]]
    return code_texts(some.drop("article_id")).with_columns(ids)


def list_types(names: pl.DataFrame, placed: pl.DataFrame, earlier: Earlier | None) -> dict[str, str]:
    """The usual type of the names of `placed` in the whole archive, `names`."""
    if earlier is None:
        return dict(find_types(placed).iter_rows())
    is_asked = pl.col("name").is_in(placed["name"].unique().cast(pl.String).implode())
    return dict(find_types(names.select("name", "type", "mention_count").filter(is_asked)).iter_rows())


def list_kinds(texts: pl.Series, types: pl.Series, own: np.ndarray, earlier: Earlier | None) -> pl.DataFrame:
    """`KeyedNames.keys`, from the types of the names that were told anew and the places of their keys."""
    is_person = (types == PERSON).to_numpy()
    found = {name: np.zeros(len(texts), bool) for name in KINDS}
    for name, kind in zip(KINDS, (own[is_person], own[~is_person]), strict=True):
        if earlier is not None:
            found[name][: len(earlier.keys)] = earlier.keys[name].to_numpy()
        found[name][kind] = True
    return pl.DataFrame({"key": texts, **found})


def sign_keys(
    names: pl.DataFrame,
    keyed: pl.DataFrame,
    own: np.ndarray,
    keys: pl.DataFrame,
    key_rows: np.ndarray,
    earlier: Earlier | None,
) -> Signs:
    """The signs of all keys: new ones are of names that were told anew, and of all names whose key is of a kind that it was not."""
    forms = keyed.select("key", "type", "aliases").with_columns(code=own)
    asking = keys.select("key").with_row_index("code").select("key", "code")
    if earlier is not None:
        known = len(earlier.keys)
        asking = asking[known:]
        before, now = (frame.select(KINDS)[:known].to_numpy() for frame in (earlier.keys, keys))
        is_switched = np.zeros(len(keys), bool)
        is_switched[:known] = (before != now).any(axis=1)
        rows = np.flatnonzero(is_switched[key_rows])
        switched = code_texts(names.select("type", "aliases")[rows]).with_columns(
            key=keys["key"].cast(CODED).gather(key_rows[rows]), code=key_rows[rows]
        )
        forms = pl.concat([forms, switched.select(forms.columns)])
    distinct = forms.unique().sort("code")
    signs = sign_names(distinct.with_columns(keys.select(KINDS)[distinct["code"]]), asking)
    return signs if earlier is None else join_signs(earlier.signs, signs)


def place_countries(
    articles: pl.DataFrame, owners: np.ndarray, told: np.ndarray, countries: pl.Series, earlier: Earlier | None
) -> pl.Series:
    """The country of each article, from those of the articles of the names that are told."""
    rows, first = np.unique(owners[told], return_index=True)
    own = countries.gather(first).cast(pl.String)
    if earlier is None:
        return own
    return earlier.countries.scatter(rows, own)


def place_names(placed: pl.DataFrame) -> pl.DataFrame:
    """Adds article_country, and `stated`, the stated country; `country` becomes that, else that of the article."""
    countries = find_article_countries(placed).rename({"country": "article_country"})
    joined = placed.join(countries, on="article_id", how="left", maintain_order="left")
    return joined.with_columns(stated="country", country=pl.coalesce("country", "article_country"))


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


def key_names(placed: pl.DataFrame, types: dict[str, str], corrections: Corrections) -> pl.DataFrame:
    """Adds key, by the type that the name has most often in the archive (`types`) and, of an institution that every country has, with
    its country; names that people set apart are not looked up among the aliases."""
    joined = join_keys(corrections)
    plain = {name for line in corrections.different_entities for name in line.values.values()}
    keys = {name: plain_key(name) if name in plain else find_key(name, types[name], joined) for name in types}
    owners = {name: None if name in plain else alias_country(name) for name in types}
    split = {name: split_institution(keys[name]) for name in types if name not in plain and types[name] != PERSON}
    kinds = {name: split.get(name) or (None, None) for name in types}
    columns = {
        "name": list(keys),
        "key": list(keys.values()),
        "owner": list(owners.values()),
        "kind": [kinds[name][0] for name in keys],
        "named": [kinds[name][1] for name in keys],
        "by_country": [owners[name] is not None or kinds[name][0] is not None for name in keys],
    }
    texts = dict.fromkeys(("name", "key", "owner", "kind", "named"), pl.String)
    schema = texts | {"by_country": pl.Boolean}
    known = code_texts(pl.DataFrame(columns, schema=schema))
    keyed = placed.with_row_index("place").join(known, on="name", how="left", maintain_order="left")
    return follow_story(place_keys(part_towns(keyed), types, joined))


def place_keys(keyed: pl.DataFrame, types: dict[str, str], joined: dict[str, str]) -> pl.DataFrame:
    """Gives the names that are `by_country` the key that they have in the country of their article; `owner` is the country whose
    articles alone use an alias."""
    is_told = pl.col("owner").is_null() | pl.col("told").is_null() | pl.col("told").list.contains(pl.col("owner"))
    rows = leave_open(keyed.filter("by_country"))
    rows = rows.select("place", "name", "country", "owner", is_foreign=~is_told)
    asked = rows.select(pl.exclude("place")).unique(maintain_order=True)
    own = [
        place_name(name, types[name], country if is_foreign else country or owner, is_foreign, joined)
        for name, country, owner, is_foreign in asked.iter_rows()
    ]
    found = rows.join(asked.with_columns(own=pl.Series(own, dtype=CODED)), on=asked.columns, nulls_equal=True)
    return replace_keys(keyed, found.select("place", "own")).drop(*PASSING)


def leave_open(rows: pl.DataFrame) -> pl.DataFrame:
    """Takes the country of their article from institutions that state none, where the article has the same one of several countries: `kind` is
    the name of an institution without its country, `named` the country that the name tells."""
    countries = pl.coalesce("named", "stated").drop_nulls().n_unique().over("article_id", "kind")
    is_open = pl.col("kind").is_not_null() & pl.coalesce("named", "stated").is_null() & (countries > 1)
    return rows.with_columns(country=pl.when(~is_open).then("country"))


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
