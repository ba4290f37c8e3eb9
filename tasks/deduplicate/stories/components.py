"""Stories, part by part: articles that hang together by likeness, and within each such component the stories.

What stories a component has depends on its members only: they are kept with it, and told where it is new. Members are told by their places, earliest first.
"""

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.recall import find_rows
from quotidian.tasks.deduplicate.corpus import find_runs, number_items, order_values
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.alike import find_alike
from quotidian.tasks.deduplicate.stories.reports import Reports
from quotidian.tasks.deduplicate.stories.stories import cluster_stories
from quotidian.tasks.deduplicate.units import Workers

SMALL = 1_000
"""Members of a component up to which all are compared with all; a larger one is merged in rounds, by itself."""
PART_MEMBERS = 5_000
"""Members of small components whose words are in memory at a time."""
PART_SECONDS = 0.5
"""To tell their stories."""


def find_stories(
    reports: Reports, settings: DeduplicateSettings, kept: Kept, workers: Workers
) -> tuple[np.ndarray, np.ndarray]:
    """Story and centrality of each article: the row of the earliest article of its story, and the sum of its similarities to
    the articles of its story."""
    pairs = find_alike(reports, settings, kept, workers)
    component = name_components(len(reports.codes), pairs)
    return tell_components(reports, component, settings, kept, workers)


def tell_components(
    reports: Reports, component: np.ndarray, settings: DeduplicateSettings, kept: Kept, workers: Workers
) -> tuple[np.ndarray, np.ndarray]:
    """Story and centrality of each article; who is alone in its component is a story."""
    members = order_values(component)
    members = members[np.bincount(component)[component[members]] > 1]
    starts = np.flatnonzero(np.diff(component[members], prepend=-1))
    sizes = np.diff(starts, append=len(members))
    names = reports.name_sets(members, starts, sizes)
    before = kept.recall("stories")
    known = before["component"].to_numpy()
    is_new = ~np.isin(names, known[find_runs(known)])
    found = [before.filter(pl.col("component").is_in(pl.Series(names, dtype=pl.UInt64).implode()))]
    owners, units = np.repeat(np.arange(len(names)), sizes), []
    for part in part_components(sizes, np.flatnonzero(is_new)):
        own, steps = number_items(sizes[part])
        places = starts[part][own] + steps
        labels = owners[places] if len(part) > 1 or sizes[part[0]] <= SMALL else None
        units.append((members[places], labels, names[owners[places]]))
    found += workers.map(tell_part, units, reports, settings, seconds=PART_SECONDS * len(units))
    told = kept.after["stories"] = pl.concat(found)
    component, firsts, sums = (column.to_numpy() for column in told)
    order = np.argsort(names)
    numbers = order[find_rows(names[order], component[find_runs(component)])[0]]
    own, steps = number_items(sizes[numbers])
    begin = starts[numbers][own]
    story, central = np.arange(len(reports.codes)), np.ones(len(reports.codes))
    story[members[begin + steps]], central[members[begin + steps]] = members[begin + firsts], sums
    return story, central


def part_components(sizes: np.ndarray, wanted: np.ndarray) -> list[np.ndarray]:
    """The wanted components in parts that are told at a time: large ones first, alone."""
    small = wanted[sizes[wanted] <= SMALL]
    ends = np.cumsum(sizes[small]) // PART_MEMBERS
    parts = np.split(small, np.flatnonzero(np.diff(ends)) + 1) if len(small) else []
    large = wanted[sizes[wanted] > SMALL]
    return [*large.reshape(-1, 1), *parts]


def tell_part(
    part: tuple[np.ndarray, np.ndarray | None, np.ndarray], reports: Reports, settings: DeduplicateSettings
) -> pl.DataFrame:
    """Rows of the kept stories of some components: of rows of the reports, their labels (None: one component), and the names of their
    components."""
    rows, labels, names = part
    vectors = reports.weigh(rows)
    story, central = cluster_stories(*vectors, reports.days[rows], settings, labels)
    starts = find_runs(names)
    own = np.repeat(starts, np.diff(starts, append=len(names)))
    columns = {"component": names, "first": story - own, "central": central}
    return pl.DataFrame(columns, schema=KEPT_SCHEMAS["stories"])
