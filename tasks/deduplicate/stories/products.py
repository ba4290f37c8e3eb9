"""Products of many pairs of rows of sparse matrices."""

import numpy as np
from scipy import sparse

from quotidian.tasks.deduplicate.copies.candidates import split_pairs

DIGITS = 6
"""Decimals that are kept of a measure, far below any threshold, so that rounding errors do not show."""
MANY = 12
"""Pairs of one row from which on it pays to lay that row out in full."""


def multiply_rows(left: sparse.csr_array, right: sparse.csr_array, pairs: np.ndarray) -> np.ndarray:
    """Product of row a of `left` with row b of `right` for each pair (a, b), to 6 decimals.

    A row of `left` in many pairs is laid out once in full and multiplied by all rows that it is paired with, which is
    three times as fast as the products of paired rows.
    """
    products = np.empty(len(pairs))
    is_frequent = np.bincount(pairs[:, 0], minlength=left.shape[0])[pairs[:, 0]] >= MANY
    few = split_pairs(pairs[~is_frequent])
    by_pair = [left[part[:, 0]].multiply(right[part[:, 1]]).sum(axis=1, dtype=np.float64) for part in few]
    products[~is_frequent] = np.concatenate(by_pair)
    full = np.zeros(left.shape[1])
    for places in group_places(pairs[:, 0], np.flatnonzero(is_frequent)):
        row = pairs[places[0], 0]
        own = slice(left.indptr[row], left.indptr[row + 1])
        full[left.indices[own]] = left.data[own]
        products[places] = right[pairs[places, 1]] @ full
        full[left.indices[own]] = 0
    return np.round(products, DIGITS)


def group_places(values: np.ndarray, places: np.ndarray) -> list[np.ndarray]:
    """The places of each value, value by value."""
    ordered = places[np.argsort(values[places], kind="stable")]
    return np.split(ordered, np.flatnonzero(np.diff(values[ordered])) + 1) if len(ordered) else []
