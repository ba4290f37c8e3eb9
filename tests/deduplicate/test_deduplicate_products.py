"""Products of paired rows are those of the whole matrices, however often a row is paired."""

import numpy as np
import pytest
from scipy import sparse

from quotidian.tasks.deduplicate.stories.products import MANY, multiply_rows


@pytest.mark.parametrize("count", [0, 1, MANY, 400])
def test_products_are_those_of_the_matrices(count: int) -> None:
    draw = np.random.default_rng(count)
    left, right = (sparse.random_array((20, 50), density=0.2, rng=draw, format="csr") for _ in range(2))
    pairs = np.stack([draw.integers(0, 1 + count // 20, count), draw.integers(0, 20, count)], axis=1) % 20
    expected = (left @ right.T).toarray()[pairs[:, 0], pairs[:, 1]]
    assert multiply_rows(left, right, pairs) == pytest.approx(expected, abs=1e-6)


def test_rows_that_share_nothing_give_nothing() -> None:
    left = sparse.csr_array(np.eye(3, dtype=np.float32))
    pairs = np.array([[0, 1]] * MANY + [[2, 2]])
    assert multiply_rows(left, left, pairs).tolist() == [0.0] * MANY + [1.0]
