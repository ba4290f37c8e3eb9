"""How many independent origins a story has: copies are none, nor are articles that credit one agency or outlet."""

from collections import defaultdict
from itertools import groupby
from operator import itemgetter

import polars as pl

from quotidian.tasks.deduplicate.copies.credits import agency_sources
from quotidian.tasks.deduplicate.copies.direction import Publication, make_publication


def find_origins(told: pl.DataFrame) -> pl.DataFrame:
    """age_rank, origin_id, which is the same for articles that are not independent of each other: of those articles of which it may be
    another one than their copy_group.

    `told` has age_rank, story, copy_group and what `make_publication` reads. An outlet that nobody in the story credits is no
    reason to join its articles; nor is anything where nobody credits.
    """
    is_crediting = (pl.col("credited").list.len() > 0).fill_null(False) | pl.col("agency").is_not_null()
    credited = told.join(told.filter(is_crediting).select("story").unique(), on="story", how="semi")
    several = credited.filter(pl.col("copy_group").n_unique().over("story") > 1).sort("story", "article_id")
    found = []
    for _, story in groupby(several.iter_rows(named=True), key=itemgetter("story")):
        articles = [(row["age_rank"], row["copy_group"], make_publication(row)) for row in story]
        roots = join_origins([(group, article) for _, group, article in articles])
        found += [(rank, roots[group]) for rank, group, _ in articles]
    return pl.DataFrame(found, schema={"age_rank": pl.UInt32, "origin_id": pl.String}, orient="row")


def join_origins(articles: list[tuple[str, Publication]]) -> dict[str, str]:
    """For each copy group the smallest of those that it hangs together with by credits."""
    credited = defaultdict(set)
    for group, article in articles:
        for name in article.credits:
            credited[name].add(group)
    outlets = {name for _, article in articles for name in article.own}
    sources = {name for name in credited if name in outlets or name in agency_sources()}
    for group, article in articles:
        for name in article.own & sources:
            credited[name].add(group)
    root = {group: group for group, _ in articles}

    def find(group: str) -> str:
        while root[group] != group:
            group = root[group]
        return group

    for name in sorted(sources):
        for group in credited[name]:
            first, second = sorted((find(group), find(min(credited[name]))))
            root[second] = first
    return {group: find(group) for group in root}
