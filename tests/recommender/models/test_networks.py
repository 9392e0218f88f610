"""What each network reads and computes: against Keras, and by hand."""

from copy import deepcopy
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS, make_model
from nn_core.recommender.models.base import Report
from nn_core.recommender.models.batches import log_shares
from nn_core.recommender.models.keras_training import Trainer, quiet_keras
from nn_core.recommender.models.mult_vae import MultVAE, dropped
from nn_core.recommender.models.network import Network
from nn_core.recommender.models.sequences import OfGRU
from nn_core.recommender.split import make_split
from tests.recommender.networks import QUICK
from tests.recommender.shops import planted

TRAIN = make_split(planted(), SplitOptions()).train
SOME = TRAIN.histories.of(np.arange(9))
TOWERS = "two-tower"  # which has tests of its own
NETWORKS = [name for name, model in MODELS.items() if model.network and name != TOWERS]


def network(name: str) -> Network:
    return cast(Network, make_model(name, **QUICK.get(name, {})))


# Customer 0 bought 0, 1, then 1, then 2, 3 on the days 1, 5, 9; customer 1 bought 2 on day 9.
HAND = Histories(
    start=np.array([0, 5, 6]),
    product=np.array([0, 1, 1, 2, 3, 2]),
    products=4,
    row=np.arange(6),
    time=np.array([1.0, 1.0, 5.0, 9.0, 9.0, 9.0]),
    basket=np.array([0, 0, 1, 2, 2, 3]),
)
BY_HAND = replace(TRAIN, histories=HAND, products=TRAIN.products[:4], now=9.0)


@pytest.mark.parametrize("name", NETWORKS)
def test_numpy_scores_what_keras_predicts_and_its_gradients_are_keras_s(name: str):
    """The weights that Keras would begin with, in our engine; noise as the engine draws it."""
    model = network(name)
    trainer = Trainer(model, TRAIN)
    arrays = model.known(TRAIN) | trainer.weights()
    stack = model.stack(arrays, len(TRAIN.products))
    x, y = model.inputs(arrays, SOME), SOME.bought.toarray()
    y /= y.sum(axis=1, keepdims=True)
    noise = deepcopy(stack.rng).standard_normal((len(x), getattr(model, "latent", 1)))
    more = [noise.astype(np.float32), np.full((len(x), 1), getattr(model, "beta", 0.0))]
    _, tf = quiet_keras()
    losses_of = model.losses(quiet_keras()[0], trainer.model)
    batch = [x, y, *more] if isinstance(model, MultVAE) else [x, y]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(losses_of(*(tf.constant(a, tf.float32) for a in batch)))
    theirs = tape.gradient(loss, trainer.model.trainable_variables)
    assert stack.passes(x, y).loss == pytest.approx(float(loss), rel=1e-5)
    for mine, keras_s in zip(stack.gradients(x, y), theirs, strict=True):
        np.testing.assert_allclose(mine, tf.convert_to_tensor(keras_s), rtol=1e-3, atol=1e-7)
    told = [x, 0 * noise.astype(np.float32)] if isinstance(model, MultVAE) else x
    predicted: Any = trainer.model(told)
    expected = predicted[0] if isinstance(predicted, list) else predicted
    np.testing.assert_allclose(model.scores(arrays, SOME), expected, rtol=1e-4, atol=1e-7)


def test_a_stopped_autoencoder_goes_on_to_the_same_weights(tmp_path: Any):
    """Its dropout and its noise come from the epoch's own seed too."""
    model = replace(network("mult-vae"), epochs=3)
    whole = model.learn(TRAIN)

    def stop(event: dict[str, Any]) -> None:
        if event["epoch"] == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        model.learn(TRAIN, Report(stop, tmp_path / "checkpoint.npz"))
    again = model.learn(TRAIN, Report(checkpoint=tmp_path / "checkpoint.npz"))
    np.testing.assert_allclose(again.arrays["kernel_0"], whole.arrays["kernel_0"], rtol=1e-5)


def test_recent_purchases_say_more_to_the_autoencoder():
    model = MultVAE(dropout=0.0, half_life=4.0, input_half_life=4.0)
    x, y, _, beta = model.batches(BY_HAND, 5).arrays(np.arange(2), np.random.default_rng(0))
    weights = np.array([[0.625, 0.75, 1, 1], [0, 0, 1, 0]])
    np.testing.assert_allclose(x, weights / np.linalg.norm(weights, axis=1)[:, None], rtol=1e-6)
    aged = np.array([[0.25, 0.5, 1, 1], [0, 0, 1, 0]])
    np.testing.assert_allclose(y, aged / aged.sum(axis=1)[:, None], rtol=1e-6)
    assert beta[0, 0] == pytest.approx(model.beta * 5 / model.warm_up)
    np.testing.assert_allclose(model.inputs({"now": np.array(9.0)}, HAND), x, rtol=1e-6)


def test_dropout_keeps_the_mean():
    x = dropped(np.ones((200, 200), np.float32), 0.25, np.random.default_rng(0))
    assert sorted(set(x.ravel().tolist())) == [0.0, pytest.approx(4 / 3)]
    assert x.mean() == pytest.approx(1, abs=0.01)


def test_a_sequence_ends_with_what_was_bought_last():
    model = OfGRU(length=3, dropout=0.0)
    assert model.inputs({}, HAND).tolist() == [[2, 3, 4], [0, 0, 3]]
    assert OfGRU(length=3, largest=3).inputs({}, HAND).tolist() == [[2, 2, 3], [0, 0, 3]]
    batches = model.batches(BY_HAND, 0)
    x, y = batches.arrays(np.arange(batches.count), np.random.default_rng(0))
    assert x.tolist() == [[0, 1, 2], [1, 2, 2]]
    assert y.tolist() == [[0, 1, 0, 0], [0, 0, 0.5, 0.5]]
    assert batches.chance == pytest.approx([0.5 ** (4 / model.half_life), 1.0])


def test_without_an_order_a_sequence_is_learned_from_parts_and_says_so():
    train = replace(TRAIN, histories=replace(TRAIN.histories, basket=None, time=None), now=None)
    fitted = replace(network("gru"), validation=0.0, epochs=1).learn(train)
    assert "Nobody knows what was bought first" in fitted.note


def test_the_output_begins_as_recent_best_sellers():
    """Products 2 and 3 were bought today; every product counts as bought once more."""
    aged = np.array([0.25, 0.25 + 0.5, 2, 1]) + 1
    np.testing.assert_allclose(log_shares(HAND, 9.0, 4.0), np.log(aged / aged.sum()), rtol=1e-6)
    plain = np.array([1, 2, 2, 1]) + 1
    np.testing.assert_allclose(log_shares(HAND, None, 4.0), np.log(plain / plain.sum()), rtol=1e-6)
