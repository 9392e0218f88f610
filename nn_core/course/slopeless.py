"""Training with a fault that course texts teach: a hidden layer's gradient without f'(z).

The right hidden gradient is dz = da f'(z); here it is dz = da. Everything else is the engine's, so
that nothing but the missing factor can be the reason for what happens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, count, islice

import numpy as np

from nn_core.arrays import Array
from nn_core.datasets import make
from nn_core.layers import Dense
from nn_core.layers.base import UNREAD, Grads
from nn_core.layers.dense import DenseCache
from nn_core.layers.parameters import Parameters
from nn_core.network import Sequential
from nn_core.optimizers import SGD
from nn_core.training import batches

UNITS, POINTS, RATE, BATCH = 8, 500, 0.1, 10
FIRST = "dense_1/kernel"


@dataclass(frozen=True)
class Slopeless(Dense):
    """A Dense layer whose backward pass leaves out its activation's derivative. It is wrong."""

    def backward(self, params: Parameters, dy: Array, cache: DenseCache) -> tuple[Array, Grads]:
        """dy = da: (N, U) -> dx: (N, D), as if dz were da."""
        # dz = da, where dz = da f'(z) is right
        dz = params.kept["dz"] = params.array("dz", dy.shape)
        np.copyto(dz, dy)
        grads = params.affine_gradients(dz)
        if not params.wants_dx:
            return UNREAD, grads
        return np.dot(dz, params["kernel"].T, params.array("dx", cache.x.shape)), grads


@dataclass(frozen=True)
class Untaught(Dense):
    """A Dense layer that keeps the weights it was drawn with."""

    def backward(self, params: Parameters, dy: Array, cache: DenseCache) -> tuple[Array, Grads]:
        """dy = da: (N, U) -> dx: (N, D), and gradients of zero."""
        dx, grads = super().backward(params, dy, cache)
        for gradient in grads.values():
            gradient[...] = 0
        return dx, grads


@dataclass(frozen=True)
class Trained:
    """The share of train points that are right, and how alike the hidden units' gradients were, on
    the mean over the updates."""

    right: float
    alike: float


def trained(layer: Callable[[int, str], Dense], dataset: str, seed: int, updates: int) -> Trained:
    """2-8-1 with tanh after so many updates."""
    data = make(dataset, POINTS, 0.0, 0.5, seed)
    x, y = data.train_x.astype(np.float32), data.train_y.astype(np.float32)[:, None]
    model = Sequential([layer(UNITS, "tanh"), Dense(1, "sigmoid")], (2,), seed)
    model.compile(SGD(RATE), "binary_crossentropy")
    same: list[float] = []
    epochs = (batches(len(x), BATCH, model.rng) for _ in count())
    for batch in islice(chain.from_iterable(epochs), updates):
        same.append(alike(model.gradients(x[batch], y[batch])[0]))
        model.step(x[batch], y[batch])
    return Trained(float(np.mean((model.predict(x) > 0.5) == y)), float(np.mean(same)))


def alike(gradient: Array) -> float:
    """dW: (D, U) -> the mean |cosine| between the gradients of two units: 1 if all of them point
    along one line, 0 if none moves."""
    lengths = np.linalg.norm(gradient, axis=0)
    columns = (gradient / np.where(lengths > 0, lengths, 1)).T
    cosines = np.abs(columns @ columns.T)
    return float(cosines[np.triu_indices(len(cosines), 1)].mean())
