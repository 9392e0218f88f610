"""A map keeps together what belongs together."""

import numpy as np
import pytest

from nn_core.recommender.customer.product_map import (
    drawn_in,
    laid_out,
    main_directions,
    nearest_of,
    pairs,
)
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import make_model
from nn_core.recommender.split import make_split
from tests.recommender.shops import PLANTED, planted

SPLIT = make_split(planted(), SplitOptions())
GROUP = np.array([PLANTED.product_group[product] for product in SPLIT.train.products])


@pytest.mark.parametrize("name", ["item-knn", "ease"])
def test_planted_groups_are_islands(name: str):
    fitted = make_model(name).learn(SPLIT.train)
    vectors = fitted.model.item_vectors(fitted.arrays)
    assert vectors is not None
    nearest = nearest_of(fitted, len(vectors))
    assert nearest is not None
    for points in (laid_out(vectors), laid_out(vectors, nearest)):
        assert np.isfinite(points).all()
        away = np.linalg.norm(points[:, None] - points[None], axis=2)
        np.fill_diagonal(away, np.inf)
        beside = GROUP[away.argsort(axis=1)[:, :5]]
        assert (beside == GROUP[:, None]).mean() > 0.95


def test_the_same_map_again():
    vectors = np.random.default_rng(0).standard_normal((30, 4)).astype(np.float32)
    np.testing.assert_array_equal(laid_out(vectors), laid_out(vectors))


def test_the_start_is_the_widest_direction():
    line = np.array([[0, -2, 0], [0, 0, 0], [0, 2, 0]], np.float32)
    assert np.abs(main_directions(line)[:, 0]).tolist() == pytest.approx([10, 0, 10])


def test_what_drifted_far_off_is_drawn_in():
    points = np.stack([np.arange(100.0), np.zeros(100)], axis=1).astype(np.float32)
    points[0, 0] = -5_000
    found = drawn_in(points)[:, 0]
    assert -50 < found[0] < 0
    np.testing.assert_array_equal(found[1:], points[1:, 0])


def test_nobody_near_is_no_pair():
    one, other = pairs(np.array([[1, -1], [-1, -1]]))
    assert (one.tolist(), other.tolist()) == ([0], [1])


def test_best_sellers_have_no_neighbours():
    assert nearest_of(make_model("popularity").learn(SPLIT.train), 3) is None
