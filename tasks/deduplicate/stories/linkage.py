"""Average linkage over a sparse graph of similarities."""

import heapq
from collections.abc import Iterator

import numpy as np

from quotidian.tasks.deduplicate.hanging import name_components

Offer = tuple[float, int, int, int, int]
"""Two clusters that may be merged: their average similarity, negative, their smallest nodes, and their sizes."""
ROUNDING = 1e-6
"""Share of a threshold by which sums of many similarities may miss it."""


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

    def offer(self, cluster: int, least: float) -> Iterator[Offer]:
        """Heap items of a cluster with each to which its average similarity is at least `least`: the most similar first, then
        the smallest nodes; sizes tell stale ones."""
        sizes, own = self.sizes, self.sizes[cluster]
        for other, total in self.links[cluster].items():
            mean = total / (own * sizes[other])
            if mean < least:
                continue
            if cluster < other:
                yield -mean, cluster, other, own, sizes[other]
            else:
                yield -mean, other, cluster, sizes[other], own

    def is_current(self, item: Offer) -> bool:
        """Whether both clusters are still as they were when the item was made."""
        return (self.sizes[item[1]], self.sizes[item[2]]) == item[3:]

    def cohesion(self, cluster: int) -> float:
        """Average similarity within a cluster of two items or more."""
        size = self.sizes[cluster]
        return self.inner[cluster] / (size * (size - 1) / 2)

    def merge(self, left: int, right: int) -> None:
        """Put `right` into `left`, the smaller one."""
        self.inner[left] += self.inner[right] + self.links[left].pop(right)
        del self.links[right][left]
        self.members[left] += self.members[right]
        self.sizes[left] += self.sizes[right]
        self.members[right], self.sizes[right] = [], 0
        own = self.links[left]
        for other, total in self.links[right].items():
            theirs = self.links[other]
            own[other] = theirs[left] = own.get(other, 0.0) + total
            del theirs[right]
        self.links[right] = {}

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


def join_components(count: int, pairs: np.ndarray, similarities: np.ndarray, least: float) -> np.ndarray:
    """Whether the nodes of each pair hang together by pairs that are at least `least` alike.

    An average is never more than the largest of its values, so clusters that are merged while their average similarity is at least
    `least` never reach beyond such a component: the other pairs tell nothing.
    """
    strong = pairs[similarities >= least * (1 - ROUNDING)]
    component = name_components(count, strong)
    return component[pairs[:, 0]] == component[pairs[:, 1]]


def merge_clusters(clusters: Clusters, least: float, least_cohesion: float = 0.0) -> np.ndarray:
    """Merge clusters, the most similar two first, while their average similarity is at least `least`.

    Missing pairs count as 0, so two clusters never merge over a few links. Two clusters of three items or more
    merge only if they are at least `least_cohesion` times as similar to each other as the looser one is within
    itself. Returns the smallest node of each node's cluster. Equal similarities merge in order of their nodes.
    """
    queues, heap = {}, []
    for cluster in range(len(clusters.links)):
        own = [item for item in clusters.offer(cluster, least) if item[1] == cluster]
        line_up(cluster, own, queues, heap)
    while heap:
        item, owner = heapq.heappop(heap)
        if clusters.sizes[owner] != item[3 if owner == item[1] else 4]:
            continue
        if queues[owner]:
            heapq.heappush(heap, (queues[owner].pop(), owner))
        if clusters.is_current(item) and is_coherent(clusters, item, least_cohesion):
            clusters.merge(item[1], item[2])
            line_up(item[1], [*clusters.offer(item[1], least)], queues, heap)
    return clusters.labels()


def line_up(cluster: int, offers: list[Offer], queues: dict[int, list[Offer]], heap: list[tuple[Offer, int]]) -> None:
    """Puts the offers of a cluster into a queue of its own, the best last, and that one on the heap: those behind it, mostly never asked for, go with
    the cluster when it is merged."""
    offers.sort(reverse=True)
    if offers:
        heapq.heappush(heap, (offers.pop(), cluster))
    queues[cluster] = offers


def is_coherent(clusters: Clusters, item: Offer, least_cohesion: float) -> bool:
    """Whether two clusters are similar enough to each other, measured by how similar their own items are."""
    if min(item[3:]) < 3:
        return True
    looser = min(clusters.cohesion(item[1]), clusters.cohesion(item[2]))
    return -item[0] >= least_cohesion * looser
