"""How many independent origins a story has: copies are none, nor are articles that credit one agency or outlet."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

import polars as pl

from quotidian.tasks.deduplicate.copies.credits import agency_sources
from quotidian.tasks.deduplicate.copies.direction import Publication, make_publication


def find_origins(told: pl.DataFrame) -> pl.DataFrame:
    """article_id, origin_id: the same for articles that are not independent of each other.

    `told` has story_id, copy_group and what `make_publication` reads. An outlet that nobody in the story credits is no
    reason to join its articles.
    """
    is_shared = pl.col("copy_group").n_unique().over("story_id") > 1
    found = [told.filter(~is_shared).select("article_id", "copy_group").rows()]
    for _, articles in told.filter(is_shared).sort("article_id").group_by("story_id", maintain_order=True):
        groups = articles["copy_group"].to_list()
        published = [make_publication(row) for row in articles.iter_rows(named=True)]
        roots = join_origins(zip(groups, published, strict=True))
        found.append([(article.article_id, roots[group]) for article, group in zip(published, groups, strict=True)])
    return pl.DataFrame(
        list(chain.from_iterable(found)), schema={"article_id": pl.String, "origin_id": pl.String}, orient="row"
    )


def join_origins(articles: Iterable[tuple[str, Publication]]) -> dict[str, str]:
    """For each copy group the smallest of those that it hangs together with by credits."""
    articles = list(articles)
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
