"""What hangs together by pairs."""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components


def name_components(count: int, pairs: np.ndarray) -> np.ndarray:
    """For each of `count` rows the number of those that it hangs together with by pairs (n, 2) of them."""
    graph = sparse.coo_array((np.ones(len(pairs), bool), tuple(pairs.T)), (count, count))
    return connected_components(graph, directed=False)[1]
