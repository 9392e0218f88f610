"""Whatever is wrong with data, run or rule: what is expected, what came, and what to do."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nn_core import Sequential
from nn_core.layers import BatchNormalization, Dense, Dropout, LayerNormalization
from nn_core.losses import MeanSquaredError
from nn_core.optimizers import SGD, Adam
from nn_core.regularizers import L1, L1L2, L2
from nn_core.resize import widen
from nn_core.schedules import OneCycle, PiecewiseConstantDecay
from nn_core.training import EarlyStopping, fit
from tests.engine.cases import data, network

X, Y = data("mse")
RNG = np.random.default_rng(0)
SPARSE = "sparse_categorical_crossentropy"


def sparse(y: list[float]) -> Callable[[], object]:
    model = network(output="softmax", loss=SPARSE)
    return lambda: model.evaluate(X[: len(y)], y)


def run(**settings: Any) -> Callable[[], object]:
    return lambda: list(fit(network(), X, Y, **settings))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: network().predict([["a"] * 4]), "x expects numbers; received <U1"),
        (lambda: network().predict([[None] * 4]), "every missing value one too"),  # type: ignore[list-item]
        (lambda: network().predict([[1, 2], [3]]), "rows of the same length"),  # type: ignore[list-item]
        (lambda: network().evaluate(X, [["a", "b", "c"]] * 7), "y expects numbers"),
        (lambda: network().evaluate(X[:0], Y[:0]), "one sample or more; received none"),
        (lambda: network().train_on_batch(X[:0], Y[:0]), "one sample or more; received none"),
        (lambda: network().train_on_batch(X, Y, [1, 2]), r"\(7,\); received \(2,\)"),
        (sparse([7.0, 0.0]), "class numbers from 0 to 2; received 7.0 to 7.0"),
        (sparse([0.0, 0.5]), "class numbers from 0 to 2; received 0.5 to 0.5"),
        (sparse([0.0, float("nan")]), "class numbers from 0 to 2; received nan"),
    ],
)
def test_data(call: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (run(batch_size=0), "batch_size expects a whole number of 1 or more; received 0"),
        (run(batch_size=2.5), "batch_size expects a whole number of 1 or more; received 2.5"),
        (run(epochs=-1), "epochs expects a whole number of 0 or more; received -1"),
        (lambda: EarlyStopping(patience=-1), "patience expects a whole number of 0 or more"),
        (lambda: EarlyStopping("accuracy"), "val_loss or loss; received 'accuracy'"),  # type: ignore[arg-type]
        (lambda: network().compile(Adam), r"an object; received .*Try Adam\(0.01\)"),  # type: ignore[arg-type]
        (lambda: network().compile("sgd", MeanSquaredError), 'Try loss="mse"'),  # type: ignore[arg-type]
        (lambda: network().replace_layer(3, Dense(3)), "from 0 to 2; received 3"),
        (lambda: widen(network(), "dense_1", 6.5, RNG), "units expects a whole number"),  # type: ignore[arg-type]
        (lambda: Sequential([Dense], (3,)), r"received <class .*Try Dense\(8\)"),  # type: ignore[list-item]
        (lambda: Sequential([Dense(2)], (0,)), r"batch left out; received \(0,\)"),
        (lambda: Sequential([Dense(2)], ()), r"batch left out; received \(\)"),
        (lambda: Sequential([Dense(2)], 3), "batch left out; received 3"),  # type: ignore[arg-type]
        (lambda: Sequential([Dense(2)], (3,), seed=-1), "seed expects a whole number of 0"),
        (lambda: Sequential([Dense(2, name="a/b")], (3,)), "no slash, .* received 'a/b'"),
    ],
)
def test_runs_and_networks(call: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: SGD("0.1"), "learning_rate of 0 or more; received '0.1'"),  # type: ignore[arg-type]
        (lambda: SGD(float("nan")), "learning_rate of 0 or more; received nan"),
        (lambda: Adam(weight_decay=-1), "weight_decay of 0 or more; received -1"),
        (lambda: Adam(epsilon=-1), "epsilon of 0 or more; received -1"),
        (lambda: Adam(clipnorm=0.0), "clipnorm above 0; received 0.0. Try 1.0"),
        (lambda: SGD(clipvalue=-1.0), "clipvalue above 0; received -1.0"),
        (lambda: L1(-0.1), "l1 of 0 or more; received -0.1"),
        (lambda: L2("a"), "l2 of 0 or more; received 'a'"),  # type: ignore[arg-type]
        (lambda: L1L2(0.1, -1), "L1L2 expects l2 of 0 or more; received -1"),
        (lambda: PiecewiseConstantDecay((5, 3), (1, 2, 3)), "rising boundaries"),
        (lambda: OneCycle(-1.0, 10), "a rate of 0 or more"),
        (lambda: Dense("8"), "units as a whole number of 1 or more; received '8'"),  # type: ignore[arg-type]
        (lambda: Dense(True), "units as a whole number of 1 or more; received True"),
        (lambda: Dropout("a"), "rate from 0 to below 1; received 'a'"),  # type: ignore[arg-type]
        (lambda: BatchNormalization(epsilon=0), "epsilon above 0; received 0"),
        (lambda: LayerNormalization(epsilon=-1), "epsilon above 0; received -1"),
    ],
)
def test_rules_and_layers(call: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()
