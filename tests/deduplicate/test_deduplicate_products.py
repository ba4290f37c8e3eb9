"""Products of paired rows are those of the whole matrices, however often a row is paired and whatever else is asked."""

import numpy as np
import pytest
from scipy import sparse

from quotidian.tasks.deduplicate.stories import products
from quotidian.tasks.deduplicate.stories.products import multiply_rows


@pytest.mark.parametrize("count", [0, 1, 12, 400])
@pytest.mark.parametrize("piece", [8, products.PIECE])
def test_products_are_those_of_the_matrices(count: int, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "PIECE", piece)
    draw = np.random.default_rng(count)
    left, right = (sparse.random_array((20, 50), density=0.2, rng=draw, format="csr") for _ in range(2))
    pairs = np.stack([draw.integers(0, 1 + count // 20, count), draw.integers(0, 20, count)], axis=1) % 20
    expected = (left @ right.T).toarray()[pairs[:, 0], pairs[:, 1]]
    assert multiply_rows(left, right, pairs) == pytest.approx(expected, abs=1e-6)


def test_rows_that_share_nothing_give_nothing() -> None:
    left = sparse.csr_array(np.eye(3, dtype=np.float32))
    pairs = np.array([[0, 1]] * 12 + [[2, 2]])
    assert multiply_rows(left, left, pairs).tolist() == [0.0] * 12 + [1.0]


def test_a_product_is_the_same_whatever_else_is_asked() -> None:
    draw = np.random.default_rng(7)
    rows = sparse.csr_array(draw.uniform(0, 90, (40, 60)).astype(np.float32))
    pairs = np.stack(np.triu_indices(40, 1), axis=1)
    assert multiply_rows(rows, rows, pairs).tolist() == [multiply_rows(rows, rows, pair[None])[0] for pair in pairs]
