"""Metrics against cases computed by hand."""

import math

import numpy as np
import pytest
from scipy import sparse

from nn_core.recommender.metrics import METRICS, hits

# Customer 0 wanted products 1, 4, 5 and is shown 1, 2, 4: hits at ranks 1 and 3.
# Customer 1 wanted product 0 and is shown 3, 0, then the list ends: a hit at rank 2.
# Customer 2 wanted 0, 1, 2, 3, 4 and is shown 5, 6, 7: none.
RANKED = np.array([[1, 2, 4], [3, 0, -1], [5, 6, 7]])
RELEVANT = sparse.csr_array(
    np.array([[0, 1, 0, 0, 1, 1, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0]])
)
COUNTS = np.array([3, 1, 5])
LOG3 = math.log2(3)

BY_HAND = {
    "ndcg": [(1 + 1 / 2) / (1 + 1 / LOG3 + 1 / 2), 1 / LOG3, 0],
    "recall": [2 / 3, 1, 0],
    "precision": [2 / 3, 1 / 3, 0],
    "hit_rate": [1, 1, 0],
    "mrr": [1, 1 / 2, 0],
    "map": [(1 + 2 / 3) / 3, 1 / 2, 0],
}


@pytest.mark.parametrize("name", METRICS)
def test_equals_the_hand_computed_value(name: str):
    values = METRICS[name].values(hits(RANKED, RELEVANT), COUNTS)
    np.testing.assert_allclose(values, BY_HAND[name], rtol=1e-12)


@pytest.mark.parametrize("name", METRICS)
def test_a_perfect_list_is_one_even_when_fewer_than_k_are_relevant(name: str):
    found = np.array([[True, True, False]])
    expected = 2 / 3 if name == "precision" else 1
    assert METRICS[name].values(found, np.array([2]))[0] == pytest.approx(expected)


def test_an_ended_list_never_hits():
    last_product_wanted = sparse.csr_array(np.array([[0, 1], [1, 0]]))
    assert not hits(np.array([[-1], [-1]]), last_product_wanted).any()


def test_every_metric_says_its_formula():
    assert all(metric.formula and metric.meaning for metric in METRICS.values())
