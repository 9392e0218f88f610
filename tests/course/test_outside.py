"""Leakage, privacy, popularity, cost: each measure on something small whose answer is known."""

import numpy as np
import pandas as pd
import pytest

from nn_core.course.buying.stage import Customers, Leaking
from nn_core.course.outside import alone, leaking, multiplications, tail
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.split import Split, make_split


def shop(baskets: list[str]) -> Split:
    """A customer a basket of one-letter products, and a first day that all of them share."""
    rows = [
        (f"c{at}", letter, f"2020-01-{at % 9 + 1:02}")
        for at, b in enumerate(baskets)
        for letter in b
    ]
    rows += [("c0", baskets[0][0], "2020-06-01")]
    frame = pd.DataFrame(rows, columns=["customer", "product", "time"])
    data = Interactions.from_frame(frame, Columns("customer", "product", time="time"))
    return make_split(data, SplitOptions(min_buyers=1))


def test_a_household_is_alone_where_nobody_else_has_its_products() -> None:
    rng = np.random.default_rng(0)
    assert alone(shop(["abc", "abc", "abc"]), 3, rng) == 0
    assert alone(shop(["abc", "abd", "abd"]), 3, rng) == pytest.approx(1 / 3)
    assert alone(shop(["abc", "def", "a"]), 2, rng) == 1


def test_the_tail_is_all_but_the_best_selling_fifth() -> None:
    split = shop(["abcde", "a", "a", "a", "a"])
    found = tail(split, np.array([[0, 1], [0, -1]]))
    assert found == {"bought": pytest.approx(4 / 9), "listed": pytest.approx(1 / 3)}


def test_multiplications_are_counted() -> None:
    assert multiplications(10, (3, 2)) == {"network": 30 + 6 + 20, "ease": 100}


def test_the_leak_lifts_the_score_and_is_worth_less_than_nothing_in_use() -> None:
    found = leaking(1)
    assert found["leaked"] > found["honest"] + 0.1
    assert found["in_use"] < found["honest"] - 0.05


def test_seven_of_the_eight_numbers_are_honest() -> None:
    honest, leaking = Customers(label="week").unscaled(), Leaking().unscaled()
    assert (honest.test_x[:, :7] == leaking.test_x[:, :7]).all()
    bought = leaking.test_x[:, 7] > 0
    assert np.mean(bought == (leaking.test_y > 0)) > 0.99
