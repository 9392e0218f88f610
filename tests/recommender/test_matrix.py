"""A product of sparse matrices that is written out at once holds what SciPy's own holds."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.recommender import matrix
from nn_core.recommender.histories import Histories
from nn_core.recommender.judge import ranked
from nn_core.recommender.matrix import as_csr, multiplied
from nn_core.recommender.models import Fitted
from nn_core.recommender.models.bm25 import BM25
from nn_core.recommender.models.item_knn import ItemKNN
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import TASKS


def filled(rng: np.random.Generator, shape: tuple[int, int], share: float) -> np.ndarray:
    """Numbers of which many are alike, so that sums tie."""
    values = rng.choice(np.array([0.1, 0.7, 1.3, -0.7], np.float32), shape)
    return np.where(rng.random(shape) < share, values, 0)


@settings(max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 1_000),
    shape=st.tuples(st.integers(0, 9), st.integers(1, 30), st.integers(1, 40)),
    shares=st.tuples(st.sampled_from([0, 0.1, 0.9]), st.sampled_from([0, 0.1, 0.9])),
    part=st.sampled_from([1, 50, 300, 10**9]),
    double=st.booleans(),
)
def test_it_equals_scipys_product_to_the_last_digit(
    seed: int,
    shape: tuple[int, int, int],
    shares: tuple[float, float],
    part: int,
    double: bool,
):
    rng = np.random.default_rng(seed)
    rows = as_csr(filled(rng, shape[:2], shares[0]))
    others = as_csr(filled(rng, shape[1:], shares[1]).astype(np.float64 if double else np.float32))
    expected = (rows @ others).toarray().astype(np.float32)
    with mock.patch.object(matrix, "PART", part):
        np.testing.assert_array_equal(multiplied(rows, others), expected)


@pytest.mark.parametrize("model", [ItemKNN(), BM25()], ids=lambda model: model.name)
@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 1_000),
    bought=st.sampled_from([0, 1, 60]),
    neighbours=st.sampled_from([0, 0.05, 0.6]),
    k=st.integers(1, 12),
    strip=st.sampled_from([1, 200, 10**6]),
)
def test_lists_stand_as_they_do_by_scipys_product(
    model: ItemKNN, seed: int, bought: int, neighbours: float, k: int, strip: int
):
    """Customers without purchases, with fewer than k scores above zero, with ties among them."""
    rng, products = np.random.default_rng(seed), 90
    lengths = rng.integers(0, bought + 1, 7)
    histories = Histories(
        np.append(0, np.cumsum(lengths)),
        rng.integers(0, products, lengths.sum()),
        products,
        np.arange(lengths.sum()),
    )
    near = as_csr(abs(filled(rng, (products, products), neighbours)))
    arrays = {"start": near.indptr, "product": near.indices, "similarity": near.data}
    counted = histories.counts if isinstance(model, BM25) else histories.bought
    scores = np.asarray((counted @ near).toarray(), np.float32)
    with mock.patch.object(ranked, "STRIP", strip):
        found = list(ranked.ranked(Fitted(model, arrays), histories, k, list(TASKS)))
    for task, best, shown in found:
        expected = top(only(scores, task, histories.bought), k)
        np.testing.assert_array_equal(best, expected)
        there = best >= 0
        np.testing.assert_array_equal(
            shown[there], np.take_along_axis(scores, expected, axis=1)[there]
        )
