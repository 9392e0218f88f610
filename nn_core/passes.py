"""One walk up and one walk down a stack of layers, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.layers.base import Layer, State
from nn_core.layers.parameters import Parameters

# A run that has gone wrong meets infinity and NaN; they are results to be shown, not warnings.
QUIET: dict[str, Any] = {
    "over": "ignore",
    "invalid": "ignore",
    "divide": "ignore",
    "under": "ignore",
}


@dataclass(frozen=True)
class Passes:
    """One forward and backward pass, with all that was computed on the way.

    caches, parameters and upstream hold one entry a layer; upstream is the gradient that the layer
    received from above, dx the one that reaches the input. out: (N, U) is what the stack put out,
    a: (N, U) the prediction. The gradient (P,) includes the penalties.
    """

    caches: list[Any]
    parameters: list[Parameters]
    upstream: list[Array]
    dx: Array
    out: Array
    a: Array
    data_loss: float
    penalty: float
    gradient: Array

    @property
    def loss(self) -> float:
        return self.data_loss + self.penalty


def walk_up(
    stack: Sequence[Layer],
    parameters: Sequence[Parameters],
    states: Sequence[State],
    x: Array,
    training: bool,
    rng: np.random.Generator,
) -> tuple[Array, list[Any], list[State]]:
    """x: (N, ...) -> (output of the last layer, caches, states), one a layer."""
    caches: list[Any] = []
    after: list[State] = []
    for layer, params, state in zip(stack, parameters, states):
        x, state, cache = layer.forward(params, state, x, training, rng)
        caches.append(cache)
        after.append(state)
    return x, caches, after


def walk_down(
    stack: Sequence[Layer],
    parameters: Sequence[Parameters],
    caches: Sequence[Any],
    dy: Array,
    upstream: list[Array] | None = None,
) -> Array:
    """dy: (N, ...) of the last layer's output -> dx of the stack's input; fills all gradients.

    parameters and caches may begin with layers below the stack: those are not walked through.
    `upstream`, where given, receives what each layer was handed, in the order of the stack.
    """
    for layer, params, cache in zip(reversed(stack), reversed(parameters), reversed(caches)):
        if upstream is not None:
            upstream.insert(0, dy)
        dy, _ = layer.backward(params, dy, cache)
    return dy
