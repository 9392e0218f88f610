"""The two towers: against Keras and the engine, and a product that nobody bought yet."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models.base import Fitted
from nn_core.recommender.models.features import categories_of, learned_features, prices_of
from nn_core.recommender.models.keras_training import Trainer
from nn_core.recommender.models.two_tower import TwoTower
from nn_core.recommender.models.two_tower_training import candidates
from nn_core.recommender.split import TrainingData, make_split
from tests.recommender.networks import QUICK
from tests.recommender.shops import PLANTED, planted

MODEL = TwoTower(**QUICK["two-tower"])


def with_categories(train: TrainingData) -> TrainingData:
    """Each planted group is a category, all at one price."""
    kinds = [f"group {PLANTED.product_group[product]}" for product in train.products]
    goods = pd.DataFrame({"category": kinds, "price": 5.0}, index=train.products)
    return replace(train, goods=goods)


TRAIN = with_categories(make_split(planted(), SplitOptions()).train)


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return MODEL.learn(TRAIN)


def test_a_new_product_of_a_loved_category_comes_before_one_of_another(fitted: Fitted):
    """Nobody bought either: only the category tells them apart."""
    new = pd.DataFrame({"category": [f"group {n}" for n in range(4)], "price": [5.0] * 4})
    scores = MODEL.scores_of_goods(fitted.arrays, TRAIN.histories, new)
    own = np.array([PLANTED.customer_group[customer] for customer in TRAIN.customers])
    assert (scores.argmax(axis=1) == own).mean() > 0.9
    assert np.isfinite(scores).all()


def test_numpy_scores_what_keras_computes_and_the_engine_predicts_its_softmax():
    trainer = Trainer(MODEL, TRAIN)
    arrays = MODEL.known(TRAIN) | trainer.weights()
    some = np.arange(5)
    batch = replace(MODEL, dropout=0.0).batches(TRAIN, 0).arrays(some, np.random.default_rng(0))
    u, v = (np.asarray(found) for found in trainer.model(list(batch[:7])))
    products = len(TRAIN.products)
    x = np.zeros((5, products + 1), np.float32)
    np.add.at(x, (some[:, None], batch[0]), batch[3][..., 0])
    stack = MODEL.stack(arrays, products)
    np.testing.assert_allclose(stack.predict(x[:, 1:]), softmax(u @ v[0].T), rtol=1e-4)
    scores = MODEL.scores(arrays, TRAIN.histories)
    seen = MODEL.inputs(arrays, TRAIN.histories)
    np.testing.assert_allclose(stack.predict(seen), softmax(scores), rtol=1e-4)
    np.testing.assert_allclose(seen.sum(axis=1), 1, rtol=1e-5)


def softmax(z: NDArray[np.float32]) -> NDArray[np.float32]:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def test_candidates_hold_all_targets_and_know_their_chances():
    """By simulation: how often a product takes part is its p, where one target is drawn."""
    rng = np.random.default_rng(0)
    q = np.array([0.4, 0.3, 0.1, 0.1, 0.05, 0.05])
    among, log_p = candidates(np.zeros((2, 6), np.float32), q, 6, rng)
    assert (among.tolist(), log_p.tolist()) == ([0, 1, 2, 3, 4, 5], [0] * 6)
    taken, chances = np.zeros(6), np.zeros(6)
    for _ in range(4000):
        y = np.zeros((1, 6), np.float32)
        y[0, rng.choice(6, p=q)] = 1
        among, log_p = candidates(y, q, 3, rng)
        assert y.argmax() in among
        taken[among] += 1
        chances[among] = np.exp(log_p)
    np.testing.assert_allclose(taken / 4000, chances, atol=0.03)


def test_many_products_are_trained_by_candidates():
    model = replace(MODEL, candidates=60, batch_size=8, epochs=3)
    losses = model.learn(TRAIN).arrays["losses"]
    assert losses[-1] < losses[0]


def test_what_a_catalogue_does_not_know_is_zero():
    goods = pd.DataFrame({"category": ["Tea", "", "Pets"], "price": [np.e, np.nan, np.e**3]})
    features = learned_features(goods)
    assert categories_of(features, goods).tolist() == [2, 0, 1]
    asked = pd.DataFrame({"category": ["Garden", "Pets"], "price": [0.0, np.e**2]})
    assert categories_of(features, asked).tolist() == [0, 1]
    np.testing.assert_allclose(prices_of(features, asked), [[0, 0], [0, 1]], atol=1e-6)
    nothing = pd.DataFrame(index=range(2))
    assert not prices_of(learned_features(nothing), nothing).any()
    assert not categories_of(learned_features(nothing), nothing).any()
