"""What is carried from batch to batch: moving averages, and where a sequence starts."""

from copy import deepcopy
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from nn_core import Sequential, record
from nn_core.layers import GRU, LSTM, BatchNormalization, Bidirectional, Dense, Dropout, SimpleRNN
from nn_core.optimizers import SGD
from tests.engine.keras_twin import assert_close, loss, twin

RECURRENT = [SimpleRNN(3), LSTM(3), GRU(3), GRU(3, reset_after=False)]
X = np.random.default_rng(0).normal(size=(5, 4, 2))
Y = np.random.default_rng(1).normal(size=(5, 1))


def network(layer: SimpleRNN | LSTM | GRU | Bidirectional, steps: int) -> Sequential:
    model = Sequential([layer, Dense(1)], (steps, 2), seed=2, dtype="float64")
    model.compile(SGD(0.05), "mse")
    return model


def test_a_step_moves_the_averages_and_a_prediction_reads_them() -> None:
    model = Sequential([BatchNormalization(momentum=0.5)], (2,), dtype="float64")
    model.compile("sgd", "mse")
    x = np.array([[1.0, 10.0], [3.0, 30.0]])
    model.train_on_batch(x, x)
    gamma, beta, mean, variance = model.get_weights()
    np.testing.assert_allclose(mean, [1, 10])
    np.testing.assert_allclose(variance, [1, 50.5])
    expected = gamma * (x - mean) / np.sqrt(variance + 1e-3) + beta
    np.testing.assert_allclose(model.predict(x), expected)
    before = model.get_weights()
    model.evaluate(x, x)
    model.gradients(x, x)
    assert all((a == b).all() for a, b in zip(before, model.get_weights()))


@pytest.mark.parametrize("layer", RECURRENT, ids=repr)
def test_an_explicit_start_continues_a_sequence(layer: SimpleRNN | LSTM | GRU) -> None:
    """Half a sequence, then the other half from where the first ended, is the whole."""
    whole, half = network(layer, 4), network(layer, 2)
    half.set_weights(whole.get_weights())
    cache = half.passes(X[:, :2], Y).caches[0]
    names = [name for name in ("h", "c") if hasattr(cache, name)]
    half.states[0] = {name: getattr(cache, name)[:, -1] for name in names}
    np.testing.assert_allclose(half.predict(X[:, 2:]), whole.predict(X), rtol=1e-12)


@pytest.mark.parametrize("layer", RECURRENT, ids=repr)
def test_the_trace_has_dl_dh_of_every_step(layer: SimpleRNN | LSTM | GRU) -> None:
    """dL/dh_2, traced in the whole, is what a nudge of the second half's start does to the loss."""
    whole, half = network(layer, 4), network(layer, 2)
    half.set_weights(whole.get_weights())
    trace = record(whole, X, Y)
    name = whole.layers[0].name
    carried = [key for key in ("h", "c") if f"{name}/{key}" in trace.values]
    values = {key: trace[f"{name}/{key}"][:, 1] for key in carried}
    d = np.random.default_rng(2).normal(size=values["h"].shape)
    losses = []
    for step in (1e-6, -1e-6):
        half.states[0] = {**values, "h": values["h"] + step * d}
        losses.append(half.passes(X[:, 2:], Y).loss)
    traced = float((trace[f"{name}/dh"][:, 1] * d).sum())
    assert (losses[0] - losses[1]) / 2e-6 == pytest.approx(traced, rel=1e-6)
    assert all(trace[f"{name}/{key}"].shape[:2] == (5, 4) for key in ("h", "dh"))


def test_dropout_takes_the_generators_numbers_and_keeps_the_mean() -> None:
    model = Sequential([Dropout(0.25)], (1000,), seed=3, dtype="float64")
    model.compile("sgd", "mse")
    x = np.ones((4, 1000))
    y = model.passes(x, x).caches[0].y
    assert (y == model.passes(x, x).caches[0].y).all(), "looking draws nothing from the run"
    mask = deepcopy(model.rng).random((4, 1000), np.float32) >= 0.25
    np.testing.assert_allclose(y, mask / 0.75)
    assert y.mean() == pytest.approx(1, abs=0.05)
    assert (model.predict(x) == x).all()
    model.train_on_batch(x, x)
    assert (y != model.passes(x, x).caches[0].y).any()


@pytest.mark.parametrize("layer", [*RECURRENT, Bidirectional(LSTM(2))], ids=repr)
def test_a_stateful_layer_carries_on_as_in_keras(
    layer: SimpleRNN | LSTM | GRU | Bidirectional, keras_module: ModuleType
) -> None:
    if isinstance(layer, Bidirectional):
        layer = replace(layer, layer=replace(layer.layer, stateful=True))
    else:
        layer = replace(layer, stateful=True)
    model = network(layer, 4)
    model.train_on_batch(X, Y)
    keras_module.config.set_floatx("float64")
    # The policy that a test before this one may have left stays in float32 otherwise.
    keras_module.backend.clear_session()
    try:
        theirs = twin(model)
        theirs.set_weights(network(layer, 4).get_weights())
        for _ in range(3):
            loss(theirs, X, Y)
        for _ in range(2):
            model.train_on_batch(X, Y)
        assert_close(model.get_weights(), theirs.get_weights(), "float64")
        assert_close([model.predict(X)], [theirs.predict_on_batch(X)], "float64")
    finally:
        keras_module.config.set_floatx("float32")
        keras_module.backend.clear_session()
    with pytest.raises(ValueError, match=r"initial h of shape \(2, .\); received \(5, .\)"):
        model.predict(X[:2])
