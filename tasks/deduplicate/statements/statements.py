"""Statements: one thing said by one speaker, however many articles quote it."""

from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from quotidian.tasks.deduplicate.copies.candidates import find_rare_sharers
from quotidian.tasks.deduplicate.corpus import Corpus, make_corpus
from quotidian.tasks.deduplicate.corrections import NO_CORRECTIONS, Correction, Corrections, effects_frame
from quotidian.tasks.deduplicate.ids import make_id
from quotidian.tasks.deduplicate.kept import Kept
from quotidian.tasks.deduplicate.settings import DeduplicateSettings
from quotidian.tasks.deduplicate.sketch import hash_words
from quotidian.tasks.deduplicate.statements.blocks import decide_blocks
from quotidian.tasks.deduplicate.statements.differences import is_other, read_terms
from quotidian.tasks.deduplicate.statements.variants import describe_variants
from quotidian.tasks.deduplicate.stories.linkage import cluster_by_average
from quotidian.tasks.deduplicate.stories.products import DIGITS, multiply_rows
from quotidian.tasks.deduplicate.words import KIND_BITS

DEFAULTS = DeduplicateSettings()
MAX_SHARERS = 400
"""A word that more quotations of one speaker share tells little of what is said in them."""
MIN_SHARED = 2
OPPOSED = -1e9
"""The overlap of two quotations that cannot be one statement: no average over a group makes up for it."""
NO_WORDS = hash_words([])
PLACES = ("article_id", "copy_group", "story_id")
"""Where a quotation stands."""
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
) -> StatementLinks:
    """Join the quotations of all articles that say the same thing.

    `quotes` has quote_id, article_id, text, is_said, speaker_entity_id (nullable) and what `sketch_quotes` makes of the text; `article_links` article_id,
    copy_group, story_id and age_rank. Only quotations of one speaker are joined, or, where the speaker is not
    known, those in copies of one article; what was denied or imagined is not joined with what was said. Short
    quotations are joined only if they have the same words and are in one story. A statement is named by its
    earliest quotation: of the earliest article, then of the smallest quote_id. What was `kept` of a speaker before whose quotations
    are the same is not decided again.
    """
    ordered = order_quotes(quotes, article_links, settings)
    said = ordered.unique(["speaker", "said"], keep="first", maintain_order=True)
    label = said["place"].to_numpy()[find_statements(said, settings, kept or Kept())]
    ordered = ordered.join(said.select("speaker", "said", label=label), on=["speaker", "said"], maintain_order="left")
    label = ordered["label"].to_numpy().copy()
    quote_ids = ordered["quote_id"].to_list()
    effects = correct_labels(label, {quote: place for place, quote in enumerate(quote_ids)}, corrections)
    firsts, own = np.unique(label, return_inverse=True)
    ids = pl.Series("statement_id", [make_id("sa_", quote_ids[first]) for first in firsts], dtype=pl.String)
    linked = ordered.select("quote_id", "text").with_columns(ids.gather(own))
    links = linked.select("quote_id", "statement_id").sort("quote_id")
    return StatementLinks(links, describe_variants(linked), effects_frame(effects))


def correct_labels(label: np.ndarray, places: dict[str, int], corrections: Corrections) -> list:
    """Joins and parts quotations as people said, in place; returns what each line did.

    A quotation that is parted from another one leaves its statement; the later of the two leaves.
    """
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


def find_statements(said: pl.DataFrame, settings: DeduplicateSettings, kept: Kept) -> np.ndarray:
    """First row of the statement of each row of `said`, whose words and speakers are all different."""

    def decide(rows: pl.DataFrame) -> pl.DataFrame:
        first = cluster_quotes(rows, settings)
        joined = np.flatnonzero(first != np.arange(len(rows)))
        return pl.DataFrame({"left": joined, "right": first[joined]}, schema={"left": pl.Int64, "right": pl.Int64})

    found = decide_blocks(said, "speaker", (*PLACES, "text", "words"), kept, "spoken", decide)
    label = np.arange(len(said))
    label[found["left"].to_numpy()] = found["right"].to_numpy()
    return label


def cluster_quotes(said: pl.DataFrame, settings: DeduplicateSettings) -> np.ndarray:
    """`find_statements` of all rows anew."""
    spoken = gather_quotes(said["words"])
    pairs = find_quote_pairs(spoken, said["speaker"].to_numpy())
    overlaps, common = measure_overlaps(spoken, pairs, settings)
    overlaps = judge_overlaps(said, pairs, overlaps, common, settings)
    is_near = join_near(len(said), pairs, overlaps >= settings.statement_overlap)
    pairs = pairs[is_near]
    overlaps = part_differing(said["text"].to_list(), pairs, overlaps[is_near])
    keep = overlaps != 0
    return cluster_by_average(len(said), pairs[keep], overlaps[keep], settings.statement_overlap)


def judge_overlaps(
    said: pl.DataFrame, pairs: np.ndarray, overlaps: np.ndarray, common: np.ndarray, settings: DeduplicateSettings
) -> np.ndarray:
    """Overlaps, 0 or just too small (`DOUBT`) where two quotations are not enough alike to be one statement. Copies tell one thing in other
    words; other articles of a story, and still more those of other stories, often give two sayings on one matter in like words."""
    in_one, in_copies, in_story = (
        told[pairs[:, 0]] == told[pairs[:, 1]]
        for told in (said[name].fill_null("").rank("dense").to_numpy() for name in PLACES)
    )
    is_whole = overlaps >= max(REPEAT_OVERLAP, settings.statement_overlap)
    is_common = common >= np.where(in_copies, 0, np.where(in_story, STORY_COMMON, OTHER_COMMON))
    doubtful = np.where(in_one, 0, np.where(is_common, overlaps, settings.statement_overlap - DOUBT))
    return np.where(overlaps < settings.statement_overlap, 0, np.where(is_whole, overlaps, doubtful))


def join_near(count: int, pairs: np.ndarray, is_like: np.ndarray) -> np.ndarray:
    """Which pairs of some quotations hang together by pairs that are alike: of others nothing can become one statement, and whether
    they differ need not be asked."""
    graph = sparse.coo_array((np.ones(is_like.sum(), bool), tuple(pairs[is_like].T)), (count, count))
    component = connected_components(graph, directed=False)[1]
    return component[pairs[:, 0]] == component[pairs[:, 1]]


def part_differing(texts: list[str], pairs: np.ndarray, overlaps: np.ndarray) -> np.ndarray:
    """Overlaps with OPPOSED where two quotations differ in a figure, a day or a negation, so that nothing joins them."""
    told = {place: read_terms(texts[place]) for place in np.unique(pairs).tolist()}
    opposed = [is_other(told[left], told[right]) for left, right in pairs.tolist()]
    return np.where(np.array(opposed, dtype=bool), OPPOSED, overlaps)


def order_quotes(quotes: pl.DataFrame, article_links: pl.DataFrame, settings: DeduplicateSettings) -> pl.DataFrame:
    """Quotes, earliest first, with `place`, `speaker` (whom they can share a statement with) and `said` (what they must
    have in common to be the same at once: all words, for short ones the story too)."""
    placed = quotes.join(
        article_links.select("article_id", "copy_group", "story_id", "age_rank"), on="article_id", how="left"
    )
    ordered = place_speakers(placed).sort("age_rank", "quote_id", nulls_last=True).with_row_index("place")
    is_short = pl.col("words").list.n_unique() < settings.statement_words
    saying = pl.concat_str("text_hash", pl.when(is_short).then("story_id").fill_null(""), separator=" ")
    return ordered.with_columns(
        speaker=pl.col("speaker").rank("dense").cast(pl.UInt32),
        said=pl.when(pl.col("text_hash") == NO_WORDS).then("quote_id").otherwise(saying),
    )


def place_speakers(placed: pl.DataFrame) -> pl.DataFrame:
    """Adds `speaker`, the same for quotations that may be one statement: the entity; where none is known, the one that
    a copy of the article names for the same words; else the copies of the article."""
    place = ["copy_group", "text_hash", "is_said"]
    named = placed.drop_nulls("speaker_entity_id").group_by(place).agg(pl.col("speaker_entity_id").unique())
    one = named.filter(pl.col("speaker_entity_id").list.len() == 1)
    told = placed.join(
        one.with_columns(told=pl.col("speaker_entity_id").list.first()).select(*place, "told"), on=place, how="left"
    )
    known = pl.concat_str(pl.lit("e"), pl.coalesce("speaker_entity_id", "told"), pl.col("is_said").cast(pl.Int8))
    unknown = pl.concat_str(pl.lit("c"), "copy_group", pl.col("is_said").cast(pl.Int8))
    return told.with_columns(speaker=pl.coalesce(known, unknown, "quote_id")).drop("told")


def gather_quotes(words: pl.Series) -> Corpus:
    """The content words of all quotations, side by side."""
    sizes = words.list.len().to_numpy().astype(np.int64)
    return make_corpus(np.arange(len(words)), words.explode(empty_as_null=False).to_numpy().astype(np.uint32), sizes)


def find_quote_pairs(spoken: Corpus, speakers: np.ndarray) -> np.ndarray:
    """Pairs of quotations of one speaker that share words."""
    owners, _, words = spoken.gather(np.arange(len(spoken)))
    features = speakers[owners].astype(np.uint64) << np.uint64(32) | words >> KIND_BITS
    return find_rare_sharers(owners, features, MAX_SHARERS, MIN_SHARED)


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
