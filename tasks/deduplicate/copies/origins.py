"""How many independent origins a story has: copies are none, nor are articles that credit one agency or outlet."""

from collections import defaultdict
from itertools import groupby
from operator import itemgetter

import polars as pl

from quotidian.tasks.deduplicate.copies.credits import agency_sources, name_source
from quotidian.tasks.deduplicate.copies.direction import name_credits, name_outlet

ASKED = ("age_rank", "article_id", "story", "copy_group", "outlet", "url", "agency", "credited")
"""What is asked of an article."""
Source = tuple[str, frozenset[str], frozenset[str]]
"""The copy group of an article, the names of its outlet and those that it credits."""


def find_origins(told: pl.DataFrame) -> pl.DataFrame:
    """age_rank, origin_id, which is the same for articles that are not independent of each other: of those articles of which it may be
    another one than their copy_group.

    `told` has the columns of `ASKED`. An outlet that nobody in the story credits is no reason to join its articles; nor is anything where
    nobody credits.
    """
    told = told.select(ASKED)
    is_crediting = (pl.col("credited").list.len() > 0).fill_null(False) | pl.col("agency").is_not_null()
    credited = told.join(told.filter(is_crediting).select("story").unique(), on="story", how="semi")
    several = credited.filter(pl.col("copy_group").n_unique().over("story") > 1).sort("story", "article_id")
    found = []
    for _, story in groupby(several.iter_rows(), key=itemgetter(ASKED.index("story"))):
        rows = [*story]
        roots = join_origins([read_source(*row[3:]) for row in rows])
        found += [(rank, roots[group]) for rank, _, _, group, *_ in rows]
    return pl.DataFrame(found, schema={"age_rank": pl.UInt32, "origin_id": pl.String}, orient="row")


def read_source(
    group: str, outlet: str | None, url: str | None, agency: str | None, credited: list[str] | None
) -> Source:
    """The source of an article."""
    own = name_outlet(outlet, url)
    return group, own, name_credits(own, credited, name_source(agency or ""))


def join_origins(articles: list[Source]) -> dict[str, str]:
    """For each copy group the smallest of those that it hangs together with by credits."""
    credited = defaultdict(set)
    for group, _, credits in articles:
        for name in credits:
            credited[name].add(group)
    outlets = {name for _, own, _ in articles for name in own}
    sources = {name for name in credited if name in outlets or name in agency_sources()}
    for group, own, _ in articles:
        for name in own & sources:
            credited[name].add(group)
    root = {group: group for group, *_ in articles}

    def find(group: str) -> str:
        while root[group] != group:
            group = root[group]
        return group

    for name in sorted(sources):
        for group in credited[name]:
            first, second = sorted((find(group), find(min(credited[name]))))
            root[second] = first
    return {group: find(group) for group in root}
