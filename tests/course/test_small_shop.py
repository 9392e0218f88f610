"""The shop of eight products: what stands in its table, and how good a network over it can be."""

import numpy as np
import pytest

from nn_core.course.lessons.recommender import network
from nn_core.course.measures import loss, train
from nn_core.course.small_shop import EACH, GROUPS, of_best_sellers, small_shop


def test_a_row_holds_what_was_bought_before_and_the_answer_is_what_came_next() -> None:
    shop = small_shop()
    x, y = shop.table[:, :-1], shop.table[:, -1].astype(int)
    assert set(np.unique(x)) == {0, 1}
    assert x.sum(axis=1).min() >= 1
    assert len(shop.columns) == GROUPS * EACH
    assert shop.columns == shop.classes
    tea = np.array([name.startswith("Tea") for name in shop.columns])
    mostly_tea = x @ tea > x.sum(axis=1) / 2
    mostly_garden = x @ ~tea > x.sum(axis=1) / 2
    assert tea[y[mostly_tea]].mean() > 0.9
    assert tea[y[mostly_garden]].mean() < 0.1


def test_the_losses_that_the_lesson_names() -> None:
    """Half of the purchases by chance, one in twenty, are of the other group."""
    own = 1 - 0.05 / GROUPS
    best = -own * np.log(own / EACH) - (1 - own) * np.log((1 - own) / EACH)
    assert best == pytest.approx(1.50, abs=0.005)
    run = train(network("adam", 0.01).run(None), 100)
    assert loss(run) == pytest.approx(1.5, abs=0.05)
    assert loss(run, "test") == pytest.approx(1.6, abs=0.05)


def test_the_same_list_for_everybody_costs_as_much_as_knowing_nothing() -> None:
    y = np.arange(800) % 8
    assert of_best_sellers(y, y, 8) == pytest.approx(np.log(8))
    assert of_best_sellers(np.zeros(92), np.zeros(4), 8) == pytest.approx(-np.log(93 / 100))
