"""How many independent origins a story has: copies are none, nor are articles that credit one agency or outlet, nor the states of one page."""

from collections import defaultdict
from itertools import groupby
from operator import itemgetter

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.credits import agency_sources, name_source
from quotidian.tasks.deduplicate.copies.direction import name_credits, name_outlet

ASKED = ("outlet", "url", "agency", "credited")
"""What is asked of an article beside its story and its group."""
Source = tuple[str, str | None, frozenset[str], frozenset[str]]
"""The copy group of an article, its address, the names of its outlet and those that it credits."""


def find_origins(articles: pl.DataFrame, story: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Rows of articles, and origin_id of each, which is the same for articles that are not independent of each other: of those of which it may be another
    one than their copy_group.

    `articles` have article_id and ASKED; `story` tells the number of the story of each, `first` the row of the first of its copy group.
    An outlet that nobody in the story credits is no reason to join its articles.
    """
    is_crediting = (pl.col("credited").list.len() > 0).fill_null(False) | pl.col("agency").is_not_null()
    is_state = pl.col("url").is_not_null() & pl.col("url").hash().is_duplicated()  # by chance two others, too
    is_asked = np.zeros(story.max(initial=-1) + 1, bool)
    is_asked[story[articles.select(is_crediting | is_state).to_series().to_numpy()]] = True
    rows = np.flatnonzero(is_asked[story])
    groups = articles["article_id"].gather(first[rows])
    credited = articles.select("article_id", *ASKED)[rows].select(
        pl.Series("row", rows), pl.Series("story", story[rows]), groups.alias("copy_group"), "article_id", *ASKED
    )
    several = credited.filter(pl.col("copy_group").n_unique().over("story") > 1).sort("story", "article_id")
    places, found = [], []
    for _, told in groupby(several.iter_rows(), key=itemgetter(1)):
        own = [*told]
        roots = join_origins([(read_source(group, *row)) for _, _, group, _, *row in own])
        places += [row for row, *_ in own]
        found += [roots[group] for _, _, group, *_ in own]
    return np.array(places, np.int64), found


def read_source(
    group: str, outlet: str | None, url: str | None, agency: str | None, credited: list[str] | None
) -> Source:
    """The source of an article."""
    own = name_outlet(outlet, url)
    return group, url, own, name_credits(own, credited, name_source(agency or ""))


def join_origins(articles: list[Source]) -> dict[str, str]:
    """For each copy group the smallest of those that it hangs together with by credits, or by states of one page."""
    credited, pages = defaultdict(set), defaultdict(set)
    for group, url, _, credits in articles:
        for name in credits:
            credited[name].add(group)
        if url:
            pages[url].add(group)
    outlets = {name for _, _, own, _ in articles for name in own}
    sources = {name for name in credited if name in outlets or name in agency_sources()}
    for group, _, own, _ in articles:
        for name in own & sources:
            credited[name].add(group)
    root = {group: group for group, *_ in articles}

    def find(group: str) -> str:
        while root[group] != group:
            group = root[group]
        return group

    for groups in (*(credited[name] for name in sorted(sources)), *pages.values()):
        for group in groups:
            first, second = sorted((find(group), find(min(groups))))
            root[second] = first
    return {group: find(group) for group in root}
