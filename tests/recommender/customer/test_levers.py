"""Levers by hand: what filters let in, how weights reorder, what that costs."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from nn_core.recommender.customer.levers import Filters, Levers, Worth, known, reranked, standing
from nn_core.recommender.customer.trade_off import Bench, through, variety
from nn_core.recommender.judge.kept import Future, Lists
from nn_core.recommender.matrix import as_csr

GOODS = pd.DataFrame(
    {
        "category": ["tea", "tea", "cup", ""],
        "price": [1.0, 4.0, 2.0, np.nan],
        "stock": [0.0, 3.0, np.nan, 1.0],
    },
    index=pd.Index(["a", "b", "c", "d"], name="product"),
)
EAST, NORTH = [1.0, 0.0], [0.0, 1.0]
# a and b are bought by the same people, c and d by others.
VECTORS = np.array([EAST, EAST, NORTH, NORTH], np.float32)
WORTH = Worth.of(GOODS, VECTORS)
ALIKE = Worth(WORTH.price, WORTH.margin, VECTORS, None)
ALL = np.array([[0, 1, 2, 3]])


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(), [True, True, True, True]),
        (Filters(categories=("tea",)), [True, True, False, False]),
        (Filters(price=(1.5, 4.0)), [False, True, True, False]),
        (Filters(in_stock=True), [False, True, False, True]),
        (Filters(("tea",), (0, 9), True), [False, True, False, False]),
    ],
)
def test_filters(filters: Filters, passes: list[bool]):
    assert filters.allowed(GOODS).tolist() == passes


def test_what_is_known_of_products():
    assert [known(GOODS, name) for name in ("category", "price", "margin")] == [True, True, False]
    assert standing(GOODS, "price").tolist() == [1 / 3, 1.0, 2 / 3, 0.0]
    assert not standing(GOODS, "margin").any()


def test_without_levers_the_models_order_stays():
    assert reranked(ALL, WORTH, Levers(), 3).tolist() == [[0, 1, 2]]


def test_price_by_hand():
    """Places 1, 3/4, 1/2, 1/4 plus prices 1/3, 1, 2/3, 0: 1.33, 1.75, 1.17, 0.25."""
    assert reranked(ALL, WORTH, Levers(price=1.0), 4).tolist() == [[1, 0, 2, 3]]


def test_diversity_takes_the_other_kind_second():
    """b is as a (likeness 1): at 0.4 it counts 0.6 * 0.75 - 0.4, c 0.6 * 0.5."""
    assert reranked(ALL, ALIKE, Levers(diversity=0.4), 4).tolist() == [[0, 2, 1, 3]]


def test_a_common_category_counts_half():
    company = reranked(ALL, WORTH, Levers(diversity=0.99), 2)
    assert company.tolist() == [[0, 2]]
    assert variety(np.array([[0, 1]]), WORTH) == pytest.approx(0.0)
    assert variety(np.array([[2, 3]]), WORTH) == pytest.approx(0.5)
    assert variety(np.array([[0, 2]]), WORTH) == pytest.approx(1.0)


def test_short_lists_stay_short():
    few = np.array([[2, -1, -1, -1]])
    for levers in (Levers(price=1.0), Levers(diversity=0.5)):
        assert reranked(few, WORTH, levers, 3).tolist() == [[2, -1, -1]]
    assert variety(np.array([[2, -1]]), WORTH) == 1.0


def bench(k: int) -> Bench:
    """Two customers are shown a, b, c, d; one buys b, the other nothing that counts."""
    right = as_csr(sparse.csr_array(np.array([[0, 1, 0, 0], [0, 0, 0, 0]], np.float32)))
    test = Future(np.array([0, 1]), as_csr(right * 0), right)
    lists = Lists(np.repeat(ALL, 2, axis=0).astype(np.int32), np.zeros((2, 4), np.float32))
    price = GOODS["price"].to_numpy(np.float64)
    made = Bench.of(lists, test, "discover", WORTH, price, None, k)
    assert made is not None
    return made


def test_a_point_by_hand():
    """Second place: 1 / log2(3). With the price it comes first."""
    point = bench(2).point(Levers())
    assert point.ndcg == pytest.approx(1 / np.log2(3))
    assert (point.money, point.margin) == (pytest.approx(400.0), None)
    assert bench(2).point(Levers(price=1.0)).ndcg == 1.0
    assert bench(1).point(Levers()).money == 0.0


def test_a_curve_moves_one_lever_only():
    points = bench(2).curve("price", Levers(diversity=0.2))
    assert points[0].levers == Levers(price=0.0, diversity=0.2)
    assert points[-1].levers == Levers(price=2.0, diversity=0.2)
    assert points[-1].ndcg == 1.0


def test_where_it_stands_now_lies_on_the_curve_once():
    tried = bench(2)
    points = tried.curve("price", Levers())
    between, first = tried.point(Levers(price=0.3)), tried.point(Levers())
    found = through(points, between, "price")
    assert [point.levers.price for point in found][:5] == [0.0, 0.1, 0.2, 0.3, 0.35]
    assert through(points, first, "price") == points
