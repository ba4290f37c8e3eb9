import numpy as np
import pytest

from quotidian.tasks.deduplicate.stories.linkage import Clusters, join_components, merge_clusters


def cluster_arrays(count, pairs, values, least=0.3, cohesion=0.0):
    clusters = Clusters(np.ones(count, np.int64), np.zeros(count), pairs, values)
    return merge_clusters(clusters, least, cohesion).tolist()


def cluster(count, links, least=0.3, cohesion=0.0):
    pairs = np.array([pair for pair, _ in links], dtype=np.int64).reshape(-1, 2)
    return cluster_arrays(count, pairs, np.array([value for _, value in links], dtype=float), least, cohesion)


@pytest.mark.parametrize(
    ("count", "links", "labels"),
    [
        (0, [], []),
        (2, [], [0, 1]),
        (2, [((0, 1), 0.3)], [0, 0]),
        (2, [((0, 1), 0.29)], [0, 1]),
        (3, [((0, 1), 0.9), ((1, 2), 0.5)], [0, 0, 2]),
        (3, [((0, 1), 0.9), ((1, 2), 0.7)], [0, 0, 0]),
        (3, [((0, 2), 0.5), ((1, 2), 0.5)], [0, 1, 0]),
        (4, [((2, 3), 0.4), ((0, 1), 0.4)], [0, 0, 2, 2]),
    ],
)
def test_missing_links_count_as_zero(count, links, labels):
    assert cluster(count, links) == labels


def test_order_of_pairs_changes_nothing():
    generator = np.random.default_rng(1)
    pairs = np.array([(a, b) for a in range(30) for b in range(a + 1, 30) if generator.random() < 0.3])
    values = np.round(generator.random(len(pairs)), 1)
    expected = cluster_arrays(30, pairs, values, 0.2, 0.7)
    for _ in range(5):
        order = generator.permutation(len(pairs))
        assert cluster_arrays(30, pairs[order], values[order], 0.2, 0.7) == expected


def test_two_tight_groups_stay_apart_where_their_likeness_is_loose():
    tight = [((a, b), 0.8) for group in ((0, 1, 2), (3, 4, 5)) for a in group for b in group if a < b]
    loose = [((a, b), 0.4) for a in (0, 1, 2) for b in (3, 4, 5)]
    assert cluster(6, tight + loose) == [0] * 6
    assert cluster(6, tight + loose, cohesion=0.75) == [0, 0, 0, 3, 3, 3]


@pytest.mark.parametrize("seed", range(20))
def test_pairs_between_components_change_nothing(seed):
    generator = np.random.default_rng(seed)
    pairs = np.array([(a, b) for a in range(40) for b in range(a + 1, 40) if generator.random() < 0.2])
    values = np.round(generator.random(len(pairs)) ** 4, 2)
    inside = join_components(40, pairs, values, 0.5)
    assert 0 < inside.sum() < len(pairs)
    expected = cluster_arrays(40, pairs, values, 0.5, 0.75)
    assert cluster_arrays(40, pairs[inside], values[inside], 0.5, 0.75) == expected


def test_no_pairs_have_no_components():
    assert join_components(3, np.empty((0, 2), np.int64), np.empty(0), 0.3).tolist() == []
