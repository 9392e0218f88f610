"""A loss and what it sends back, as the sum before a sigmoid moves."""

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import Array
from nn_core.layers import Dense
from nn_core.losses import LOSSES
from nn_core.network import Sequential
from nn_core.trace import record

# Losses that one output and a target of 0 or 1 are enough for; the others want a share a class.
SINGLE = tuple(name for name in LOSSES if "categorical" not in name and name != "kl_divergence")
LABELS = {
    "mse": "squared error",
    "mae": "absolute error",
    "huber": "Huber",
    "log_cosh": "log-cosh",
    "hinge": "hinge",
    "binary_crossentropy": "binary cross-entropy",
}


@dataclass(frozen=True)
class LossCurve:
    """z: (n,) sums, with each one's loss and dL/dz, (n,) each."""

    name: str
    z: Array
    loss: Array
    gradient: Array


def loss_curve(name: str, y: int, z: Array | None = None) -> LossCurve:
    """The engine's loss of sigmoid(z) against y, and its gradient by z, one sum at a time."""
    z = np.linspace(-6, 6, 121) if z is None else np.asarray(z, float)
    model = Sequential([Dense(1, "sigmoid")], (1,), dtype="float64")
    model.compile("sgd", name)
    model.set_weights([np.ones((1, 1)), np.zeros(1)])
    x, targets = z[:, None], np.full((len(z), 1), float(y))
    # The loss is a mean over the samples: times their number it is each one's own.
    gradient = record(model, x, targets)["dense_1/dz"][:, 0] * len(z)
    loss = [model.evaluate(x[i : i + 1], targets[i : i + 1]) for i in range(len(z))]
    return LossCurve(name, z, np.array(loss), gradient)


def at(name: str, y: int, z: float) -> tuple[float, float]:
    """Loss and dL/dz at one sum."""
    found = loss_curve(name, y, np.array([z]))
    return float(found.loss[0]), float(found.gradient[0])


def sigmoid(z: float) -> float:
    return float(1 / (1 + np.exp(-z)))
