"""The shop of eight products: what stands in its table, and how good a network over it can be."""

import numpy as np
import pytest

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


def test_the_same_list_for_everybody_costs_as_much_as_knowing_nothing() -> None:
    y = np.arange(800) % 8
    assert of_best_sellers(y, y, 8) == pytest.approx(np.log(8))
    assert of_best_sellers(np.zeros(92), np.zeros(4), 8) == pytest.approx(-np.log(93 / 100))
