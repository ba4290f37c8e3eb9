"""Products of many pairs of rows of sparse matrices."""

import numpy as np
from scipy import sparse

from quotidian.tasks.deduplicate.values import find_runs

DIGITS = 6
"""Decimals that are kept of a measure, far below any threshold, so that rounding errors do not show."""
PIECE = 1 << 17
"""Numbers that are multiplied at a time: as many as a cache holds."""


def multiply_rows(left: sparse.csr_array, right: sparse.csr_array, pairs: np.ndarray) -> np.ndarray:
    """Product of row a of `left` with row b of `right` for each pair (a, b), to 6 decimals.

    A row of `left` is laid out once in full, and looked up by all rows that it is paired with.
    """
    order = np.argsort(pairs[:, 0], kind="stable")
    pairs, products, full = pairs[order], np.zeros(len(pairs)), np.zeros(left.shape[1])
    ends = np.cumsum(np.diff(right.indptr)[pairs[:, 1]], dtype=np.int64)
    cuts = np.flatnonzero(np.diff(ends // PIECE)) + 1
    for places, piece in zip(np.split(order, cuts), np.split(pairs, cuts), strict=True):
        paired, runs = right[piece[:, 1]], find_runs(piece[:, 0])
        met, owners, edges = np.empty(paired.nnz), piece[runs, 0], paired.indptr[np.append(runs, len(piece))]
        bounds = left.indptr[owners], left.indptr[owners + 1], edges[:-1], edges[1:]
        for start, end, first, last in np.stack(bounds, axis=1).tolist():
            columns = left.indices[start:end]
            full[columns] = left.data[start:end]
            full.take(paired.indices[first:last], out=met[first:last], mode="clip")
            full[columns] = 0
        met *= paired.data
        is_filled = np.diff(paired.indptr) > 0
        products[places[is_filled]] = np.add.reduceat(met, paired.indptr[:-1][is_filled])
    return np.round(products, DIGITS)
