"""Stories of a large set of articles, of which few are new.

Its groups are searched and compared by stretches of days. Which groups of a stretch are alike rests on these only: it is kept by their name, and words are
read of those stretches only that are other ones. So is how central articles are in their story.
"""

from functools import partial
from itertools import pairwise

import numpy as np
import polars as pl
from scipy import sparse

from quotidian.tasks.deduplicate.copies.candidates import join_codes, unique_pairs
from quotidian.tasks.deduplicate.copies.recall import find_rows, recall_named
from quotidian.tasks.deduplicate.corpus import Corpus, mix_codes
from quotidian.tasks.deduplicate.kept import KEPT_SCHEMAS, Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.reports import Reports, Sets, gather_sets
from quotidian.tasks.deduplicate.stories.stories import (
    Compared,
    block_days,
    gather_groups,
    measure_centrality,
    merge_rounds,
    search_blocks,
    span_days,
    weigh_pairs,
)
from quotidian.tasks.deduplicate.values import find_runs


class LargeSet:
    """Articles, the `rows` of reports, and what was read of their words: of all that are `is_read`."""

    def __init__(self, sets: Sets, number: int, reports: Reports, settings: DeduplicateSettings, kept: Kept) -> None:
        self.rows, self.name = sets.gather(np.array([number]))[0], sets.names[number]
        self.reports, self.settings, self.kept = reports, settings, kept
        self.days, self.codes = reports.days[self.rows], reports.codes[self.rows]
        self.is_read = np.zeros(len(self.rows), bool)

    def keep(self, name: str, rows: pl.DataFrame | dict[str, np.ndarray]) -> None:
        """Keep rows with those of other sets."""
        self.kept.after[name] = pl.concat([self.kept.after[name], pl.DataFrame(rows, schema=KEPT_SCHEMAS[name])])

    def weigh(self, is_wanted: np.ndarray) -> tuple[Corpus, sparse.csr_array, sparse.csr_array]:
        """Texts, weights and facts of all that is read, the wanted articles among them."""
        if (is_wanted & ~self.is_read).any():
            self.is_read |= is_wanted
            self.weighed = self.reports.weigh(self.rows[self.is_read])
        return self.weighed

    def compare(self, places: np.ndarray, is_new: np.ndarray, least: float) -> Compared:
        """Which groups are alike, of the place of the group of each article, one of two of them new."""
        groups, (first, last) = gather_sets(places, self.codes, 1), span_days(self.days, places)
        codes = mix_codes(groups.names) + is_new + np.float64(least).view(np.uint64)
        stretches = (block for block in block_days(first, last, self.settings.story_days) if is_new[block].any())
        blocks = {int(mix_codes(codes[block]).sum()): block for block in stretches}
        known, _, is_other = recall_named(self.kept.recall("merging"), "block", np.array([*blocks], np.uint64))
        other = {name: block for (name, block), new in zip(blocks.items(), is_other.tolist(), strict=True) if new}
        found = [known, *self.search(other, places, is_new)]
        pairs = np.concatenate([find_pairs(rows, blocks) for rows in found])
        rows = pl.concat(found)
        dated = [name for name, block in blocks.items() if not np.isnan(first[block]).any()]  # others have all groups
        self.keep("merged", {"component": np.full(len(dated), self.name), "block": np.array(dated, np.uint64)})
        self.keep("merging", rows.filter(pl.col("block").is_in(pl.Series(dated, dtype=pl.UInt64).implode())))
        once = np.unique(join_codes(pairs), return_index=True)[1]
        return Compared(groups.sizes, pairs[once], rows["total"].to_numpy()[once])

    def search(self, blocks: dict[int, np.ndarray], places: np.ndarray, is_new: np.ndarray) -> list[pl.DataFrame]:
        """What is kept of each of some blocks of groups: the places in it of each two that are alike."""
        if not blocks:
            return []
        weighed = self.weigh(np.isin(places, np.concatenate([*blocks.values()])))
        own, read_places = np.unique(places[self.is_read], return_inverse=True)
        groups = gather_groups(*weighed, self.days[self.is_read], read_places)
        blocks = {name: np.searchsorted(own, block) for name, block in blocks.items()}
        searched = search_blocks(groups, [*blocks.values()], is_new[own])
        pairs, totals = weigh_pairs(groups, unique_pairs(np.concatenate(searched)), self.settings)
        order = np.argsort(join_codes(pairs))
        pairs, totals = pairs[order], totals[order]
        codes, found = join_codes(pairs), []
        for (name, block), sought in zip(blocks.items(), searched, strict=True):
            asked = unique_pairs(np.concatenate([sought, np.stack([block, block], axis=1)]))
            at, is_alike = find_rows(codes, join_codes(asked))
            at = at[is_alike]
            left, right = np.searchsorted(block, pairs[at]).T
            columns = {"block": np.full(len(at), name, np.uint64), "left": left, "right": right, "total": totals[at]}
            found.append(pl.DataFrame(columns, schema=KEPT_SCHEMAS["merging"]))
        return found

    def measure(self, story: np.ndarray) -> np.ndarray:
        """The sum of the similarities of each article to those of its story."""
        central = np.ones(len(story))
        stories = gather_sets(story, self.codes)
        known, numbers, is_new = recall_named(self.kept.recall("centrality"), "story", stories.names)
        central[stories.gather(numbers)[0]] = known["central"].to_numpy()
        members = stories.gather(np.flatnonzero(is_new))[0]
        if len(members):
            is_wanted = np.zeros(len(story), bool)
            is_wanted[members] = True
            weights = self.weigh(is_wanted)[1][is_wanted[self.is_read]]
            central[is_wanted] = measure_centrality(weights, story[is_wanted])
        self.keep("centrality", {"story": np.repeat(stories.names, stories.sizes), "central": central[stories.members]})
        return central


def find_pairs(rows: pl.DataFrame, blocks: dict[int, np.ndarray]) -> np.ndarray:
    """The groups of kept rows, of places in blocks."""
    names, ends = rows["block"].to_numpy(), rows.select("left", "right").to_numpy()
    runs = pairwise([*find_runs(names).tolist(), len(names)])
    found = [blocks[int(names[start])][ends[start:end]] for start, end in runs]
    return np.concatenate([np.empty((0, 2), np.int64), *found])


def tell_large(large: LargeSet, begun: np.ndarray, least: float) -> pl.DataFrame:
    """Rows of the kept stories of a large set: some that have begun are merged on, as far as two are at least so similar."""
    story, settings = np.searchsorted(large.rows, begun[large.rows]), large.settings
    story = merge_rounds(story, partial(large.compare, least=least), settings, least)
    central = large.measure(story) if least <= settings.story_cosine else np.ones(len(story))
    columns = {"component": np.full(len(story), large.name), "first": story, "central": central}
    return pl.DataFrame(columns, schema=KEPT_SCHEMAS["stories"])


def keep_large(large: LargeSet, told: np.ndarray, least: float) -> None:
    """Keep what the stories of a large set that is known rest on."""
    merged = large.kept.recall("merged").filter(pl.col("component") == int(large.name))
    large.keep("merged", merged)
    large.keep("merging", large.kept.recall("merging").filter(pl.col("block").is_in(merged["block"].implode())))
    if least <= large.settings.story_cosine:
        large.measure(told[large.rows])
