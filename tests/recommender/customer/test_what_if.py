"""Baskets as they might have been: products put in, taken out, and the ranks that follow."""

import numpy as np

from nn_core.recommender.customer.what_if import edited, nobody, rank_of, ranks, without
from nn_core.recommender.histories import Histories
from tests.recommender.shops import shop


def histories() -> Histories:
    rows = ["ann tea 2024-01-01 o1", "ann cup 2024-01-03 o2", "bob jam 2024-01-05 o3"]
    return Histories.from_frame(shop(rows).frame, ordered=False)


ANN = histories().of(np.array([0]))
TEA, CUP = ANN.product.tolist()
JAM = 3 - TEA - CUP


def test_what_is_put_in_is_one_last_basket_of_now():
    now = histories().time.max()  # pyright: ignore[reportOptionalMemberAccess]
    changed = edited(ANN, np.array([JAM]), np.array([TEA]), float(now))
    assert changed.product.tolist() == [CUP, JAM]
    assert changed.start.tolist() == [0, 2]
    assert changed.time is not None
    assert changed.basket is not None
    assert changed.time.tolist()[1] == now
    assert changed.basket[1] > changed.basket[0]
    assert changed.row[1] > changed.row[0]


def test_nothing_changed_is_the_same_history():
    same = edited(ANN, np.array([], np.int64), np.array([], np.int64), None)
    assert same.product.tolist() == ANN.product.tolist()
    np.testing.assert_array_equal(same.time, ANN.time)  # pyright: ignore[reportArgumentType]


def test_an_empty_basket_can_be_filled():
    empty = nobody(histories())
    assert (len(empty), empty.product.size) == (1, 0)
    filled = edited(empty, np.array([TEA, JAM]), np.array([], np.int64), 20_000.0)
    assert filled.product.tolist() == [TEA, JAM]
    assert filled.time is not None
    assert filled.time.tolist() == [20_000.0] * 2


def test_a_customer_without_each_product():
    out = np.eye(3, dtype=np.bool_)[[TEA, CUP]]
    copies = without(ANN, out)
    assert [copies.of(np.array([n])).product.tolist() for n in (0, 1)] == [[CUP], [TEA]]


def test_ranks_by_hand():
    scores = np.array([2.0, -np.inf, 5.0, 2.0], np.float32)
    assert ranks(scores).tolist() == [2, 0, 1, 3]
    assert rank_of(scores[None], 3).tolist() == [3]
    assert rank_of(scores[None], 0).tolist() == [2]
