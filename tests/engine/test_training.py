"""Training: early stopping and class weights against Keras, shuffling, windows of time."""

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from nn_core import Sequential
from nn_core.layers import LSTM, SimpleRNN
from nn_core.optimizers import SGD, Adam
from nn_core.training import BatchEnd, EarlyStopping, EpochEnd, Stopped, fit
from nn_core.truncated import fit_truncated
from tests.engine.cases import data, network
from tests.engine.keras_twin import assert_close, twin

pytestmark = pytest.mark.usefixtures("keras_module")


@pytest.mark.parametrize("restore", [True, False])
@pytest.mark.parametrize(("patience", "min_delta"), [(0, 0.0), (3, 0.0), (2, 0.02)])
def test_early_stopping_stops_and_restores_as_keras_does(
    keras_module: ModuleType, patience: int, min_delta: float, restore: bool
) -> None:
    x, y = data("mse", n=20)
    held = data("mse", n=20, seed=5)
    model = network(hidden="relu", optimizer=SGD(0.1), dtype="float32")
    theirs = twin(model)
    rule: dict[str, Any] = {"patience": patience, "min_delta": min_delta}
    rule["restore_best_weights"] = restore
    stopping = keras_module.callbacks.EarlyStopping(**rule)
    history = theirs.fit(
        x, y, epochs=25, batch_size=20, validation_data=held, callbacks=[stopping],
        shuffle=False, verbose=0,
    )  # fmt: skip
    events = list(
        fit(model, x, y, 25, 20, held, early_stopping=EarlyStopping(**rule), shuffle=False)
    )
    ends = [event for event in events if isinstance(event, EpochEnd)]
    assert [end.val_loss for end in ends] == pytest.approx(history.history["val_loss"], rel=1e-4)
    assert isinstance(events[-1], Stopped)
    assert events[-1].best_epoch == stopping.best_epoch + 1
    assert events[-1].restored == restore
    assert_close(model.get_weights(), theirs.get_weights(), "float32")


def test_class_weights_are_kerass() -> None:
    for loss, output in [
        ("categorical_crossentropy", "softmax"),
        ("sparse_categorical_crossentropy", "softmax"),
    ]:
        x, y = data(loss, n=12)
        model = network(output=output, loss=loss, dtype="float32")
        theirs = twin(model)
        weight = {0: 0.2, 1: 3.0, 2: 1.0}
        theirs.fit(x, y, batch_size=12, epochs=5, class_weight=weight, shuffle=False, verbose=0)
        for _ in fit(model, x, y, 5, 12, class_weight=weight, shuffle=False):
            pass
        assert_close(model.get_weights(), theirs.get_weights(), "float32")


def test_without_shuffling_batches_come_in_order() -> None:
    x, y = data("mse", n=10)
    one, other = network(), network(seed=1)
    for start in (0, 4, 8):
        one.train_on_batch(x[start : start + 4], y[start : start + 4])
    events = list(fit(other, x, y, batch_size=4, shuffle=False))
    assert [type(event) for event in events] == [BatchEnd, BatchEnd, BatchEnd, EpochEnd]
    assert (one.weights.vector == other.weights.vector).all()


def sequences(n: int = 6, steps: int = 12) -> tuple[np.ndarray, np.ndarray]:
    x = np.random.default_rng(2).choice([-1.0, 1.0], size=(n, steps, 1))
    return x, np.concatenate([np.zeros((n, 1, 1)), x[:, :-1]], axis=1)


def test_windows_of_time_carry_the_state_and_end_the_gradient() -> None:
    x, y = sequences()
    kept: dict[str, Any] = {"return_sequences": True, "stateful": True}
    layers = [SimpleRNN(3, **kept), LSTM(4, **kept), SimpleRNN(1, **kept)]
    model = Sequential(layers, (4, 1), dtype="float64")
    model.compile(SGD(0.1), "mse")
    other = Sequential(model.layers, (4, 1), dtype="float64")
    other.compile(SGD(0.1), "mse")
    events = list(fit_truncated(model, x, y, epochs=2))
    assert [type(event) for event in events] == [*[BatchEnd] * 3, EpochEnd] * 2
    for _ in range(2):
        other.states = [{}, {}, {}]
        for start in (0, 4, 8):
            other.train_on_batch(x[:, start : start + 4], y[:, start : start + 4])
    assert (model.weights.vector == other.weights.vector).all()
    assert model.states == [{}, {}, {}]


def test_windows_of_time_learn_what_reaches_across_their_edge() -> None:
    """The symbol one step before, also at a window's first step."""
    x, y = sequences(n=30, steps=20)
    model = Sequential(
        [
            SimpleRNN(8, return_sequences=True, stateful=True),
            SimpleRNN(1, "linear", return_sequences=True, stateful=True),
        ],
        (5, 1),
    )
    model.compile(Adam(0.02), "mse")
    losses = [e.loss for e in fit_truncated(model, x, y, 80) if isinstance(e, EpochEnd)]
    assert losses[-1] < 0.05 < losses[0]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: fit(network(), *data("mse"), early_stopping=EarlyStopping()), "validation_data"),
        (lambda: fit(network(), *data("mse"), sample_weight=[1.0]), r"\(7,\); received \(1,\)"),
        (
            lambda: fit(
                network(output="softmax", loss="categorical_crossentropy"),
                *data("categorical_crossentropy"),
                class_weight={0: 1.0},
            ),
            r"none was given for \[1",
        ),
        (lambda: fit_truncated(network(), *data("mse")), "stateful=True"),
    ],
)
def test_errors_teach(call, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        list(call())
