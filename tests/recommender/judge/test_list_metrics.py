"""What lists are like, against cases computed by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.judge.list_metrics import LIST_METRICS, Shown
from nn_core.recommender.metrics import hits
from nn_core.recommender.models import make_model
from nn_core.recommender.shelf import Shelf, outside_head
from nn_core.recommender.split import make_split
from tests.recommender.shops import planted

# Four customers. Product 0 is bought by all of them, 1 by customers 0 and 1, 2 by customers 2 and
# 3, 3 by customer 3, and 4 by nobody. Product 0 is bought once more by customer 0: 5 purchases.
BOUGHT = Histories(
    start=np.array([0, 3, 5, 7, 10]),
    product=np.array([0, 1, 0, 0, 1, 0, 2, 0, 2, 3]),
    products=5,
    row=np.arange(10),
)
PRICED = pd.DataFrame({"price": [1.0, 2.0, 4.0, 8.0, np.nan]})
# Two lists of two places and one that ended after the first: 0 1 | 1 2 | 3.
RANKED = np.array([[0, 1], [1, 2], [3, -1]])
WANTED = sparse.csr_array(np.array([[1, 1, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1]]))


def shown(goods: pd.DataFrame) -> Shown:
    shelf = Shelf.of(BOUGHT, goods)
    return Shown(RANKED, hits(RANKED, WANTED), WANTED, shelf)


BY_HAND = {
    "coverage": 4 / 5,
    "customer_coverage": 2 / 3,
    # shares of customers: 1, 1/2, 1/2, 1/2, 1/4 on the five places
    "novelty": (0 + 1 + 1 + 1 + 2) / 5,
    # 0 and 1: two bought both, of four and two; 1 and 2: nobody did; the third list has no pair
    "diversity": ((1 - 2 / math.sqrt(4 * 2)) + (1 - 0)) / 2,
    # on 1, 2, 1, 1, 0 lists; in rising order 0 1 1 1 2 with weights -4 -2 0 2 4
    "gini": (-2 * 1 + 0 * 1 + 2 * 1 + 4 * 2) / (5 * 5),
    # a fifth of five products is product 0; the other four places are tail
    "tail": 4 / 5,
    # right on the lists: 0 and 1 (1 + 2) and 3 (8); all right: 1 + 2 + 8 + 8, product 4 counts 0
    "revenue": 11 / 19,
}


@pytest.mark.parametrize("name", LIST_METRICS)
def test_equals_the_hand_computed_value(name: str):
    assert LIST_METRICS[name].value(shown(PRICED)) == pytest.approx(BY_HAND[name])


@pytest.mark.parametrize("goods", [pd.DataFrame(index=range(5)), PRICED * np.nan])
def test_without_prices_nothing_is_said_of_money(goods: pd.DataFrame):
    assert LIST_METRICS["revenue"].value(shown(goods)) is None


def test_one_product_for_everybody_is_as_uneven_as_can_be():
    """By hand: (2 * 5 - 5 - 1) * 3 / (5 * 3)."""
    alone = np.array([[2], [2], [2]])
    case = Shown(alone, hits(alone, WANTED), WANTED, Shelf.of(BOUGHT, PRICED))
    assert LIST_METRICS["gini"].value(case) == pytest.approx(4 / 5)
    assert LIST_METRICS["diversity"].value(case) is None


def test_the_tail_is_what_is_outside_of_the_best_selling_fifth():
    sales = np.array([3.0, 9, 1, 7, 5, 2, 4, 6, 8, 0])
    assert np.flatnonzero(~outside_head(sales)).tolist() == [1, 8]


def test_every_judgement_tells_them_and_every_one_says_its_formula():
    split = make_split(planted(), SplitOptions())
    for judgement in evaluate(make_model("popularity").learn(split.train), split, 5).values():
        told = judgement.metrics()
        assert {f"{name}@5" for name in LIST_METRICS} - set(told) == {"revenue@5"}
    assert all(metric.formula and metric.meaning for metric in LIST_METRICS.values())
