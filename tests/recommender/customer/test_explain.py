"""Reasons: parts of a sum where there is one, the real model without a product elsewhere."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from nn_core.recommender.customer.explain import explain
from nn_core.recommender.customer.fidelity import fidelity
from nn_core.recommender.customer.similar import similar
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS, Fitted, Recommender, Report, make_model
from nn_core.recommender.models.base import Arrays
from nn_core.recommender.split import TrainingData, make_split
from tests.recommender.networks import QUICK
from tests.recommender.shops import PLANTED, planted, shop

SPLIT = make_split(planted(), SplitOptions())
OPTIONS = QUICK | {"course": {"epochs": 1}}
RNG = np.random.default_rng


@dataclass(frozen=True)
class Squared(Recommender):
    """score(j) = (sum over the history of w_ij)^2: no sum, so it has to be asked again."""

    name: ClassVar[str] = "squared"
    label: ClassVar[str] = "Squared"

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        raise NotImplementedError

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        return np.asarray(histories.bought @ arrays["weights"], np.float32) ** 2


def squared(weights: list[list[float]]) -> Fitted:
    return Fitted(Squared(), {"weights": np.array(weights, np.float32)})


def bought(*products: int, of: int) -> Histories:
    return Histories.of_products(np.array(products, np.int64), of)


@pytest.fixture(scope="module", params=["item-knn", "bm25", "ease", "time-ease", "als"])
def sums(request: pytest.FixtureRequest) -> Fitted:
    return make_model(request.param).learn(SPLIT.train)


def test_contributions_sum_to_the_score(sums: Fitted):
    for customer in (0, 7):
        history = SPLIT.train.histories.of(np.array([customer]))
        scores = sums.scores(history)[0]
        for product in (3, 50):
            added = sums.model.contributions(sums.arrays, history, product)
            assert added is not None
            np.testing.assert_allclose(added.sum(), scores[product], rtol=1e-4, atol=1e-6)
            assert not np.delete(added, history.product).any()


def test_reasons_and_the_others_add_up_to_the_score(sums: Fitted):
    history = SPLIT.train.histories.of(np.array([0]))
    product = int(sums.scores(history)[0].argsort()[-3])
    found = explain(sums, history, product, "all")
    assert found.exact
    assert found.rank == 3
    whole = sum(reason.effect for reason in found.reasons) + found.others
    assert whole == pytest.approx(found.score, rel=1e-4)
    effects = [reason.effect for reason in found.reasons]
    assert effects == sorted(effects, reverse=True)
    assert len(found.reasons) + found.unnamed == len(np.unique(history.product))


def test_item_knn_by_hand():
    """tea and cup share 2 buyers (of 2 and of 3)."""
    rows = ["ann tea", "ann cup", "bob tea", "bob cup", "cem cup"]
    before = [f"{row} 2024-01-01 o{n}" for n, row in enumerate(rows)]
    data = shop([*before, "ann jam 2024-02-01 o9"])
    options = SplitOptions(test_days=1, min_buyers=1)
    train = make_split(data, options).train
    number = {name: n for n, name in enumerate(train.products)}
    fitted = make_model("item-knn").learn(train)
    history = bought(number["tea"], of=len(train.products))
    added = fitted.model.contributions(fitted.arrays, history, number["cup"])
    assert added is not None
    assert added[number["tea"]] == pytest.approx(2 / np.sqrt(2 * 3))


def test_leave_one_out_by_hand():
    """Products 2 and 3 from 0 and 1: 2 scores (1 + 2)^2 = 9, 3 scores (2 + 0)^2 = 4."""
    fitted = squared([[0, 0, 1, 2], [0, 0, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    found = explain(fitted, bought(0, 1, of=4), 2, "discover")
    assert (found.score, found.rank, found.exact) == (9.0, 1, False)
    one, other = found.reasons
    assert (one.product, one.effect, one.rank_without) == (1, 8.0, 2)
    assert (other.product, other.effect, other.rank_without) == (0, 5.0, 1)


def test_what_is_left_out_does_not_join_the_list():
    """Without product 0 it would be new to the customer, and would rank before 2."""
    fitted = squared([[0, 0, 0], [9, 0, 1], [0, 0, 0]])
    found = explain(fitted, bought(0, 1, of=3), 2, "discover")
    assert [reason.rank_without for reason in found.reasons] == [1]


@pytest.mark.parametrize("name", MODELS)
def test_every_model_explains_the_first_of_its_list(name: str):
    fitted = make_model(name, **OPTIONS.get(name, {})).learn(SPLIT.train)
    history = SPLIT.train.histories.of(np.array([3]))
    scores = fitted.scores(history)[0]
    scores[history.product] = -np.inf
    found = explain(fitted, history, int(scores.argmax()), "discover")
    assert found.rank == 1
    assert found.score == pytest.approx(scores.max())
    assert bool(found.words) != bool(found.reasons)


@pytest.mark.parametrize("name", ["item-knn", "ease", "course"])
def test_for_a_newcomer_there_are_no_reasons(name: str):
    fitted = make_model(name, **OPTIONS.get(name, {})).learn(SPLIT.train)
    empty = bought(of=len(SPLIT.train.products))
    found = explain(fitted, empty, 0, "discover")
    assert (found.reasons, found.unnamed) == ((), 0)
    assert fidelity(fitted, empty, found, "discover", RNG(0)) is None


def test_best_sellers_tell_their_number():
    fitted = make_model("popularity").learn(SPLIT.train)
    history = SPLIT.train.histories.of(np.array([0]))
    buyers = int(SPLIT.train.histories.buyers[5])
    assert explain(fitted, history, 5, "all").words == f"{buyers} customers bought it."
    recent = make_model("recent-popularity", days=9).learn(SPLIT.train)
    assert "in the last 9 days" in str(recent.model.reason(recent.arrays, 5))


def carried_by(products: list[int], of: int) -> Fitted:
    """Only these products speak for the last one; the last but one always scores a little."""
    weights = np.zeros((of, of))
    weights[products, -1] = 1
    weights[:, -2] = 0.1
    return squared(weights.tolist())


def test_reasons_that_carry_everything_are_trusted():
    history = bought(*range(10), of=12)
    fitted = carried_by([0, 1, 2], 12)
    found = explain(fitted, history, 11, "discover")
    tested = fidelity(fitted, history, found, "discover", RNG(0))
    assert tested is not None
    assert (tested.taken, tested.rank, tested.without, tested.by_lot) == (3, 1, 2, 1)
    assert tested.score == 1.0
    assert "carry it" in tested.words()


def test_reasons_like_all_others_are_not_trusted():
    history = bought(*range(10), of=12)
    fitted = carried_by(list(range(10)), 12)
    found = explain(fitted, history, 11, "discover")
    tested = fidelity(fitted, history, found, "discover", RNG(0))
    assert tested is not None
    assert tested.score == 0.5
    assert "do not lean" in tested.words()


def test_one_purchase_cannot_be_tested():
    history = bought(0, of=12)
    fitted = carried_by([0], 12)
    found = explain(fitted, history, 11, "discover")
    assert fidelity(fitted, history, found, "discover", RNG(0)) is None


@pytest.mark.parametrize("name", ["item-knn", "ease", "time-ease"])
def test_similar_products_are_of_the_same_planted_group(name: str):
    fitted = make_model(name).learn(SPLIT.train)
    products = SPLIT.train.products
    for product in (0, 20):
        found = similar(fitted, product, len(products), 5)
        assert found is not None
        assert (np.diff(found.values) <= 0).all()
        assert product not in found.products
        own = PLANTED.product_group[products[product]]
        assert [PLANTED.product_group[products[n]] for n in found.products] == [own] * 5


def test_best_sellers_know_no_likeness():
    fitted = make_model("popularity").learn(SPLIT.train)
    assert similar(fitted, 0, len(SPLIT.train.products)) is None


def test_a_model_without_likeness_is_asked_with_one_product():
    fitted = squared([[0, 1, 2], [0, 0, 0], [0, 0, 0]])
    found = similar(fitted, 0, 3, 2)
    assert found is not None
    assert (found.products.tolist(), found.values.tolist()) == ([2, 1], [4.0, 1.0])
    assert "bought only this" in found.meaning
