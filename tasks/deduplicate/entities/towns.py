"""Which town a name of a place means, from how many people live there and which countries its articles name.

Facts: `seeds/towns.csv`, from GeoNames. Names of countries, regions and states are no towns there. A name means its
likeliest town, article by article: towns count by their people, times what the article tells of them, and beside them
stands a place that no list has. What the articles of an entity say decides, and nothing else of the archive.
"""

from functools import cache

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.entities.article_countries import tell_country
from quotidian.tasks.deduplicate.entities.linked_names import count_names, join_entities, sort_names
from quotidian.tasks.deduplicate.entities.readings import CODED, is_among
from quotidian.tasks.deduplicate.entities.remembered import remembered
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.extract.names.countries import fold_place
from quotidian.tasks.extract.names.given_names import read_given_names
from quotidian.tasks.store.facts import read_facts

LETTERS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "ʻ": "", "ʼ": "", "ə": "a"})
"""Letters that lose no mark when they are taken apart, as news in English writes them."""
LEAST_SHARE = 0.9
"""Of the weight of all places of the name: below it an article tells none. The same share of its articles decides an entity."""
LEAST_ARTICLES = 0.5
"""Share of the articles of an entity that tell some town."""
WEIGHTS = {"main": 30, "told": 3, "state": 200, "accents": 100}
"""How many times as likely a town is whose country most of the article's names tell, or some; whose state it names; that is
spelled with the same accents."""
UNLISTED = 10_000
"""People of the place of that name that no list has."""
UNLISTED_GIVEN = 50_000
"""The same where the name is a given name, and may be a person's, or that of a part of a town ("East London")."""
UNLISTED_REGION = 100_000
"""The same where another country has a region or county of the name, which people name as often ("Surrey")."""
PARTS = "^(?:north|south|east|west|central|upper|lower) "
TOWNS_TOO = ("", "New York", "Washington")
TYPES = ("GPE", "LOC")
TOLD = ("geonames", "is_sure", "basis")
"""What an article tells of a name: the likeliest town, whether it is sure, and by what."""
TOWN = {
    "entity_id": pl.String,
    "geonames": pl.String,
    "basis": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
}


@remembered
def fold_town(name: str) -> str:
    """Words of a name in small letters without accents; "St." is Saint."""
    words = fold_place(name.casefold().translate(LETTERS)).split()
    return " ".join("saint" if word == "st" else word for word in words)


@cache
def read_towns() -> pl.DataFrame:
    """One row for each name of each town: key (folded), spelling, geonames, country, state, is_region (of another country),
    people, latitude, longitude."""
    rows = [
        (
            fold_town(name),
            name.casefold(),
            row["geonames"],
            row["country"],
            row["state"],
            bool(row["region_of"]),
            float(row["population"]),
            float(row["latitude"]),
            float(row["longitude"]),
        )
        for row in read_facts("towns")
        for name in (row["name"], *filter(None, row["other_names"].split(";")))
    ]
    columns = ["key", "spelling", "geonames", "country", "state", "is_region", "people", "latitude", "longitude"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame.unique(["key", "geonames"], keep="first", maintain_order=True).sort("key", "geonames")


@cache
def read_states() -> dict[str, str]:
    """Folded name or alias of a state of the United States -> its name, without New York and Washington, which are rather
    the towns."""
    states = {fold_town(state): state for state in read_towns()["state"].unique() if state not in TOWNS_TOO}
    also = {fold_town(row["alias"]): states.get(fold_town(row["name"])) for row in read_facts("place_names")}
    return states | {alias: state for alias, state in also.items() if state}


def find_towns(
    names: pl.DataFrame,
    links: pl.DataFrame,
    entities: pl.DataFrame,
    articles: pl.DataFrame | None = None,
    kept: Kept | None = None,
) -> pl.DataFrame:
    """Columns of TOWN of the entities that are a town that can be told, sorted by entity_id.

    names: article_id, entity_index, name, type, mention_count of the local entities; links: article_id, entity_index,
    entity_id; entities: entity_id, type. basis is name (the list has one town of that name), size (by far the largest)
    or country (what the articles name decides). What was `kept` of articles that are there by their mark (`articles`: article_id, mark) is not
    told again.
    """
    names = sort_names(names.select("article_id", "entity_index", "name", "type", "mention_count"))
    told = tell_towns(names) if articles is None or kept is None else recall_towns(names, articles, kept)
    owners = join_entities(names.select("article_id", "entity_index"), links)
    used = told.hstack(owners.select("article_id", "entity_id")[told["row"]])
    is_place = used.join(entities.filter(pl.col("type").is_in(TYPES)), on="entity_id", how="semi")
    places = read_towns().unique("geonames").select("geonames", "latitude", "longitude")
    return choose_towns(is_place).join(places, on="geonames").select(*TOWN).sort("entity_id")


def recall_towns(names: pl.DataFrame, articles: pl.DataFrame, kept: Kept) -> pl.DataFrame:
    """`tell_towns`, of which what was kept of an article with the same mark is taken over."""
    marks = articles.select("article_id", "mark")
    marked = count_names(names).join(marks, on="article_id", how="left", maintain_order="left")
    started = marked.with_columns(start=pl.col("names").cast(pl.Int64).cum_sum() - pl.col("names"))
    is_known = started["mark"].is_in(kept.recall("town_articles")["mark"].implode())
    new = np.flatnonzero(np.repeat(~is_known.to_numpy(), started["names"]))
    told = tell_towns(names if len(new) == len(names) else names[new])
    told = told.with_columns(row=pl.Series(new[told["row"].to_numpy()], dtype=pl.Int64))
    before = kept.recall("towns").join(started.select("mark", "start"), on="mark")
    before = before.select(row=pl.col("start") + pl.col("place"), **{name: name for name in TOLD})
    every = pl.concat([before, told])
    owners = np.repeat(np.arange(len(started)), started["names"])[every["row"].to_numpy()]
    place = every.select(place=pl.col("row") - started["start"].gather(owners))
    kept.after["town_articles"] = started.select("mark")
    kept.after["towns"] = every.drop("row").hstack(place).with_columns(mark=started["mark"].gather(owners))
    return every


def tell_towns(names: pl.DataFrame) -> pl.DataFrame:
    """row, geonames, is_sure, basis of the names that may be towns: what each means in its article, null where it may be a person's."""
    keyed = key_places(names)
    is_town = is_among("type", TYPES) & is_among("key", read_towns()["key"])
    used = keyed.with_columns(row=pl.int_range(pl.len())).filter(is_town).cast({CODED: pl.String})
    asked = used.group_by("article_id", "key").agg(pl.col("accented").max())
    asked = asked.join(list_people(keyed), on=["article_id", "key"], how="anti")
    read = read_articles(weigh_towns(asked, keyed))
    return used.join(read, on=["article_id", "key"], how="left").select("row", *TOLD)


def key_places(names: pl.DataFrame) -> pl.DataFrame:
    """Names with key (folded) and its last word, accented (null where no letter has an accent), and the country and the state that
    each tells."""
    named = names.select("article_id", "entity_index", pl.col("name", "type").cast(CODED), "mention_count")
    distinct = named["name"].unique().to_list()
    keys = list(map(fold_town, distinct))
    columns: dict[str, list] = {
        "name": distinct,
        "key": keys,
        "last": [key.rpartition(" ")[2] for key in keys],
        "accented": [None if name.isascii() else name.casefold() for name in distinct],
        "country": list(map(tell_country, distinct)),
        "state": [read_states().get(key) for key in keys],
    }
    known = pl.DataFrame(columns, schema=dict.fromkeys(columns, CODED))
    return named.join(known, on="name", how="left", maintain_order="left")


def list_people(keyed: pl.DataFrame) -> pl.DataFrame:
    """article_id, key: last words of the people of each article, who may be meant by a name alone."""
    people = keyed.filter(is_among("type", ["PERSON"]))
    return people.select("article_id", key=pl.col("last").cast(pl.String))


def weigh_towns(asked: pl.DataFrame, keyed: pl.DataFrame) -> pl.DataFrame:
    """article_id, key, geonames, people, weight of every town that a name may mean in its article, and others, the weight of
    a place that no list has. What the name itself tells does not count."""
    keyed = keyed.join(asked, on="article_id", how="semi")
    told = (
        keyed.drop_nulls("country")
        .cast({CODED: pl.String})
        .group_by("article_id", "key", "country")
        .agg(pl.col("mention_count").sum())
    )
    countries = told.group_by("article_id", "country").agg(count=pl.col("mention_count").sum())
    totals = told.group_by("article_id").agg(total=pl.col("mention_count").sum())
    own_total = told.group_by("article_id", "key").agg(own_total=pl.col("mention_count").sum())
    states = keyed.drop_nulls("state").select("article_id", pl.col("state").cast(pl.String), is_state=True).unique()
    weighed = (
        asked.join(read_towns(), on="key")
        .join(countries, on=["article_id", "country"], how="left")
        .join(told.rename({"mention_count": "own"}), on=["article_id", "key", "country"], how="left")
        .join(totals, on="article_id", how="left")
        .join(own_total, on=["article_id", "key"], how="left")
        .join(states, on=["article_id", "state"], how="left")
        .with_columns(pl.col("count", "own", "total", "own_total").fill_null(0).cast(pl.Int64))
    )
    count, total = pl.col("count") - pl.col("own"), pl.col("total") - pl.col("own_total")
    times = (
        pl.when(pl.col("is_state"))
        .then(WEIGHTS["state"])
        .when(2 * count > total)
        .then(WEIGHTS["main"])
        .when(count > 0)
        .then(WEIGHTS["told"])
        .otherwise(1)
    )
    spelled = pl.when(pl.col("accented") == pl.col("spelling")).then(WEIGHTS["accents"]).otherwise(1)
    is_given = pl.col("key").is_in(pl.Series(sorted(read_given_names()), dtype=pl.String).implode())
    is_part, is_region = pl.col("key").str.contains(PARTS), pl.col("is_region").any().over("article_id", "key")
    unlisted = pl.when(is_given | is_part).then(UNLISTED_GIVEN).otherwise(UNLISTED)
    elsewhere = unlisted * pl.when(total > 0).then(WEIGHTS["told"]).otherwise(1)
    region = pl.when(is_region).then(UNLISTED_REGION).otherwise(0)
    return weighed.select(
        "article_id",
        "key",
        "geonames",
        "people",
        weight=pl.col("people") * times * spelled,
        others=pl.max_horizontal(elsewhere, region),
        plain_others=pl.max_horizontal(unlisted, region),
    )


def read_articles(weighed: pl.DataFrame) -> pl.DataFrame:
    """article_id, key, geonames (the likeliest town), is_sure, basis: one row for each name of each article."""
    names = ["article_id", "key"]
    shares = weighed.with_columns(
        share=pl.col("weight") / (pl.col("weight").sum().over(names) + pl.col("others")),
        plain=pl.col("people") / (pl.col("people").sum().over(names) + pl.col("plain_others")),
        towns=pl.len().over(names),
    )
    basis = (
        pl.when(pl.col("plain") < LEAST_SHARE)
        .then(pl.lit("country"))
        .when(pl.col("towns") == 1)
        .then(pl.lit("name"))
        .otherwise(pl.lit("size"))
    )
    likeliest = shares.sort(*names, pl.col("share") * -1, "geonames").unique(names, keep="first", maintain_order=True)
    return likeliest.select(*names, "geonames", is_sure=pl.col("share") >= LEAST_SHARE, basis=basis)


def choose_towns(used: pl.DataFrame) -> pl.DataFrame:
    """entity_id, geonames, basis of the entities that are one town: hardly an article where another is likelier, and enough
    of them that are sure. An article that has a person of the name is not."""
    articles = used.group_by("entity_id").agg(articles=pl.col("article_id").n_unique())
    votes = used.drop_nulls("geonames").group_by("entity_id", "geonames")
    article = pl.col("article_id")
    counted = votes.agg(
        likeliest=article.n_unique(), sure=article.filter("is_sure").n_unique(), basis=pl.col("basis").min()
    ).join(articles, on="entity_id")
    is_one = pl.col("likeliest") >= LEAST_SHARE * pl.col("likeliest").sum().over("entity_id")
    is_sure = pl.col("sure") >= LEAST_ARTICLES * pl.col("articles")
    return counted.filter(is_one & is_sure).select("entity_id", "geonames", "basis")
