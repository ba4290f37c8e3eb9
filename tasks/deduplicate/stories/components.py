"""Stories, part by part: articles that hang together by likeness, and within each such component the stories.

What articles of one stretch of days are alike depends on these articles only, and what stories a component has on its members only. Both are
kept with what they were computed from, and computed where that is new.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from quotidian.tasks.deduplicate.copies.candidates import unique_pairs
from quotidian.tasks.deduplicate.copies.recall import find_rows
from quotidian.tasks.deduplicate.copies.text_parts import Shelf
from quotidian.tasks.deduplicate.corpus import MIX, Corpus, mix_codes, number_items, weigh_terms
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.stories.facts import mark_facts
from quotidian.tasks.deduplicate.stories.frames import have_other_facts, share_frames
from quotidian.tasks.deduplicate.stories.linkage import ROUNDING
from quotidian.tasks.deduplicate.stories.products import multiply_rows
from quotidian.tasks.deduplicate.stories.stories import (
    cluster_stories,
    keep_telling,
    search_block,
    share_facts,
)
from quotidian.tasks.deduplicate.units import Workers

SMALL = 1_000
"""Members of a component up to which all are compared with all; a larger one is merged in rounds, by itself."""
PART_MEMBERS = 5_000
"""Members of small components whose words are in memory at a time."""
PART_SECONDS = 0.5
"""To tell their stories."""
UNIT_ARTICLES = 500
"""Articles from which on a stretch of days is halved: each unit is searched with itself and with those near to it, which for a few
articles is soon done, and for one more article is done again."""
STRETCH_ARTICLES = 5_000
"""The same for a stretch of days that is searched with each unit of undated articles: of those many fewer are new at a time."""
HIGHEST_BIT = np.uint64(63)
LONGEST_UNIT = 2**15
"""Days; a power of two."""
WINDOW_ARTICLES = 10_000
"""Articles whose words are in memory at a time where units are searched."""
WINDOW_SECONDS = 1.2
"""To search them."""


@dataclass(frozen=True)
class Reports:
    """Articles, earliest first, none a copy of another: `texts` are their rows of the corpus, `days` numbers, NaN where
    there is none, `codes` 64 bits that tell an article, what it says and when it is from, `seen` the days on which they were captured, NaN
    where that is not known."""

    corpus: Corpus
    texts: np.ndarray
    days: np.ndarray
    codes: np.ndarray
    seen: np.ndarray

    def weigh(self, rows: np.ndarray) -> tuple[Corpus, sparse.csr_array, sparse.csr_array]:
        """The texts of some articles, the weights of their terms, and their facts."""
        corpus = self.corpus.select(self.texts[rows])
        return corpus, weigh_terms(corpus), mark_facts(corpus)

    def name(self, rows: np.ndarray) -> int:
        """64 bits for a set of articles."""
        return int(mix_codes(self.codes[rows]).sum())


@dataclass(frozen=True)
class Block:
    """Articles among which pairs are looked for: of one of `left` with one of `right`, and, where `is_within`, of two of `left`.

    `name` tells all of them, and what each says and when it is from.
    """

    name: int
    left: np.ndarray
    right: np.ndarray
    is_within: bool


def read_reports(originals: pl.DataFrame, shelf: Shelf) -> Reports:
    """Reports of the first article of each copy group: article_id, published_date, published_at, captured_at and text, earliest first."""
    texts = originals["text"].to_numpy()
    days, seen = (number_days(originals[name]) for name in ("published_date", "captured_at"))
    told = originals.select("article_id", "published_date", "published_at")
    spelled = told.with_columns(
        hash=pl.Series(shelf.corpus.text_hash[texts]), spelling=pl.Series(shelf.spelling[texts])
    )
    corpus = replace(shelf.corpus)  # without what it remembers
    return Reports(corpus, texts, days, spelled.hash_rows().to_numpy(), seen)


def number_days(days: pl.Series) -> np.ndarray:
    """Days as numbers, NaN where there is none."""
    return days.cast(pl.Date).cast(pl.Int32).cast(pl.Float64).fill_null(np.nan).to_numpy()


def find_stories(
    reports: Reports, settings: DeduplicateSettings, kept: Kept, workers: Workers
) -> tuple[np.ndarray, np.ndarray]:
    """Story and centrality of each article: the row of the earliest article of its story, and the sum of its similarities to
    the articles of its story."""
    pairs = find_alike(reports, settings, kept, workers)
    count = len(reports.codes)
    graph = sparse.coo_array((np.ones(len(pairs), bool), tuple(pairs.T)), (count, count))
    component = connected_components(graph, directed=False)[1]
    told = tell_components(reports, component, settings, kept, workers)
    story, central = np.arange(count), np.ones(count)
    order = np.argsort(reports.codes)
    members, firsts = (order[find_rows(reports.codes[order], told[name].to_numpy())[0]] for name in ("member", "first"))
    story[members], central[members] = firsts, told["central"].to_numpy()
    return story, central


def find_alike(reports: Reports, settings: DeduplicateSettings, kept: Kept, workers: Workers) -> np.ndarray:
    """Pairs of articles that are alike enough for one story and near enough in time: (n, 2) rows."""
    blocks = {block.name: block for block in cut_blocks(reports, settings.story_days)}
    names = pl.DataFrame({"block": list(blocks)}, schema={"block": pl.UInt64})
    known = names.join(kept.recall("blocks"), on="block", how="semi")
    found = [kept.recall("alike").join(known, on="block", how="semi")]
    new = [blocks[name] for name in names.join(known, on="block", how="anti", maintain_order="left")["block"]]
    windows = list(gather_windows(new))
    for alike in workers.map(search_window, windows, reports, settings, seconds=WINDOW_SECONDS * len(windows)):
        found += alike
    kept.after["blocks"], kept.after["alike"] = names, pl.concat(found)
    order = np.argsort(reports.codes)
    rows = [find_rows(reports.codes[order], kept.after["alike"][side].to_numpy())[0] for side in ("left", "right")]
    return unique_pairs(order[np.stack(rows, axis=1)])


def cut_blocks(reports: Reports, width: int) -> Iterator[Block]:
    """Articles among which pairs are looked for: any two at most `width` days apart are in one of the blocks of dated ones.

    The undated ones are in units of their own, each of which is in a block with each other one and with each longer stretch of days: what is
    new is in few units, and only blocks with these are searched again.
    """
    dated, undated = np.flatnonzero(~np.isnan(reports.days)), np.flatnonzero(np.isnan(reports.days))
    days = reports.days[dated]
    units = [dated[places] for places in cut_units(days, LONGEST_UNIT)]
    names = [reports.name(unit) for unit in units]
    firsts, lasts = ([reports.days[unit[place]] for unit in units] for place in (0, -1))
    ends = np.searchsorted(firsts, np.array(lasts) + width, "right")
    for place, unit in enumerate(units):
        yield Block(names[place], unit, np.empty(0, np.int64), True)
        for other in range(place + 1, ends[place]):
            yield Block(name_two(names[place], names[other]), unit, units[other], False)
    stretches = [dated[places] for places in cut_units(days, LONGEST_UNIT, STRETCH_ARTICLES)] if len(undated) else []
    yield from cross_units(reports, cut_undated(reports, undated), stretches)


def cross_units(reports: Reports, units: list[np.ndarray], stretches: list[np.ndarray]) -> Iterator[Block]:
    """Blocks of each unit of undated articles with itself, with each other one, and with each stretch of days."""
    names, beside = ([reports.name(rows) for rows in parts] for parts in (units, stretches))
    for place, unit in enumerate(units):
        yield Block(names[place], unit, np.empty(0, np.int64), True)
        named = [*zip(names[place + 1 :], units[place + 1 :], strict=True), *zip(beside, stretches, strict=True)]
        for name, other in named:
            yield Block(name_two(names[place], name), unit, other, False)


def cut_undated(reports: Reports, undated: np.ndarray) -> list[np.ndarray]:
    """Undated articles in units: by the day on which they were captured, where that is known, else by their codes."""
    is_seen = ~np.isnan(reports.seen[undated])
    known, rest = undated[is_seen], undated[~is_seen]
    known = known[np.argsort(reports.seen[known], kind="stable")]
    units = [known[places] for places in cut_units(reports.seen[known], LONGEST_UNIT)]
    return units + (cut_codes(rest, mix_codes(reports.codes[rest])) if len(rest) else [])


def cut_codes(rows: np.ndarray, codes: np.ndarray) -> list[np.ndarray]:
    """Rows by the first bits of their codes, by so many that a unit has at most `UNIT_ARTICLES`."""
    if len(rows) <= UNIT_ARTICLES or (codes == codes[0]).all():
        return [rows]
    is_high = codes >> HIGHEST_BIT > 0
    parts = ((rows[is_own], codes[is_own] << np.uint64(1)) for is_own in (~is_high, is_high) if is_own.any())
    return [unit for part in parts for unit in cut_codes(*part)]


def name_two(one: int, other: int) -> int:
    """64 bits for two sets of articles, in their order."""
    mixed = mix_codes(np.array([one], np.uint64)) * MIX + np.array([other], np.uint64)
    return int(mix_codes(mixed)[0])


def cut_units(days: np.ndarray, length: int, most: int | None = None) -> list[np.ndarray]:
    """Places of days, which are sorted, by stretches of `length` days and less: halved until one has at most `most` articles
    (`UNIT_ARTICLES`), or is a day.

    A day of which nothing else is known than before lies in the same unit, unless a neighbour has become long enough to be halved.
    """
    most = UNIT_ARTICLES if most is None else most
    parts = np.split(np.arange(len(days)), np.flatnonzero(np.diff(days // length)) + 1) if len(days) else []
    units = []
    for part in parts:
        is_whole = length == 1 or len(part) <= most
        units += [part] if is_whole else [part[0] + half for half in cut_units(days[part], length // 2, most)]
    return units


def gather_windows(blocks: list[Block]) -> Iterator[list[Block]]:
    """Blocks whose articles are weighed together: as many, one after the other, as have no more than `WINDOW_ARTICLES`."""
    window, rows = [], np.empty(0, np.int64)
    for block in blocks:
        together = np.union1d(rows, np.append(block.left, block.right))
        if window and len(together) > WINDOW_ARTICLES:
            yield window
            window, together = [], np.append(block.left, block.right)
        window, rows = [*window, block], together
    if window:
        yield window


def search_window(blocks: list[Block], reports: Reports, settings: DeduplicateSettings) -> list[pl.DataFrame]:
    """Rows of the kept pairs of each of some blocks."""
    rows = np.unique(np.concatenate([side for block in blocks for side in (block.left, block.right)]))
    corpus, weights, facts = reports.weigh(rows)
    telling, found = keep_telling(weights), []
    for block in blocks:
        own = np.append(block.left, block.right)
        places = np.searchsorted(rows, own)
        vectors = weights[places], facts[places], telling[places]
        pairs = search_alike(*vectors, reports.days[own], block, settings)
        pairs = pairs[~are_framed(corpus, places[pairs], facts)]
        left, right = reports.codes[own[pairs]].T
        alike = pl.DataFrame({"left": left, "right": right})
        found.append(alike.select(block=pl.lit(block.name, pl.UInt64), left="left", right="right"))
    return found


def search_alike(
    weights: sparse.csr_array,
    facts: sparse.csr_array,
    telling: sparse.csr_array,
    days: np.ndarray,
    block: Block,
    settings: DeduplicateSettings,
) -> np.ndarray:
    """Pairs of articles of a block that are alike enough and near enough: places among its left, then its right ones."""
    count = len(block.left)
    pairs = unique_pairs(search_block(telling, count, 0 if block.is_within else count))
    pairs = pairs[~(np.abs(np.diff(days[pairs], axis=1)[:, 0]) > settings.story_days)]
    pairs = pairs[share_facts(facts, np.ones(len(days), np.int64), ~np.isnan(days), pairs)]
    return pairs[multiply_rows(weights, weights, pairs) >= settings.story_cosine * (1 - ROUNDING)]


def are_framed(corpus: Corpus, pairs: np.ndarray, facts: sparse.csr_array) -> np.ndarray:
    """Whether two articles share a frame only."""
    framed = have_other_facts(facts, np.ones(len(corpus)), pairs)
    framed[framed] = share_frames(corpus, sparse.eye_array(len(corpus), format="csr"), pairs[framed])
    return framed


def tell_components(
    reports: Reports, component: np.ndarray, settings: DeduplicateSettings, kept: Kept, workers: Workers
) -> pl.DataFrame:
    """Rows of the kept stories: component, member, first and central, of each article that is not alone in its component."""
    members = np.argsort(component, kind="stable")
    members = members[np.bincount(component)[component[members]] > 1]
    starts = np.flatnonzero(np.diff(component[members], prepend=-1))
    sizes = np.diff(np.append(starts, len(members)))
    names = np.add.reduceat(mix_codes(reports.codes[members]), starts) if len(members) else np.empty(0, np.uint64)
    before = kept.recall("stories")
    is_new = ~np.isin(names, before["component"].to_numpy())
    found = [before.filter(pl.col("component").is_in(pl.Series(names, dtype=pl.UInt64).implode()))]
    owners, units = np.repeat(np.arange(len(names)), sizes), []
    for part in part_components(sizes, np.flatnonzero(is_new)):
        own, steps = number_items(sizes[part])
        places = starts[part][own] + steps
        labels = owners[places] if len(part) > 1 or sizes[part[0]] <= SMALL else None
        units.append((members[places], labels, names[owners[places]]))
    found += workers.map(tell_part, units, reports, settings, seconds=PART_SECONDS * len(units))
    kept.after["stories"] = pl.concat(found)
    return kept.after["stories"]


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
    codes = reports.codes[rows]
    return pl.DataFrame({"component": names, "member": codes, "first": codes[story], "central": central})
