"""Average linkage over a sparse graph of similarities."""

import heapq
from collections.abc import Iterator

import numpy as np


class Clusters:
    """Clusters of nodes, merged step by step; a node may itself stand for several items.

    `sizes[a]` counts the items of cluster a, `links[a][b]` sums the similarities between the items of clusters a
    and b, `inner[a]` those within a. Two nodes without a link count as 0. A cluster has the name of its smallest
    node.
    """

    def __init__(self, sizes: np.ndarray, inner: np.ndarray, pairs: np.ndarray, sums: np.ndarray):
        self.members = [[node] for node in range(len(sizes))]
        self.links: list[dict[int, float]] = [{} for _ in range(len(sizes))]
        self.sizes, self.inner = sizes.tolist(), inner.tolist()
        order = np.lexsort((pairs[:, 1], pairs[:, 0]))
        for (left, right), value in zip(pairs[order].tolist(), sums[order].tolist(), strict=True):
            self.links[left][right] = self.links[right][left] = value

    def offer(self, left: int, right: int) -> tuple[float, int, int, int, int]:
        """Heap item of two clusters: the most similar first, then the smallest nodes; sizes tell stale ones."""
        first, second = min(left, right), max(left, right)
        sizes = self.sizes[first], self.sizes[second]
        return (-self.links[first][second] / (sizes[0] * sizes[1]), first, second, *sizes)

    def is_current(self, item: tuple[float, int, int, int, int]) -> bool:
        """Whether both clusters are still as they were when the item was made."""
        return (self.sizes[item[1]], self.sizes[item[2]]) == item[3:]

    def cohesion(self, cluster: int) -> float:
        """Average similarity within a cluster of two items or more."""
        size = self.sizes[cluster]
        return self.inner[cluster] / (size * (size - 1) / 2)

    def merge(self, left: int, right: int) -> Iterator[tuple[float, int, int, int, int]]:
        """Put `right` into `left`, the smaller one; yields the heap items of the new cluster."""
        self.inner[left] += self.inner[right] + self.links[left].pop(right)
        del self.links[right][left]
        self.members[left] += self.members[right]
        self.sizes[left] += self.sizes[right]
        self.members[right], self.sizes[right] = [], 0
        for other, total in self.links[right].items():
            self.links[left][other] = self.links[other][left] = self.links[left].get(other, 0.0) + total
            del self.links[other][right]
        self.links[right] = {}
        for other in self.links[left]:
            yield self.offer(left, other)

    def labels(self) -> np.ndarray:
        """Smallest node of the cluster of each node."""
        labels = np.empty(len(self.members), np.int64)
        for cluster in filter(None, self.members):
            labels[cluster] = min(cluster)
        return labels


def cluster_by_average(count: int, pairs: np.ndarray, similarities: np.ndarray, least: float) -> np.ndarray:
    """Merge clusters of single items, the most similar two first, while their average similarity is at least
    `least`; see `merge_clusters`."""
    label = np.arange(count)
    linked, pairs = np.unique(pairs, return_inverse=True)  # many items are like no other
    clusters = Clusters(np.ones(len(linked), np.int64), np.zeros(len(linked)), pairs.reshape(-1, 2), similarities)
    label[linked] = linked[merge_clusters(clusters, least)]
    return label


def merge_clusters(clusters: Clusters, least: float, least_cohesion: float = 0.0) -> np.ndarray:
    """Merge clusters, the most similar two first, while their average similarity is at least `least`.

    Missing pairs count as 0, so two clusters never merge over a few links. Two clusters of three items or more
    merge only if they are at least `least_cohesion` times as similar to each other as the looser one is within
    itself. Returns the smallest node of each node's cluster. Equal similarities merge in order of their nodes.
    """
    offers = (
        clusters.offer(left, right) for left, links in enumerate(clusters.links) for right in links if left < right
    )
    heap = [item for item in offers if -item[0] >= least]
    heapq.heapify(heap)
    while heap:
        item = heapq.heappop(heap)
        if clusters.is_current(item) and is_coherent(clusters, item, least_cohesion):
            for offer in clusters.merge(item[1], item[2]):
                if -offer[0] >= least:
                    heapq.heappush(heap, offer)
    return clusters.labels()


def is_coherent(clusters: Clusters, item: tuple[float, int, int, int, int], least_cohesion: float) -> bool:
    """Whether two clusters are similar enough to each other, measured by how similar their own items are."""
    if min(item[3:]) < 3:
        return True
    looser = min(clusters.cohesion(item[1]), clusters.cohesion(item[2]))
    return -item[0] >= least_cohesion * looser
