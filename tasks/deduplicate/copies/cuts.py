"""A text that was cut from another one: it calls by the last name whom only the other introduces in full."""

from quotidian.tasks.deduplicate.copies.direction import NO_ORDER, Order, Publication
from quotidian.tasks.deduplicate.copies.evidence import share_pairs
from quotidian.tasks.deduplicate.corpus import Corpus
from quotidian.tasks.deduplicate.words import KIND_BITS, fold_text, know_word

CUT_CONTAINMENT = 0.95
"""Share of the word pairs of a text that stand in the one that it was cut from."""


def order_contained(corpus: Corpus, one: Publication, other: Publication) -> Order:
    """The text that holds the other is the earlier where the other was cut from it. That one text holds the other alone
    tells nothing: papers cut what agencies send, and add to it."""
    is_first_longer = corpus.sizes[one.text] > corpus.sizes[other.text]
    longer, shorter = (one, other) if is_first_longer else (other, one)
    if not drop_introductions(corpus, longer, shorter):
        return NO_ORDER
    if share_pairs(corpus, shorter.text, longer.text)["containment"] < CUT_CONTAINMENT:
        return NO_ORDER
    return Order(1 if is_first_longer else -1, "containment")


def drop_introductions(corpus: Corpus, longer: Publication, shorter: Publication) -> bool:
    """Whether the shorter text has a person's last name alone whom the longer names in full when it first names her."""
    full = {name for name in longer.people if len(name.split()) > 1}
    known = {name.split()[-1] for name in shorter.people if len(name.split()) > 1}
    bare = {name for name in shorter.people if " " not in name} - known
    return any(is_introduced(corpus, longer.text, name) for name in full if name.split()[-1] in bare)


def is_introduced(corpus: Corpus, text: int, name: str) -> bool:
    """Whether the last name of a full name stands right after the one before it where the text first has it."""
    before, last = (know_word(word).as_name >> KIND_BITS for word in fold_text(name).split()[-2:])
    words = corpus.sequence(text)
    return last in words and words.index(last) > 0 and words[words.index(last) - 1] == before
