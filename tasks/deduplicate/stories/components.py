"""Stories, part by part: articles that hang together by likeness, and within each such component the stories.

What stories a component has depends on its members only: they are kept with it, and told where it is new. Members are told by their places, earliest first.

Where all events are reported in much the same words, most of an archive is one component. Average linkage merges the most similar first, and never
leaves what hangs together by pairs of at least the average that it asks for. So a large component is told in parts first, each of which hangs together by
more likeness than stories need, as far as that likeness reaches; what came of them is merged on. Of what is new few parts are told again.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from quotidian.tasks.deduplicate.copies.recall import recall_named
from quotidian.tasks.deduplicate.corpus import mix_codes
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.alike import Alike, find_alike
from quotidian.tasks.deduplicate.stories.reports import Reports, name_sets
from quotidian.tasks.deduplicate.stories.stories import cluster_stories, measure_centrality
from quotidian.tasks.deduplicate.units import Workers
from quotidian.tasks.deduplicate.values import find_runs, number_items, order_values

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


class Sets(NamedTuple):
    """Articles in sets, one after the other: set `s` has `sizes[s]` of `members` from `starts[s]` on, earliest first. A name, 64 bits, tells what its
    stories rest on."""

    members: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    names: np.ndarray

    def gather(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The members of some sets, one set after the other, and the place among these sets of that of each."""
        own, steps = number_items(self.sizes[numbers])
        return self.members[self.starts[numbers][own] + steps], own


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
    kept.after["stories"] = pl.DataFrame(schema=KEPT_SCHEMAS["stories"])
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


def gather_sets(owners: np.ndarray, codes: np.ndarray) -> Sets:
    """The sets of articles of one owner each, of two or more, named by the codes of their members."""
    members = order_values(owners)
    members = members[np.bincount(owners)[owners[members]] > 1]
    starts = np.flatnonzero(np.diff(owners[members], prepend=-1))
    sizes = np.diff(starts, append=len(members))
    return Sets(members, starts, sizes, name_sets(codes[members], starts, sizes))


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
    parts, units = part_components(sets.sizes, np.flatnonzero(is_new)), []
    for part in parts:
        rows, own = sets.gather(part)
        is_large = len(rows) > SMALL and len(part) == 1
        begun = np.searchsorted(rows, told.story[rows]) if is_large else np.arange(len(rows))
        units.append((rows, begun, None if is_large else own, sets.names[part][own]))
    new = workers.map(tell_part, units, reports, least, settings, seconds=PART_SECONDS * len(units))
    rows = pl.concat([known, *new])
    kept.after["stories"] = pl.concat([kept.after["stories"], rows])
    numbers = np.concatenate([numbers, *parts])
    members, own = sets.gather(numbers)
    firsts, sums = (rows[name].to_numpy() for name in ("first", "central"))
    told.story[members], told.central[members] = sets.members[sets.starts[numbers][own] + firsts], sums


def part_components(sizes: np.ndarray, wanted: np.ndarray) -> list[np.ndarray]:
    """The wanted components in parts that are told at a time: large ones first, alone."""
    small = wanted[sizes[wanted] <= SMALL]
    ends = np.cumsum(sizes[small]) // PART_MEMBERS
    parts = np.split(small, np.flatnonzero(np.diff(ends)) + 1) if len(small) else []
    large = wanted[sizes[wanted] > SMALL]
    return [*large.reshape(-1, 1), *parts]


def tell_part(
    part: tuple[np.ndarray, np.ndarray, np.ndarray | None, np.ndarray],
    reports: Reports,
    least: float,
    settings: DeduplicateSettings,
) -> pl.DataFrame:
    """Rows of the kept stories of some sets: of rows of the reports, what stories they begin with, their labels (None: one set), and the names of their sets.
    Centrality is told where stories are complete."""
    rows, begun, labels, names = part
    corpus, weights, facts = reports.weigh(rows)
    story = cluster_stories(corpus, weights, facts, reports.days[rows], settings, labels, begun, least)
    is_complete = least <= settings.story_cosine
    central = measure_centrality(weights, story) if is_complete else np.ones(len(rows))
    starts = find_runs(names)
    own = np.repeat(starts, np.diff(starts, append=len(names)))
    columns = {"component": names, "first": story - own, "central": central}
    return pl.DataFrame(columns, schema=KEPT_SCHEMAS["stories"])
