"""The names and figures by which an event is known: those that are no place, day or month."""

from functools import cache

import numpy as np
from scipy import sparse

from quotidian.tasks.deduplicate.corpus import KINDS, Corpus
from quotidian.tasks.deduplicate.values import is_among
from quotidian.tasks.deduplicate.words import DAYS, KIND_BITS, NAME, fold_text, know_word, split_words
from quotidian.tasks.store.facts import read_facts


@cache
def common_terms() -> np.ndarray:
    """Terms of the words of places that are known, and of days and months, sorted: many articles of one country have them."""
    names = [row["name"] for row in (*read_facts("places"), *read_facts("place_names"))]
    names += [row["alias"] for row in read_facts("place_names")] + [
        row["place"] for row in read_facts("dateline_places")
    ]
    words = {word for name in names for word in split_words(fold_text(name))[0]} | DAYS
    return np.unique(np.array([know_word(word).as_name >> KIND_BITS for word in words], np.uint32))


def mark_facts(corpus: Corpus) -> sparse.csr_array:
    """Which text (row) has which term (column) as a name or figure that tells of an event."""
    counts, _, kinds = corpus.counted
    is_common = np.isin(corpus.terms, common_terms())
    is_fact = (kinds >= NAME) & ~is_common[counts.indices]
    starts = np.append(0, np.cumsum(is_fact))[counts.indptr]
    return sparse.csr_array((np.ones(is_fact.sum(), np.float32), counts.indices[is_fact], starts), counts.shape)


def list_facts(corpus: Corpus, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same as it stands in some texts, perhaps several times: which of `texts` has it, and its term."""
    words = corpus.read_words(texts)
    places = np.flatnonzero((words & (KINDS - 1)) >= NAME)
    terms = words[places] >> KIND_BITS
    is_own = ~is_among(terms, common_terms())
    return np.searchsorted(np.cumsum(corpus.sizes[texts]), places[is_own], "right"), terms[is_own]
