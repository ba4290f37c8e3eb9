"""Texts of one template: court lists, weather, match reports, short news above one long notice.

They have their frame in common, word by word, and differ in what they are about. A copy may lack names and figures, or have
some more; two texts of a template have others in the same places, or from the first sentences on.
"""

from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq

from quotidian.tasks.deduplicate.copies.evidence import share_pairs
from quotidian.tasks.deduplicate.corpus import LEAD_WORDS, Corpus
from quotidian.tasks.deduplicate.words import KIND_BITS, NAME, NUMBER

FRAME_PAIRS = 0.7
"""Least share of the words that two texts have in one order of which the next word is the same, too: a frame is taken over word by
word. Translations of one article, whose names differ in their spelling, have .66 (median)."""
MIN_FACTS = 2
"""Names and figures of its own that each of the two must have."""
MAX_OTHER = 0.3
"""Share of the names and figures that are others in the same places. Of 581 pairs of translations that are as close word by word none
has two others and this share."""
MANY_OTHERS, MOST_OTHER = 5, 0.65
"""How many others, and what share of all names and figures, make two texts ones about different things wherever they stand. Of 1,605 pairs
of translations none has both; of court lists of other people nearly all have."""
MAX_LEAD = 0.5
"""Share of the names and figures of the first words of each that the other lacks altogether (translations: .25 at most)."""
MIN_LEAD = 0.4
"""Share of the first words of one text that a copy of it has somewhere, or the other way round (translations: .55 and more)."""
HEAD_WORDS, HEAD_SHARE, NOTICE_WORDS = 10, 0.2, 12
"""Words, and share of its text, of a piece of news above a notice that another text has below another piece of news; and words in a row that are a notice.
Bylines, datelines and captions above copies are shorter."""
SLOT_WORDS = 12
"""Longest stretch that stands in the place of another: longer ones are passages that were cut or put in."""
Block = tuple[int, int, int]
"""Words that two texts have in common: where they begin in each, and how many they are."""


def is_template(corpus: Corpus, left: int, right: int) -> bool:
    """Whether two texts that share much are about different things all the same."""
    one, other = corpus.read(left), corpus.read(right)
    leads = [measure_lead(words) for words in (one, other)]
    if has_strange_leads(one, other, leads):
        return True
    blocks = find_blocks(one, other)
    if has_strange_leads(one, other, measure_heads(one, other, leads, blocks)):
        return True
    own = own_facts(one, other), own_facts(other, one)
    others = min(map(len, own))
    if others < MIN_FACTS:
        return False
    if others >= MANY_OTHERS and others >= MOST_OTHER * (others + len(list_facts(one) - own[0])):
        return True
    slots = find_slots(one, other, blocks)
    if is_free(corpus, left, right, sum(map(has_other_figures, slots))):
        return False
    return has_other_lead(one, other, own) or has_other_slots(one, slots, own)


def measure_lead(words: np.ndarray) -> int:
    """How many words of a text are its first ones: half of a short one."""
    return min(LEAD_WORDS, -(-len(words) // 2))


def measure_heads(one: np.ndarray, other: np.ndarray, leads: list[int], blocks: list[Block]) -> list[int]:
    """How many words each text has above the first notice that both have; those of its lead where one of them has too few."""
    heads = next(([a, b] for a, b, size in blocks if size >= NOTICE_WORDS), leads)
    is_news = all(
        head >= max(HEAD_WORDS, HEAD_SHARE * len(words)) for head, words in zip(heads, (one, other), strict=True)
    )
    return [min(pair) for pair in zip(heads, leads, strict=True)] if is_news else leads


def has_strange_leads(one: np.ndarray, other: np.ndarray, leads: list[int]) -> bool:
    """Whether neither of two texts has much of the first words of the other."""
    return max(share_lead(one[: leads[0]], other), share_lead(other[: leads[1]], one)) < MIN_LEAD


def share_lead(lead: np.ndarray, other: np.ndarray) -> float:
    """Share of the first words of a text that another one has anywhere."""
    terms = set((other >> KIND_BITS).tolist())
    return sum(term in terms for term in (lead >> KIND_BITS).tolist()) / max(len(lead), 1)


def find_blocks(one: np.ndarray, other: np.ndarray) -> list[Block]:
    """Stretches that two texts have in common, in their order."""
    edits = LCSseq.editops((one >> KIND_BITS).tolist(), (other >> KIND_BITS).tolist())
    return [(block.a, block.b, block.size) for block in edits.as_matching_blocks()]


def list_facts(words: np.ndarray, *kinds: int) -> set[int]:
    """Names and figures among words, or only one kind of them, without their kinds."""
    is_fact = np.isin(words & np.uint32((1 << KIND_BITS) - 1), kinds or (NAME, NUMBER))
    return set((words[is_fact] >> KIND_BITS).tolist())


def own_facts(one: np.ndarray, other: np.ndarray) -> set[int]:
    """Names and figures of a text that are no word of the other."""
    return list_facts(one) - set((other >> KIND_BITS).tolist())


def is_free(corpus: Corpus, left: int, right: int, figures: int) -> bool:
    """Whether what two texts share is not taken over word by word; `figures` are the places where it goes on behind another figure."""
    pairs = share_pairs(corpus, left, right)["containment"] * len(corpus.distinct_pairs(left))
    return pairs + figures < FRAME_PAIRS * LCSseq.similarity(corpus.sequence(left), corpus.sequence(right))


def has_other_figures(slot: tuple[np.ndarray, np.ndarray]) -> bool:
    """Whether two stretches have a figure each, and none in common."""
    one, other = (list_facts(words, NUMBER) for words in slot)
    return bool(one and other) and one.isdisjoint(other)


def has_other_lead(one: np.ndarray, other: np.ndarray, own: tuple[set[int], set[int]]) -> bool:
    """Whether both texts begin with names and figures that the other does not have."""
    leads = [list_facts(words[:LEAD_WORDS]) for words in (one, other)]
    others = [lead & facts for lead, facts in zip(leads, own, strict=True)]
    is_other = [len(mine) >= max(MIN_FACTS, MAX_LEAD * len(lead)) for mine, lead in zip(others, leads, strict=True)]
    return all(is_other) and has_others(one, own, min(map(len, own)))


def has_others(one: np.ndarray, own: tuple[set[int], set[int]], others: int) -> bool:
    """Whether so many other names and figures are enough beside those that both texts have."""
    shared = len(list_facts(one) - own[0])
    return others >= MIN_FACTS and others >= MAX_OTHER * (others + shared)


def has_other_slots(
    one: np.ndarray, slots: list[tuple[np.ndarray, np.ndarray]], own: tuple[set[int], set[int]]
) -> bool:
    """Whether many of the names and figures of two texts stand in the place of others."""
    found = [set(), set()]
    for slot in slots:
        inside = [facts & set((words >> KIND_BITS).tolist()) for facts, words in zip(own, slot, strict=True)]
        if all(inside):
            found = [mine | more for mine, more in zip(found, inside, strict=True)]
    return has_others(one, own, min(map(len, found)))


def find_slots(one: np.ndarray, other: np.ndarray, blocks: list[Block]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Short stretches of two texts that stand between the same words."""
    slots = [
        (one[a + size : next_a], other[b + size : next_b])
        for (a, b, size), (next_a, next_b, _) in pairwise([(0, 0, 0), *blocks])
    ]
    return [slot for slot in slots if all(0 < len(words) <= SLOT_WORDS for words in slot)]
