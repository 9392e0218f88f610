"""Each model by hand: its formula, pair by pair, or the library that has it too."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from nn_core.recommender.customer.explain import explain
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.matrix import older
from nn_core.recommender.models import make_model
from nn_core.recommender.models.als import ALS
from nn_core.recommender.models.ease import Ease
from nn_core.recommender.models.item_knn import nearest_rows
from nn_core.recommender.models.repeats import Repeats
from nn_core.recommender.models.tail import local
from nn_core.recommender.split import make_split
from tests.recommender.shops import planted

SPLIT = make_split(planted(), SplitOptions())
PRODUCTS = len(SPLIT.train.products)


@pytest.mark.parametrize("name", ["ease", "time-ease"])
def test_ease_past_its_square_matrix_ranks_the_others_by_those_they_are_bought_with(name: str):
    """With all of the matrix for neighbours it is the ridge regression, here of NumPy's solver."""
    used, strength = 20, 10.0
    model = make_model(name, largest=used, regularization=strength)
    fitted = model.learn(SPLIT.train)
    assert "holds the 20 with most buyers" in fitted.note
    assert isinstance(model, Ease)
    x = np.asarray(model.rows(SPLIT.train).toarray(), np.float64)
    head, tail = x[:, :used], x[:, used:]
    assert tail.shape[1] > 5
    expected = np.linalg.solve(head.T @ head + strength * np.eye(used), head.T @ tail)
    asked = SPLIT.train.histories.of(np.arange(40))
    told = model.inputs(fitted.arrays, asked).toarray()[:, :used] @ expected
    scores = fitted.scores(asked)
    np.testing.assert_allclose(scores[:, used:], told, atol=2e-5)
    for product in (3, used + 3):
        parts = model.contributions(fitted.arrays, asked.of(np.array([7])), product)
        assert parts.sum() == pytest.approx(scores[7, product], abs=1e-5)


def test_a_rare_product_has_the_neighbours_it_is_nearest_to():
    rows: Any = csr_matrix(
        np.array([[1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 0], [0, 1, 1, 1]], np.float32)
    )
    head = rows[:, :3]
    shared = np.asarray((head.T @ head).toarray(), np.float32)
    near, weights = local(rows, shared, 1.0, neighbours=1)
    assert near.tolist() == [[0]]
    assert weights[0, 0] == pytest.approx(2 / (2 + 1))


def test_ease_equals_the_closed_form_in_float64():
    fitted = make_model("ease", regularization=5.0).learn(SPLIT.train)
    x = SPLIT.train.histories.bought.toarray().astype(np.float64)
    p = np.linalg.inv(x.T @ x + 5.0 * np.eye(x.shape[1]))
    expected = np.eye(len(p)) - p / np.diag(p)
    np.testing.assert_allclose(fitted.arrays["weights"], expected, atol=1e-4)


def test_als_is_scored_as_implicit_scores_it():
    """Our closed form from the history alone, and the library's own."""
    from implicit.cpu.als import AlternatingLeastSquares
    from threadpoolctl import threadpool_limits

    model = ALS(factors=8, iterations=3)
    arrays = model.learn(SPLIT.train).arrays
    with threadpool_limits(1, "blas"):
        theirs: Any = AlternatingLeastSquares(
            factors=8, regularization=model.regularization, alpha=model.alpha, use_cg=False
        )
        theirs.item_factors = arrays["products"]
        counts = older(SPLIT.train.histories.counts)
        expected = theirs.recalculate_user(np.arange(counts.shape[0]), counts)
    np.testing.assert_allclose(
        model.tastes(arrays, SPLIT.train.histories), expected, rtol=1e-3, atol=1e-4
    )


def test_bm25_by_its_formula():
    """By hand, dense: who bought what how often, weighed as a text's words would be."""
    n = SPLIT.train.histories.counts.toarray().astype(np.float64)
    rare = np.log(n.shape[1] / (1 + (n > 0).sum(axis=1, keepdims=True)))
    length = 1 - 0.75 + 0.75 * n.sum(axis=0) / n.sum(axis=0).mean()
    w = rare * n * (1.2 + 1) / (n + 1.2 * length)
    fitted = make_model("bm25", neighbours=n.shape[1]).learn(SPLIT.train)
    expected = n @ (w.T @ w)
    np.testing.assert_allclose(fitted.scores(SPLIT.train.histories), expected, rtol=1e-4)
    few = make_model("bm25", neighbours=3).learn(SPLIT.train).arrays
    assert (np.diff(few["start"]) <= 3).all()
    best = -np.sort(-(w.T @ w), axis=1)[:, :3]
    np.testing.assert_allclose(-np.sort(-few["similarity"].reshape(-1, 3)), best, rtol=1e-4)


def test_repeats_count_what_was_bought_by_its_age():
    """By hand, purchase by purchase; what was never bought stands behind."""
    fitted = make_model("repeats", half_life=20.0).learn(SPLIT.train)
    histories, now = SPLIT.train.histories, SPLIT.train.now
    assert histories.time is not None
    assert now is not None
    expected = np.zeros((len(histories), histories.products))
    for customer, product, time in zip(histories.customer, histories.product, histories.time):
        expected[customer, product] += 0.5 ** ((now - time) / 20.0)
    scores, bought = fitted.scores(histories), expected > 0
    np.testing.assert_allclose(scores[bought], 1 + expected[bought], rtol=1e-5)
    assert (scores[~bought] < 1).all()


def test_what_is_due_counts_more_with_timing():
    """Two products bought once, on the same day; one is needed again sooner."""
    model = Repeats(timing=1.0)
    gap, buyers = np.array([10, 300, 30], np.float32), np.zeros(3, np.int64)
    arrays = {"buyers": buyers, "gap": gap, "now": np.array(100.0)}
    history = replace(Histories.of_products(np.array([0, 1]), 3), time=np.array([95.0, 95.0]))
    soon, later, never = model.scores(arrays, history)[0]
    assert soon > later > 1 > never


def test_next_window_equals_the_normal_equations():
    """By hand, in float64: from what was bought before each window to what was new in it."""
    fitted = make_model("next-window", windows=2, regularization=3.0).learn(SPLIT.train)
    histories, now = SPLIT.train.histories, SPLIT.train.now
    assert histories.time is not None
    assert now is not None
    products = histories.products
    gram, answers = np.zeros((products + 1, products + 1)), np.zeros((products + 1, products))
    for t, cut in enumerate((now - 31, now - 62)):
        for customer in range(len(histories)):
            own = histories.of(np.array([customer]))
            assert own.time is not None
            x, y = np.zeros(products + 1), np.zeros(products)
            for product, time in zip(own.product, own.time):
                if time < cut:
                    aged = 0.5 + 0.5 * 0.5 ** ((cut - time) / 30)
                    x[product] = max(x[product], aged)
                elif time < cut + 31 or t == 0:
                    y[product] = 1
            y[x[:-1] > 0] = 0
            if x.any() and y.any():
                x[-1] = 1
                gram += 0.7**t * np.outer(x, x)
                answers += 0.7**t * np.outer(x, y / np.sqrt(y.sum()))
    gram += np.diag([3.0] * products + [1.0])
    expected = np.linalg.solve(gram, answers)
    np.testing.assert_allclose(fitted.arrays["weights"], expected, atol=1e-4)


def test_categories_weigh_newcomers_by_what_a_customer_buys():
    """Product by product, in Python's own numbers."""
    goods = pd.DataFrame({"category": np.array(["tea", "", "soap"])[np.arange(PRODUCTS) % 3]})
    train = replace(SPLIT.train, goods=goods)
    fitted = make_model("categories", strength=0.7, prior=5.0).learn(train)
    histories, now = train.histories, train.now
    assert histories.time is not None
    assert now is not None
    first: dict[tuple[int, int], float] = {}
    faded = np.zeros((len(histories), 3))
    for customer, product, time in zip(histories.customer, histories.product, histories.time):
        pair = int(customer), int(product)
        first[pair] = min(time, first.get(pair, np.inf))
        faded[customer, product % 3] += 0.5 ** ((now - time) / 120)
    newcomers = np.zeros(PRODUCTS)
    for (_, product), time in first.items():
        newcomers[product] += time >= now - 31
    usual = faded.sum(axis=0) / faded.sum()
    share = (faded + 5 * usual) / (faded.sum(axis=1, keepdims=True) + 5)
    expected = np.log(newcomers + 0.3) + 0.7 * np.log(share / usual)[:, np.arange(PRODUCTS) % 3]
    np.testing.assert_allclose(fitted.scores(histories), expected, rtol=1e-4, atol=1e-5)
    assert not fitted.note
    own = histories.of(np.array([3]))
    found = explain(fitted, own, int(expected[3].argmax()), "all")
    # Each reason is a product of the customer's own; no sentence is true for everybody.
    assert not found.words
    assert {reason.product for reason in found.reasons} <= {*own.product.tolist()}
    assert found.reasons


def test_categories_without_any_are_a_list_of_what_is_new_to_many():
    fitted = make_model("categories").learn(SPLIT.train)
    assert "names no categories" in fitted.note
    scores = fitted.scores(SPLIT.train.histories)
    np.testing.assert_allclose(scores, np.tile(scores[0], (len(scores), 1)), atol=1e-5)
    said = explain(fitted, SPLIT.train.histories.of(np.array([3])), 0, "discover").words
    assert said is not None
    assert said.endswith("for the first time in the last 31 days.")


@pytest.mark.parametrize("name", ["repeats", "next-window", "categories", "bm25", "als"])
def test_without_dates_it_still_ranks(name: str):
    train = replace(SPLIT.train, histories=replace(SPLIT.train.histories, time=None), now=None)
    assert np.isfinite(make_model(name).learn(train).scores(train.histories)).all()


def test_recent_popularity_without_dates_says_it_is_popularity():
    undated = replace(SPLIT.train.histories, time=None)
    train = replace(SPLIT.train, histories=undated, now=None)
    assert "no dates" in make_model("recent-popularity").learn(train).note


def test_item_knn_equals_cosines_of_the_dense_matrix():
    """By hand: of products equally near, those with more buyers are the neighbours."""
    x = SPLIT.train.histories.bought.toarray().astype(np.float64)
    together = x.T @ x
    np.fill_diagonal(together, 0)
    buyers = x.sum(axis=0)
    expected = np.zeros_like(together)
    for product, both in enumerate(together):
        nearest = np.argsort(-(both**2) / buyers, kind="stable")[:20]
        expected[product, nearest] = both[nearest] / np.sqrt(buyers[product] * buyers[nearest])
    fitted = make_model("item-knn").learn(SPLIT.train)
    scores = fitted.scores(SPLIT.train.histories)
    np.testing.assert_allclose(scores, x @ expected, rtol=1e-5, atol=1e-6)


def test_time_ease_equals_the_closed_form_of_aged_purchases():
    """By hand, in float64, pair by pair."""
    model = make_model("time-ease", regularization=5.0, half_life=20.0, input_half_life=10.0)
    histories, now = SPLIT.train.histories, SPLIT.train.now
    assert histories.time is not None
    assert now is not None
    age = np.full((len(histories), histories.products), np.inf)
    for customer, product, time in zip(histories.customer, histories.product, histories.time):
        age[customer, product] = min(age[customer, product], now - time)
    x = 0.5 ** (age / 20.0)
    p = np.linalg.inv(x.T @ x + 5.0 * np.eye(x.shape[1]))
    weights = np.eye(len(p)) - p / np.diag(p)
    fitted = model.learn(SPLIT.train)
    np.testing.assert_allclose(fitted.arrays["weights"], weights, atol=1e-4)
    given = np.where(np.isfinite(age), 0.5 + 0.5 * 0.5 ** (age / 10.0), 0.0)
    np.testing.assert_allclose(fitted.scores(histories), given @ weights, atol=1e-3)


def test_time_ease_follows_what_was_bought_last():
    """Two customers with the same products; each gets what goes with its latest."""
    histories = SPLIT.train.histories
    fitted = make_model("time-ease", regularization=5.0).learn(SPLIT.train)
    now = float(fitted.arrays["now"])
    a, b = 0, int(np.argmin(fitted.arrays["weights"][0]))
    both = replace(
        Histories.of_products(np.array([a, b, a, b]), histories.products),
        start=np.array([0, 2, 4]),
        time=np.array([now - 300, now, now, now - 300]),
    )
    late_b, late_a = fitted.scores(both)
    closer = fitted.arrays["weights"][a] > fitted.arrays["weights"][b]
    assert (late_a[closer] > late_b[closer]).all()


def test_time_ease_without_dates_is_ease_and_says_so():
    undated = replace(SPLIT.train.histories, time=None)
    train = replace(SPLIT.train, histories=undated, now=None)
    fitted = make_model("time-ease", regularization=5.0).learn(train)
    plain = make_model("ease", regularization=5.0).learn(train)
    assert "no dates" in fitted.note
    np.testing.assert_allclose(fitted.arrays["weights"], plain.arrays["weights"], atol=1e-5)


@pytest.mark.parametrize("levels", [2, 6, 1_000])
@pytest.mark.parametrize("neighbours", [1, 7, 40, 60])
def test_of_each_row_the_nearest_are_kept(levels: int, neighbours: int):
    """As a stable sort finds them, with long ties; what is not near at all is no neighbour."""
    rows = np.random.default_rng(levels).integers(0, levels, (9, 40)).astype(np.float32)
    rows[0] = 0
    expected = np.zeros_like(rows)
    for row, kept in zip(rows, expected):
        best = np.argsort(-row, kind="stable")[:neighbours]
        kept[best] = row[best]
    found = nearest_rows(rows, neighbours)
    np.testing.assert_array_equal(found.toarray(), expected)
    assert found.nnz == np.count_nonzero(expected)


def test_ease_of_a_run_without_the_rarest_products_ranks_the_others():
    """As runs were saved before the rarest were foretold from their neighbours."""
    fitted = make_model("ease", regularization=5.0, largest=10).learn(SPLIT.train)
    before = {name: fitted.arrays[name] for name in ("weights", "regularization")}
    histories = SPLIT.train.histories
    scores = fitted.model.scores(before, histories)
    assert scores.shape == (len(histories), histories.products)
    np.testing.assert_array_equal(scores[:, :10], fitted.scores(histories)[:, :10])
    assert np.isneginf(scores[:, 10:]).all()
