"""The k best, with ties that fall the same way every time."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_core.recommender.matrix import as_csr
from nn_core.recommender.ranking import only, same_for_all, top
from nn_core.recommender.split import TASKS


@settings(max_examples=100, deadline=None)
@given(
    scores=arrays.arrays(np.float32, st.tuples(st.integers(1, 8), st.integers(1, 30)),
                         elements=st.integers(0, 4).map(float)),
    k=st.integers(1, 12),
)  # fmt: skip
def test_equals_a_stable_sort_of_the_whole_row(scores: np.ndarray, k: int):
    expected = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    np.testing.assert_array_equal(top(scores, k), expected)


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 1_000),
    levels=st.sampled_from([2, 5, 50, 100_000]),
    shape=st.tuples(st.integers(1, 6), st.integers(60, 700)),
    k=st.integers(1, 20),
)
def test_the_fast_look_at_many_products_misses_none(
    seed: int, levels: int, shape: tuple[int, int], k: int
):
    """Rows with few values, so long ties, and with places that no list may show."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, levels, shape).astype(np.float32)
    scores[rng.random(shape) < rng.choice([0, 0.3, 0.99])] = -np.inf
    expected = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    shown = np.take_along_axis(scores, expected, axis=1) > -np.inf
    np.testing.assert_array_equal(top(scores, k), np.where(shown, expected, -1))


def test_what_is_not_asked_about_never_fills_a_list():
    scores = np.array([[3, 2, 1]], np.float32)
    bought = as_csr(np.array([[1, 0, 0]], np.float32))
    assert top(only(scores, "discover", bought), 3).tolist() == [[1, 2, -1]]
    assert top(only(scores, "buy-again", bought), 3).tolist() == [[0, -1, -1]]
    assert top(only(scores, "all", bought), 3).tolist() == [[0, 1, 2]]


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 1_000),
    shape=st.tuples(st.integers(0, 6), st.integers(1, 40)),
    k=st.integers(1, 20),
    share=st.sampled_from([0, 0.1, 0.6, 1]),
)
def test_down_one_ranking_stand_the_same_lists(
    seed: int, shape: tuple[int, int], k: int, share: float
):
    """With ties, with customers who bought all or nothing, with lists that are longer than both."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 12, shape[1]).astype(np.float32)
    bought = as_csr((rng.random(shape) < share).astype(np.float32))
    for task in TASKS:
        expected = top(only(np.tile(scores, (shape[0], 1)), task, bought), k)
        np.testing.assert_array_equal(same_for_all(scores, task, bought, k), expected)
