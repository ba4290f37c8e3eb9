"""How often texts have terms, against a count by hand."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from quotidian.tasks.deduplicate.corpus import LEAD_WORDS, make_corpus
from quotidian.tasks.deduplicate.words import KIND_BITS

SIZES = {"some texts": [90, 0, 3, 31, 200], "empty texts": [0, 0], "no text": []}


@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES)
def test_terms_of_texts_are_counted_with_their_highest_kind(sizes: list[int]) -> None:
    draw = np.random.default_rng(5)
    terms = draw.choice(draw.integers(0, 2**30, 25), sum(sizes))
    kinds = draw.integers(0, 1 << KIND_BITS, sum(sizes))
    words = (terms << KIND_BITS | kinds).astype(np.uint32)
    corpus = make_corpus(np.arange(len(sizes), dtype=np.uint64), words, np.array(sizes, np.int32))

    expected = []
    for number, end in enumerate(np.cumsum(sizes).tolist()):
        own = list(
            zip(terms[end - sizes[number] : end].tolist(), kinds[end - sizes[number] : end].tolist(), strict=True)
        )
        counts, leads, highest = (
            Counter(term for term, _ in own),
            Counter(term for term, _ in own[:LEAD_WORDS]),
            defaultdict(int),
        )
        for term, kind in own:
            highest[term] = max(highest[term], kind)
        expected += [(number, term, counts[term], leads[term], highest[term]) for term in sorted(counts)]

    counted, leads, kinds = corpus.counted
    texts = np.repeat(np.arange(len(sizes)), np.diff(counted.indptr))
    columns = (texts, corpus.terms[counted.indices], counted.data, leads, kinds)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected
    assert np.array_equal(corpus.terms, np.unique(terms))
