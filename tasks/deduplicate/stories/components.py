"""Stories, part by part: articles that hang together by likeness, and within each such component the stories.

What stories a component has depends on its members only: they are kept with it, and told where it is new. Members are told by their places, earliest first.

Where all events are reported in much the same words, most of an archive is one component. Average linkage merges the most similar first, and never
leaves what hangs together by pairs of at least the average that it asks for. So a large component is told in parts first, each of which hangs together by
more likeness than stories need, as far as that likeness reaches; what came of them is merged on. Of what is new few parts are told again.
"""

from functools import partial
from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.recall import recall_named
from quotidian.tasks.deduplicate.corpus import mix_codes
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.alike import Alike, find_alike
from quotidian.tasks.deduplicate.stories.large import LargeSet, keep_large, tell_large
from quotidian.tasks.deduplicate.stories.reports import Reports, Sets, gather_sets
from quotidian.tasks.deduplicate.stories.stories import cluster_stories, measure_centrality
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import find_runs

SMALL = 1_000
"""Members of a component, or of a part of one, up to which all are compared with all; a larger one is merged in rounds, by itself."""
PART_MEMBERS = 5_000
"""Members of small components whose words are in memory at a time."""
PART_SECONDS = 0.5
"""To tell their stories."""
LEVELS = 40
"""How often what is large is cut by more likeness, at most."""
LEVEL_SHARE = 0.98
"""Of what the likeness asked for lacks of 1 the share that it lacks at the next level."""


class Told(NamedTuple):
    """Of each article the row of the earliest article of its story, and the sum of its similarities to the articles of its story."""

    story: np.ndarray
    central: np.ndarray


def find_stories(reports: Reports, settings: DeduplicateSettings, kept: Kept, workers: Workers) -> Told:
    """Story and centrality of each article; who is like no other is a story."""
    alike = find_alike(reports, settings, kept, workers)
    count = len(reports.codes)
    component, codes = name_components(count, alike.pairs), reports.codes.copy()
    told = Told(np.arange(count), np.ones(count))
    kept.after |= {
        name: pl.DataFrame(schema=KEPT_SCHEMAS[name]) for name in ("stories", "merged", "merging", "centrality")
    }
    for least, part in cut_large(component, alike, settings.story_cosine):
        sets = gather_sets(part, mix_codes(reports.codes + np.float64(least).view(np.uint64)))
        codes[sets.members] += np.repeat(sets.names, sets.sizes)
        tell_sets(sets, told, least, reports, settings, kept, workers)
    tell_sets(gather_sets(component, codes), told, settings.story_cosine, reports, settings, kept, workers)
    return told


def cut_large(component: np.ndarray, alike: Alike, least: float) -> list[tuple[float, np.ndarray]]:
    """The parts of large components: the likeness by which each hangs together, and the part of each article; who is in none is one of its own."""
    count, found = len(component), []
    is_large = np.bincount(component, minlength=1)[component] > SMALL
    for level in range(1, LEVELS + 1):
        if not is_large.any():
            break
        needed = 1 - (1 - least) * LEVEL_SHARE**level
        strong = (alike.cosines >= needed) & is_large[alike.pairs[:, 0]]
        part = name_components(count, alike.pairs[strong])
        is_part = is_large & ((np.bincount(part)[part] <= SMALL) | (level == LEVELS))
        found.append((needed, np.where(is_part, part, count + np.arange(count))))
        is_large &= ~is_part
    return found


def tell_sets(
    sets: Sets,
    told: Told,
    least: float,
    reports: Reports,
    settings: DeduplicateSettings,
    kept: Kept,
    workers: Workers,
) -> None:
    """Tell the stories of each set, as far as two groups of articles are at least so similar; what was told of large ones is gone on with."""
    known, numbers, is_new = recall_named(kept.recall("stories"), "component", sets.names)
    wanted = np.flatnonzero(is_new)
    is_small = sets.sizes[wanted] <= SMALL
    large, parts, units = wanted[~is_small], part_components(sets.sizes, wanted[is_small]), []
    for part in parts:
        rows, own = sets.gather(part)
        units.append((rows, own, sets.names[part][own]))
    new = workers.map(tell_part, units, reports, least, settings, seconds=PART_SECONDS * len(units))
    place = partial(LargeSet, sets, reports=reports, settings=settings, kept=kept)
    rows = pl.concat([known, *new, *(tell_large(place(number), told.story, least) for number in large)])
    kept.after["stories"] = pl.concat([kept.after["stories"], rows])
    old, numbers = numbers[sets.sizes[numbers] > SMALL], np.concatenate([numbers, *parts, large])
    members, own = sets.gather(numbers)
    firsts, sums = (rows[name].to_numpy() for name in ("first", "central"))
    told.story[members], told.central[members] = sets.members[sets.starts[numbers][own] + firsts], sums
    for number in old:
        keep_large(place(number), told.story, least)


def part_components(sizes: np.ndarray, wanted: np.ndarray) -> list[np.ndarray]:
    """The wanted components in parts that are told at a time."""
    ends = np.cumsum(sizes[wanted]) // PART_MEMBERS
    return np.split(wanted, np.flatnonzero(np.diff(ends)) + 1) if len(wanted) else []


def tell_part(
    part: tuple[np.ndarray, np.ndarray, np.ndarray],
    reports: Reports,
    least: float,
    settings: DeduplicateSettings,
) -> pl.DataFrame:
    """Rows of the kept stories of some sets: of rows of the reports, their labels, and the names of their sets. Centrality is told where stories are complete."""
    rows, labels, names = part
    corpus, weights, facts = reports.weigh(rows)
    story = cluster_stories(corpus, weights, facts, reports.days[rows], settings, labels, least)
    is_complete = least <= settings.story_cosine
    central = measure_centrality(weights, story) if is_complete else np.ones(len(rows))
    starts = find_runs(names)
    own = np.repeat(starts, np.diff(starts, append=len(names)))
    columns = {"component": names, "first": story - own, "central": central}
    return pl.DataFrame(columns, schema=KEPT_SCHEMAS["stories"])
