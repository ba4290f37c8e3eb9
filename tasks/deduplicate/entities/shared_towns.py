"""Towns that share their name with a larger one of another country: San José is not in California where an article is of Costa Rica."""

from functools import cache

import polars as pl

from quotidian.tasks.deduplicate.entities.institutions import MARK
from quotidian.tasks.deduplicate.entities.readings import CODED, code_texts, is_among
from quotidian.tasks.deduplicate.entities.towns import TYPES, UNLISTED, WEIGHTS, fold_town, read_towns

LEAST_SHARE = 0.75
"""Of the weight of all towns of the name. Less than for an id (.9): to join two towns is worse than to part one."""
LEAST_SIZE = 0.25
"""Share of the people of the largest town of the name that another one has: people far away mean Dublin, not Dublin in Ohio."""

FAR_TELLING = "US"
"""Its articles name towns of other countries in passing, which are called like one of its own ("studied in Oxford")."""


@cache
def read_shared_towns() -> pl.DataFrame:
    """town (folded), article_country, larger, is_always: the countries in whose articles the name means their own town rather than the
    largest one, in the country `larger`; by the weights of `towns`, where `is_always` also if an article tells of that, too."""
    people = read_towns().group_by("key", "country").agg(pl.col("people").sum())
    weight = pl.col("people") * WEIGHTS["main"]
    others = pl.col("people").sum().over("key") - pl.col("people") + UNLISTED * WEIGHTS["told"]
    largest = pl.col("people").max().over("key")
    told = others + largest * (WEIGHTS["told"] - 1)
    weighed = people.with_columns(
        larger=pl.col("country").sort_by("people", "country").last().over("key"),
        is_sure=weight >= LEAST_SHARE * (weight + others),
        is_always=weight >= LEAST_SHARE * (weight + told),
        is_near_size=pl.col("people") >= LEAST_SIZE * largest,
    )
    own = weighed.filter(
        "is_sure", "is_near_size", pl.col("country") != pl.col("larger"), pl.col("country") != FAR_TELLING
    )
    return own.select("is_always", town="key", article_country="country", larger="larger").sort(
        "town", "article_country"
    )


def part_towns(keyed: pl.DataFrame) -> pl.DataFrame:
    """Gives a place the key of the town of its article's country, where that is meant and not the largest of the name; `keyed` has place,
    name, type, key, article_country and told."""
    places = keyed.filter(is_among("type", TYPES))["name"].unique().cast(pl.String)
    towns = pl.DataFrame({"name": places, "town": pl.Series(map(fold_town, places), dtype=pl.String)})
    named = code_texts(towns.join(read_shared_towns(), on="town").drop("town"))
    rows = keyed.filter(is_among("type", TYPES) & is_among("name", named["name"]))
    rows = rows.join(named, on=["name", "article_country"])
    others = rows.filter(pl.col("is_always") | ~pl.col("told").list.contains(pl.col("larger")))
    texts = (pl.col(name).cast(pl.String) for name in ("key", "article_country"))
    return replace_keys(keyed, others.select("place", own=pl.format(f"{{}} {MARK}{{}}", *texts).cast(CODED)))


def replace_keys(keyed: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Names with the keys of their own that were found for some; found: place, own."""
    joined = keyed.join(found, on="place", how="left", maintain_order="left")
    return joined.with_columns(key=pl.coalesce("own", "key")).drop("own")
