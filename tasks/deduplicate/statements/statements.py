"""Statements: one thing said by one speaker, however many articles quote it."""

import re
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse

from quotidian.tasks.deduplicate.corpus import Corpus
from quotidian.tasks.deduplicate.corrections import NO_CORRECTIONS, Correction, Corrections, effects_frame
from quotidian.tasks.deduplicate.hanging import name_components
from quotidian.tasks.deduplicate.ids import make_ids
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import hash_words
from quotidian.tasks.deduplicate.statements.blocks import decide_blocks, order_blocks
from quotidian.tasks.deduplicate.statements.differences import is_other, read_terms
from quotidian.tasks.deduplicate.statements.pairs import (
    Spread,
    Window,
    cut_windows,
    drop_crowded,
    find_pairs,
    gather_quotes,
    pair_sharers,
)
from quotidian.tasks.deduplicate.statements.variants import describe_variants
from quotidian.tasks.deduplicate.stories.linkage import cluster_by_average
from quotidian.tasks.deduplicate.stories.products import DIGITS, multiply_rows
from quotidian.tasks.deduplicate.units import HERE, Workers

DEFAULTS = DeduplicateSettings()
OPPOSED = -1e9
"""The overlap of two quotations that cannot be one statement: no average over a group makes up for it."""
WORD_OR_STOP = re.compile(r"\w+|[.!?]")
NO_WORDS = hash_words([])
PLACES = ("article_id", "copy_group", "story_id")
"""Where a quotation stands."""
LIKENED = (*PLACES, "words", "telling")
"""What tells whether two quotations are alike."""
WINDOW_SECONDS = 0.1
"""To find which quotations of a window are alike."""
UNIT_ROWS, UNIT_SECONDS = 5_000, 1
"""Quotations that are alike of which it is told at a time which are one statement, and how long that takes."""
REPEAT_OVERLAP = 0.8
"""Two quotations in one article are of one statement only if they are this much alike: an article seldom says one
thing twice in other words, and often two things about one matter."""
DOUBT = 0.01
"""How far below the overlap of one statement that of a pair is put which the words of the shorter one alone speak for: it joins nothing, and
parts nothing that others join."""
STORY_COMMON, OTHER_COMMON = 0.22, 0.4
"""Weighted share of all words of two quotations that both must have, in articles of one story that are no copies, and of two stories,
unless the shorter is nearly whole in the longer (`REPEAT_OVERLAP`). Of 300 joined pairs in real articles that are no copies, read by
hand, 58 were two statements; with these shares 17 of 246, and 13 of the 242 others are no longer joined."""
RUN, RUN_COMMON = 3, 0.3
"""Content words one after the other that two quotations of one story both have where they have less than such a share in common: without, they are
on one matter more often than one statement. Of 21 such pairs in real articles, read by hand, 8 were two statements; of the 8 with such a run 1."""
SHORT_WORDS, SHORT_COMMON = 6, 0.6
"""Different content words below which a saying is short, and the share of all words of two that both must have where one is short and they stand in two stories,
unless it is a sentence, or the start of one, of the longer: "to build a dam across the river" stands in what is said of a judge. Of 11 such pairs in real articles with a
smaller share that were joined, read by hand, 4 were two statements; these go, and the others are joined by a third that is more like either."""
RARITY = np.array([3.5, 4.6, 2.3, 4.6])
"""How much a word of a quotation tells, by its kind (lower, long, name, number): the negative logarithm of the share of quotations that have a given word of that kind
(.03, .01, .1, .01). Names weigh less than other words: all that a foreign minister says is about the same countries."""


class StatementLinks(NamedTuple):
    """What `link_statements` finds; every frame is sorted by its key."""

    links: pl.DataFrame
    """quote_id, statement_id: one row for every quotation."""
    variants: pl.DataFrame
    """quote_id, statement_id, difference: how each quotation of a statement differs from the longest one."""
    effects: pl.DataFrame
    """file, line, has_effect, detail: what each line of the corrections did."""


def link_statements(
    quotes: pl.DataFrame,
    article_links: pl.DataFrame,
    corrections: Corrections = NO_CORRECTIONS,
    settings: DeduplicateSettings = DEFAULTS,
    kept: Kept | None = None,
    workers: Workers = HERE,
) -> StatementLinks:
    """Join the quotations of all articles that say the same thing.

    `quotes` has quote_id, article_id, text, is_said, speaker_entity_id (nullable) and what `sketch_quotes` makes of the text; `article_links` article_id,
    copy_group, story_id and age_rank. Only quotations of one speaker are joined, or, where the speaker is not
    known, those in copies of one article; what was denied or imagined is not joined with what was said. Short
    quotations are joined only if they have the same words and are in one story. A statement is named by its
    earliest quotation: of the earliest article, then of the smallest quote_id. What was `kept` before of quotations that
    are the same is not decided again; what takes long is worked on by `workers`.
    """
    kept = kept or Kept()
    ordered = order_quotes(quotes, article_links, settings)
    first = ordered["first"].to_numpy()
    said = ordered.filter(pl.col("first") == pl.col("place"))
    label = first.copy()
    label[said["place"].to_numpy()] = said["place"].to_numpy()[find_statements(said, settings, kept, workers)]
    label = label[first]
    effects = correct_labels(label, ordered["quote_id"], corrections)
    is_first = label == np.arange(len(label))
    ids = make_ids("sa_", ordered["quote_id"].filter(is_first)).gather((np.cumsum(is_first) - 1)[label])
    places = np.empty(len(label), np.int64)
    places[ordered["row"].to_numpy()] = np.arange(len(label))
    linked = ordered.select("quote_id", "text", statement_id=ids)[places]
    variants = describe_variants(linked, label[places], kept)
    return StatementLinks(linked.select("quote_id", "statement_id"), variants, effects_frame(effects))


def correct_labels(label: np.ndarray, quotes: pl.Series, corrections: Corrections) -> list:
    """Joins and parts quotations as people said, in place; returns what each line did.

    A quotation that is parted from another one leaves its statement; the later of the two leaves.
    """
    lines = [*corrections.same_statements, *corrections.different_statements]
    named = pl.Series([quote for line in lines for quote in line.values.values()], dtype=pl.String)
    found = np.flatnonzero(quotes.is_in(named.implode()))
    places = dict(zip(quotes.gather(found), found.tolist(), strict=True))
    joins = [join_quotes(label, places, line) for line in corrections.same_statements]
    return joins + [part_quotes(label, places, line) for line in corrections.different_statements]


def join_quotes(label: np.ndarray, places: dict[str, int], line: Correction) -> tuple:
    """Puts the statements of two quotations together."""
    left, right = places.get(line.values["quote_id"]), places.get(line.values["same_as"])
    if left is None or right is None:
        return line.effect(False, "no such quotation")
    if label[left] == label[right]:
        return line.effect(False, "already one statement")
    label[np.isin(label, [label[left], label[right]])] = min(label[left], label[right])
    return line.effect(True, "joined")


def part_quotes(label: np.ndarray, places: dict[str, int], line: Correction) -> tuple:
    """Takes the later of two quotations out of their statement."""
    left, right = places.get(line.values["quote_id"]), places.get(line.values["other_id"])
    if left is None or right is None:
        return line.effect(False, "no such quotation")
    if left == right or label[left] != label[right]:
        return line.effect(False, "would not have been joined")
    label[max(left, right)] = max(left, right)
    return line.effect(True, "kept apart")


def find_statements(said: pl.DataFrame, settings: DeduplicateSettings, kept: Kept, workers: Workers) -> np.ndarray:
    """First row of the statement of each row of `said`, whose words and speakers are all different.

    Nothing joins quotations that do not hang together by pairs that are alike, and of others whether they differ need not be asked.
    """
    blocks, spread = order_blocks(said["speaker"]), Spread(workers, WINDOW_SECONDS)
    said = said.with_columns(drop_crowded(said["words"], blocks).alias("telling"))
    pairs = find_pairs(said, blocks, ("quote_id", "speaker", *LIKENED), kept, "spoken", spread, find_alike, settings)
    rows = np.unique(pairs)
    component = name_components(len(said), pairs)[rows]
    alike = said.select("text", *LIKENED)[rows].with_columns(component=component)

    def decide(own: pl.DataFrame) -> pl.DataFrame:
        return join_alike(own, settings, workers)

    found = decide_blocks(alike, "component", ("text", *LIKENED), kept, "spoken", decide)
    label = np.arange(len(said))
    label[rows[found["left"].to_numpy()]] = rows[found["right"].to_numpy()]
    return label


def find_alike(window: Window, settings: DeduplicateSettings) -> np.ndarray:
    """Pairs of quotations of one speaker that are alike enough to be one statement where nothing parts them."""
    pairs = pair_sharers(window.rows["telling"], window.labels, window.is_new)
    return pairs[compare_quotes(window.rows, pairs, settings) >= settings.statement_overlap]


def join_alike(alike: pl.DataFrame, settings: DeduplicateSettings, workers: Workers) -> pl.DataFrame:
    """left, right: rows of some components of quotations that are alike, and the first of their statement where that is another."""
    order = np.argsort(alike["component"].to_numpy(), kind="stable")
    labels = alike["component"].to_numpy()[order]
    parts = list(cut_windows(np.arange(len(order)), labels, UNIT_ROWS))
    units = (Window(alike[order[part]], labels[part], np.ones(len(part), bool)) for part in parts)
    found = workers.map(cluster_quotes, units, settings, seconds=UNIT_SECONDS * len(order) / UNIT_ROWS)
    firsts = [order[part[first]] for part, first in zip(parts, found, strict=True)]
    first = np.concatenate([np.empty(0, np.int64), *firsts])
    joined = first != order
    return pl.DataFrame({"left": order[joined], "right": first[joined]}, schema={"left": pl.Int64, "right": pl.Int64})


def cluster_quotes(window: Window, settings: DeduplicateSettings) -> np.ndarray:
    """First row of the statement of each row of some components of quotations that are alike."""
    said = window.rows
    pairs = pair_sharers(said["telling"], window.labels, window.is_new)
    overlaps = doubt_short(said, pairs, compare_quotes(said, pairs, settings), settings)
    overlaps = part_differing(said["text"].to_list(), pairs, overlaps)
    keep = overlaps != 0
    return cluster_by_average(len(said), pairs[keep], overlaps[keep], settings.statement_overlap)


def compare_quotes(said: pl.DataFrame, pairs: np.ndarray, settings: DeduplicateSettings) -> np.ndarray:
    """How much pairs of quotations have in common, as one statement has: see `judge_overlaps`."""
    overlaps, common = measure_overlaps(gather_quotes(said["words"]), pairs, settings)
    return judge_overlaps(said, pairs, overlaps, common, settings)


def judge_overlaps(
    said: pl.DataFrame, pairs: np.ndarray, overlaps: np.ndarray, common: np.ndarray, settings: DeduplicateSettings
) -> np.ndarray:
    """Overlaps, 0 or just too small (`DOUBT`) where two quotations are not enough alike to be one statement. Copies tell one thing in other
    words; other articles of a story, and still more those of other stories, often give two sayings on one matter in like words."""
    in_one, in_copies, in_story = (
        told[pairs[:, 0]] == told[pairs[:, 1]] for told in (said[name].to_numpy() for name in PLACES)
    )
    is_whole = overlaps >= max(REPEAT_OVERLAP, settings.statement_overlap)
    is_common = common >= np.where(in_copies, 0, np.where(in_story, STORY_COMMON, OTHER_COMMON))
    is_open = is_common & ~in_copies & ~is_whole & (common < RUN_COMMON) & (overlaps >= settings.statement_overlap)
    asked = np.flatnonzero(is_open)
    is_common[asked] = have_run(said["words"], pairs[asked])
    doubtful = np.where(in_one, 0, np.where(is_common, overlaps, settings.statement_overlap - DOUBT))
    return np.where(overlaps < settings.statement_overlap, 0, np.where(is_whole, overlaps, doubtful))


def doubt_short(
    said: pl.DataFrame, pairs: np.ndarray, overlaps: np.ndarray, settings: DeduplicateSettings
) -> np.ndarray:
    """Overlaps, just too small (`DOUBT`) where one of two sayings of two stories is short and what they share may be said of another matter."""
    copy, story = (said[name].to_numpy()[pairs] for name in PLACES[1:])
    words = said["words"].list.n_unique().to_numpy()[pairs]
    is_other = (copy[:, 0] != copy[:, 1]) & (story[:, 0] != story[:, 1])
    asked = np.flatnonzero(is_other & (words.min(axis=1) < SHORT_WORDS) & (overlaps >= settings.statement_overlap))
    common = measure_overlaps(gather_quotes(said["words"]), pairs[asked], settings)[1]
    asked = asked[common < SHORT_COMMON]
    texts = said["text"]
    is_sentence = [begin_alike(texts[left], texts[right]) for left, right in pairs[asked].tolist()]
    doubted = overlaps.copy()
    doubted[asked[~np.array(is_sentence, dtype=bool)]] = settings.statement_overlap - DOUBT
    return doubted


def begin_alike(one: str, other: str) -> bool:
    """Whether a sentence of the longer of two texts begins with the shorter, word by word."""
    spelled = (" ".join(WORD_OR_STOP.findall(text.casefold())).strip(" .!?") for text in (one, other))
    shorter, longer = sorted(spelled, key=len)
    return any(f"{stop} {shorter} " in f". {longer} " for stop in ".!?")


def have_run(words: pl.Series, pairs: np.ndarray) -> np.ndarray:
    """Whether the two quotations of each pair have `RUN` content words one after the other in common."""
    rows = np.unique(pairs)
    own = dict(zip(rows.tolist(), words.gather(rows).to_list(), strict=True))
    runs = {row: set(zip(*(told[at:] for at in range(RUN)), strict=False)) for row, told in own.items()}
    return np.array([not runs[left].isdisjoint(runs[right]) for left, right in pairs.tolist()], dtype=bool)


def part_differing(texts: list[str], pairs: np.ndarray, overlaps: np.ndarray) -> np.ndarray:
    """Overlaps with OPPOSED where two quotations differ in a figure, a day or a negation, so that nothing joins them."""
    told = {place: read_terms(texts[place]) for place in np.unique(pairs).tolist()}
    opposed = [is_other(told[left], told[right]) for left, right in pairs.tolist()]
    return np.where(np.array(opposed, dtype=bool), OPPOSED, overlaps)


def order_quotes(quotes: pl.DataFrame, article_links: pl.DataFrame, settings: DeduplicateSettings) -> pl.DataFrame:
    """Quotes, earliest first, with `row` (their place by quote_id), `place`, `speaker` (whom they can share a statement with) and `first`, the place of the first that is the
    same at once: of the same speaker and words, for short ones of one story too. Speakers and where quotations stand (`PLACES`) are hashes."""
    names = {
        "text": "text",
        "text_hash": "text_hash",
        "words": "words",
        "is_said": "is_said",
        "speaker": "speaker_entity_id",
    }
    own = quotes.select("quote_id", "article_id", **names)
    own = own if own["quote_id"].is_sorted() else own.sort("quote_id")
    places = article_links.select(*PLACES, "age_rank")
    placed = own.with_row_index("row").join(places, on="article_id", how="left", maintain_order="left")
    hashed = placed.with_columns(pl.coalesce("copy_group", "quote_id")).with_columns(
        pl.col(PLACES).hash(), pl.when(pl.col("speaker").is_not_null()).then(pl.col("speaker").hash())
    )
    ordered = hashed.sort("age_rank", nulls_last=True, maintain_order=True).with_row_index("place")
    ordered = ordered.with_columns(place_speakers(ordered))
    is_short = pl.col("words").list.n_unique() < settings.statement_words
    is_empty = pl.col("text_hash") == NO_WORDS
    alone = pl.when(is_empty).then(pl.col("quote_id").hash()).when(is_short).then("story_id")
    same = pl.struct("speaker", "text_hash", alone).hash()
    return ordered.with_columns(first=pl.col("place").cast(pl.Int64).first().over(same))


def place_speakers(placed: pl.DataFrame) -> pl.Series:
    """`speaker`, the same for quotations that may be one statement: the entity; where none is known, the one that
    a copy of the article names for the same words; else the copies of the article."""
    said = placed.select(
        "speaker", "is_said", "copy_group", same=pl.struct("copy_group", "text_hash", "is_said").hash()
    )
    is_named = pl.col("speaker").is_not_null()
    named = said.filter(is_named).join(said.filter(~is_named), on="same", how="semi")
    one = named.group_by("same").agg(pl.col("speaker").unique()).filter(pl.col("speaker").list.len() == 1)
    told = one.select("same", told=pl.col("speaker").list.first())
    known = said.join(told, on="same", how="left", maintain_order="left").with_columns(pl.coalesce("speaker", "told"))
    copies = pl.struct(pl.lit("copies"), "copy_group", "is_said").hash()
    speaker = pl.when(is_named).then(pl.struct("speaker", "is_said").hash()).otherwise(copies)
    return known.select(speaker=speaker).to_series()


def measure_overlaps(spoken: Corpus, pairs: np.ndarray, settings: DeduplicateSettings) -> tuple[np.ndarray, np.ndarray]:
    """Weighted share of the words of the shorter quotation that stand in the longer, and of all words of both that both have.

    0 where the shorter has fewer than `statement_words` different content words.
    """
    has, weight = weigh_words(spoken)
    total, count = np.asarray(weight.sum(axis=1)).ravel(), has.sum(axis=1)
    left, right = pairs.T
    shared = np.minimum(multiply_rows(has, weight, pairs), multiply_rows(weight, has, pairs))
    overlap = np.round(shared / np.maximum(np.minimum(total[left], total[right]), 1e-9), DIGITS)
    common = np.round(shared / np.maximum(total[left] + total[right] - shared, 1e-9), DIGITS)
    is_telling = np.minimum(count[left], count[right]) >= settings.statement_words
    return np.where(is_telling, np.minimum(overlap, 1.0), 0.0), np.where(is_telling, common, 0.0)


def weigh_words(spoken: Corpus) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Which quotation has which word, and how much that tells."""
    counts, _, kinds = spoken.counted
    has = counts.astype(bool).astype(np.float64)
    return has, sparse.csr_array((RARITY[kinds], has.indices, has.indptr), has.shape)
