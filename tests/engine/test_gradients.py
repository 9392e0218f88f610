"""Every gradient against finite differences in float64, along random directions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core import Sequential
from nn_core.activations import ACTIVATIONS
from nn_core.layers import Dense
from nn_core.losses import Loss
from nn_core.regularizers import L1L2
from tests.engine.cases import CONFIGURED, PAIRS, data, network

STEP = 1e-6


def check(model: Sequential, x: np.ndarray, y: np.ndarray, seed: int = 0) -> None:
    """gradient . direction against (L(w + h d) - L(w - h d)) / 2h, to 1e-6 relative."""
    rng = np.random.default_rng(seed)
    analytic = np.concatenate([g.ravel() for g in model.gradients(x, y)])
    w = model.weights.vector
    start = w.copy()
    for _ in range(3):
        direction = rng.standard_normal(w.size)
        w[:] = start + STEP * direction
        above = model.evaluate(x, y)
        w[:] = start - STEP * direction
        below = model.evaluate(x, y)
        w[:] = start
        numeric = (above - below) / (2 * STEP)
        product = float(analytic @ direction)
        scale = float(np.abs(analytic) @ np.abs(direction))
        assert abs(product - numeric) <= 1e-6 * max(scale, 1e-3), (product, numeric)


@pytest.mark.parametrize("name", ACTIVATIONS.names())
def test_every_activation(name: str) -> None:
    check(network(hidden=name), *data("mse"))


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_every_loss_behind_every_output(loss: str, output: str) -> None:
    check(network(output=output, loss=loss), *data(loss))


@pytest.mark.parametrize(("kind", "chosen"), CONFIGURED)
def test_every_loss_with_settings(kind: str, chosen: Loss) -> None:
    check(network(loss=chosen), *data(kind))


def test_penalties() -> None:
    model = Sequential(
        [Dense(5, "tanh", kernel_regularizer=L1L2(0.1, 0.2)), Dense(3)], (4,), dtype="float64"
    )
    model.compile("sgd", "mse")
    check(model, *data("mse"))


@settings(max_examples=40, deadline=None)
@given(
    units=st.lists(st.integers(1, 9), max_size=6),
    names=st.lists(st.sampled_from(["tanh", "sigmoid", "linear", "softmax"]), min_size=6),
    inputs=st.integers(1, 6),
    n=st.integers(1, 12),
    seed=st.integers(0, 10_000),
)
def test_any_stack(units: list[int], names: list[str], inputs: int, n: int, seed: int) -> None:
    layers = [Dense(u, activation=name) for u, name in zip(units, names)]
    model = Sequential([*layers, Dense(2)], (inputs,), seed=seed, dtype="float64")
    model.compile("sgd", "mse")
    rng = np.random.default_rng(seed)
    check(model, rng.normal(size=(n, inputs)), rng.normal(size=(n, 2)), seed)
