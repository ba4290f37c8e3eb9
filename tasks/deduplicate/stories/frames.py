"""Texts of one frame: weather, court lists, match reports, notes on shares, that say the same of other people and other figures.

They are alike word by word, and on one event only where what is told apart from the frame is shared, too. Nor are texts on one event that share hardly a name. Reports of one event, which may share
as much of their wording, share names and figures.
"""

import numpy as np
from scipy import sparse

from quotidian.tasks.deduplicate.corpus import Corpus, mix_codes
from quotidian.tasks.deduplicate.stories.products import multiply_rows
from quotidian.tasks.deduplicate.values import sort_once
from quotidian.tasks.deduplicate.words import NUMBER

MIN_OTHERS, MIN_FIGURES = 2, 3
"""Names and figures on average, and figures alone, that each of two texts, or of two groups, has and the other lacks."""
OTHER_SHARE = 0.55
"""Least share of them among those of the text that has fewer. Of 2,533 pairs of reports on one event that are alike 7 have this share and FRAME;
of 330 pairs of eleven invented templates 325."""
FAR_SHARE = 0.85
"""Share of them from which on two texts are on two events in whatever words: of the 2,413 pairs of reports on one event of ECB+ that are alike 22 have it, of
the 495 on two events 43, and of those of invented news, whose sentences have few makings, nine in ten. Where one has no day, figures alone tell it: of the same pairs 40
and 95 have three or more each of which none is the other's."""
EVIDENCE = 0.06
"""By how much the likeness of two articles of which one has no day, or of which each has OTHER_SHARE, and the share of their neighbouring words, are together above the
likeness that others need: of 125 such pairs of reports on one event (BASIL, with days) none is below, of 123 pairs of one campaign that are alike 31, all but a few on two events. Of 1,186 articles without their days then 259 pairs of one year's news lie more than a week apart in one story, instead of 615, and the stories of ECB+ lose nothing."""
FRAME = 0.25
"""Least share of the pairs of neighbouring words of the shorter text that the other has."""
LEAST_SHARE, NEAR, MIN_LEAD = 0.3, 0.6, 0.4
"""Share of others from which on two texts are on two events where they share as many pairs as near copies (`near_containment`), and are none: two persons that are missed; or where
they share FRAME, and neither has such a share of the first words of the other: they share a notice (whom to call, what a firm is) below other news. Of the 2,422 pairs of
reports on one event of ECB+ that are alike none is the one and 1 the other; of eight invented pairs with one notice 7."""
RUN_BITS = 16
"""Bits of the columns for pairs of neighbouring words; of 300 pairs in each of two texts 1.4 meet by chance. More columns fit in no cache."""


def mark_runs(corpus: Corpus) -> sparse.csr_array:
    """Which text (row) has which pair of neighbouring content words."""
    owners, codes = corpus.word_pairs(np.arange(len(corpus)))
    columns = (mix_codes(codes) >> np.uint64(64 - RUN_BITS)).astype(np.int64)
    packed = sort_once(owners.astype(np.int64) << RUN_BITS | columns)
    starts = np.searchsorted(packed, np.arange(len(corpus) + 1) << RUN_BITS)
    shape = len(corpus), 1 << RUN_BITS
    return sparse.csr_array((np.ones(len(packed), np.float32), packed & (shape[1] - 1), starts), shape)


def tell_of_others(
    corpus: Corpus,
    members: sparse.csr_array,
    facts: sparse.csr_array,
    sizes: np.ndarray,
    pairs: np.ndarray,
    excess: np.ndarray,
) -> np.ndarray:
    """Whether two groups of articles are on two events, however alike their words: they name other people and figures, nearly all of them, or many beside a
    frame that they share, or are hardly more alike than they must be (by an `excess`), or share a notice below other news. `facts` sums what `mark_facts` tells of the articles of a group, `members` tells which group (row) has which text of the corpus (column)."""
    lacks = lack_facts(facts, sizes, pairs)
    others = lacks >= FAR_SHARE
    asked = np.flatnonzero((lacks >= LEAST_SHARE) & ~others)
    runs = share_runs(corpus, members, pairs[asked])
    has_others = lacks[asked] >= OTHER_SHARE
    others[asked] = has_others & ((runs >= FRAME) | (excess[asked] + runs < EVIDENCE)) | (runs >= NEAR)
    doubtful = asked[(runs >= FRAME) & ~others[asked]]
    others[doubtful] = share_leads(corpus, members, pairs[doubtful]) < MIN_LEAD
    return others


def lack_evidence(
    corpus: Corpus,
    members: sparse.csr_array,
    facts: sparse.csr_array,
    sizes: np.ndarray,
    pairs: np.ndarray,
    excess: np.ndarray,
) -> np.ndarray:
    """Whether two groups of which not all articles have a day are on two events for all that is known: their figures are others, or they are hardly more alike
    than such with days must be (by an `excess`), and not in their wording either."""
    others = lack_facts(keep_figures(corpus, facts), sizes, pairs, MIN_FIGURES) >= FAR_SHARE
    doubtful = np.flatnonzero((excess < EVIDENCE) & ~others)
    others[doubtful] = excess[doubtful] + share_runs(corpus, members, pairs[doubtful]) < EVIDENCE
    return others


def keep_figures(corpus: Corpus, facts: sparse.csr_array) -> sparse.csr_array:
    """The figures among facts."""
    counts, _, kinds = corpus.counted
    is_figure = np.zeros(facts.shape[1], np.float32)
    is_figure[counts.indices[kinds == NUMBER]] = 1
    return sparse.csr_array((facts.data * is_figure[facts.indices], facts.indices, facts.indptr), facts.shape)


def lack_facts(facts: sparse.csr_array, sizes: np.ndarray, pairs: np.ndarray, few: int = MIN_OTHERS) -> np.ndarray:
    """Share of the people and figures of that of two groups which has fewer that the other lacks, on average; 0 where it lacks less than a `few`."""
    own = facts.sum(axis=1) / sizes
    fewest = np.minimum(*own[pairs.T])
    lacking = fewest - average_products(facts, sizes, pairs)
    return np.where(lacking >= few, lacking / np.maximum(fewest, 1), 0)


def share_runs(corpus: Corpus, members: sparse.csr_array, pairs: np.ndarray) -> np.ndarray:
    """Share of the pairs of neighbouring words of that of two groups which has fewer that the other has, too, on average."""
    chosen, places, texts = choose_members(members, pairs)
    runs, sizes = (chosen @ mark_runs(corpus.select(texts))).tocsr(), chosen.sum(axis=1)
    fewest = np.minimum(*(runs.sum(axis=1) / sizes)[places.T])
    return average_products(runs, sizes, places) / np.maximum(fewest, 1)


def share_leads(corpus: Corpus, members: sparse.csr_array, pairs: np.ndarray) -> np.ndarray:
    """Share of the first words of one of two groups that the other has anywhere, on average; the larger one of the two shares."""
    chosen, places, texts = choose_members(members, pairs)
    counts, leads, _ = corpus.counted
    has = counts[texts].astype(bool).astype(np.float64)
    first = sparse.csr_array((leads > 0, counts.indices, counts.indptr), counts.shape)[texts].astype(np.float64)
    first.eliminate_zeros()
    first.data /= np.repeat(np.diff(first.indptr), np.diff(first.indptr))
    sides, sizes = ((chosen @ has).tocsr(), (chosen @ first).tocsr()), chosen.sum(axis=1)
    found = [multiply_rows(*sides, ways) for ways in (places, places[:, ::-1])]
    return np.maximum(*found) / sizes[places].prod(axis=1)


def choose_members(members: sparse.csr_array, pairs: np.ndarray) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """The groups of some pairs with the texts that they have alone, the pairs among these groups, and which texts these are."""
    groups, places = np.unique(pairs, return_inverse=True)
    own = members[groups]
    texts, columns = np.unique(own.indices, return_inverse=True)
    return sparse.csr_array((own.data, columns, own.indptr), (len(groups), len(texts))), places.reshape(-1, 2), texts


def average_products(rows: sparse.csr_array, sizes: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """What two articles of two groups have in common on average."""
    left, right = pairs.T
    return multiply_rows(rows, rows, pairs) / (sizes[left] * sizes[right])
