"""The slope of the whole loss along one weight, by moving it a little either way."""

from copy import deepcopy
from typing import Any

import numpy.typing as npt

from nn_core.network import Sequential
from nn_core.weight_names import locate


def finite_difference(
    model: Sequential, x: npt.ArrayLike, y: npt.ArrayLike, weight: str
) -> tuple[float, float]:
    """(slope, step) of the whole loss around this weight, in float64 with the same draws."""
    draws = any(layer.draws for layer in model.layers)
    # What is drawn in float32 is not what is drawn in float64.
    dtype = model.dtype.name if draws else "float64"
    twin = Sequential(model.layers, model.input_shape, model.seed, dtype)
    twin.compile(model.optimizer, model.loss or "mse")
    twin.weights.vector[:] = model.weights.vector
    twin.states = deepcopy(model.states)
    twin.rng = deepcopy(model.rng)
    at = locate(model, weight)
    before: Any = twin.weights.vector[at]
    step = (1e-5 if dtype == "float64" else 5e-3) * max(1.0, abs(float(before)))
    losses: list[float] = []
    for side in (step, -step):
        twin.weights.vector[at] = before + side
        losses.append(twin.passes(x, y).loss)
    return (losses[0] - losses[1]) / (2 * step), step
