"""Sequences: what the recurrent layers share.

They compute time-major: (T, N, ...) keeps each time step in one piece of memory. Time counts in the
order of reading, so that with go_backwards t = 0 is the last element of x, as in Keras. What a
layer starts from, h and c, is its state in `Sequential.states`: absent it is zero, set it is an
explicit initial state, and a stateful layer puts its last h and c there after every batch.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS, Initializer
from nn_core.layers import checks
from nn_core.layers.base import Grads, State, Weight
from nn_core.layers.parameters import Parameters
from nn_core.regularizers import Regularizer


class Recurrent(Protocol):
    """The fields that SimpleRNN, LSTM and GRU have in common."""

    @property
    def name(self) -> str: ...
    @property
    def units(self) -> int: ...
    @property
    def use_bias(self) -> bool: ...
    @property
    def kernel_initializer(self) -> str | Initializer: ...
    @property
    def recurrent_initializer(self) -> str | Initializer: ...
    @property
    def bias_initializer(self) -> str | Initializer: ...
    @property
    def kernel_regularizer(self) -> Regularizer | None: ...
    @property
    def recurrent_regularizer(self) -> Regularizer | None: ...
    @property
    def bias_regularizer(self) -> Regularizer | None: ...
    @property
    def return_sequences(self) -> bool: ...
    @property
    def go_backwards(self) -> bool: ...
    @property
    def stateful(self) -> bool: ...


class Gated(Recurrent, Protocol):
    """The fields that LSTM and GRU add."""

    @property
    def activation(self) -> str: ...
    @property
    def recurrent_activation(self) -> str: ...


def check(layer: Recurrent) -> None:
    """Raises ValueError unless units and initialisers can be used."""
    checks.whole(layer, "units", layer.units, 16)
    for name in (layer.kernel_initializer, layer.recurrent_initializer, layer.bias_initializer):
        INITIALIZERS.get(name)


def weights(
    layer: Recurrent,
    input_shape: Shape,
    gates: int,
    bias_shape: Shape,
    bias_initializer: str | Initializer,
) -> list[Weight]:
    """kernel (D, gates U), recurrent_kernel (U, gates U) and bias."""
    checks.axes(layer, input_shape, "T, D", "Add a feature axis: x[..., None].")
    columns = gates * layer.units
    found = [
        Weight(
            "kernel",
            (input_shape[1], columns),
            layer.kernel_initializer,
            layer.kernel_regularizer,
        ),
        Weight(
            "recurrent_kernel",
            (layer.units, columns),
            layer.recurrent_initializer,
            layer.recurrent_regularizer,
        ),
    ]
    bias = Weight("bias", bias_shape, bias_initializer, layer.bias_regularizer)
    return [*found, bias] if layer.use_bias else found


@dataclass(frozen=True)
class ForgettingNothing(Initializer):
    """A bias as `other` draws it, but one in the forget gate, the second of an LSTM's four."""

    other: Initializer
    units: int

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        values = self.other(rng, shape)
        values[self.units : 2 * self.units] = 1
        return values


def output_shape(layer: Recurrent, input_shape: Shape) -> Shape:
    """(T, U) or (U,)."""
    return (input_shape[0], layer.units) if layer.return_sequences else (layer.units,)


def swapped(array: Array) -> Array:
    """(T, N, ...) <-> (N, T, ...), a view."""
    return array.swapaxes(0, 1)


def time_major(layer: Recurrent, params: Parameters, x: Array) -> Array:
    """x: (N, T, D) -> (T N, D) in the order of reading, the samples of a time step together."""
    held = params.array("x_t", (x.shape[1], len(x), x.shape[2]))
    held[...] = swapped(x)[::-1] if layer.go_backwards else swapped(x)
    return held.reshape(-1, x.shape[2])


def before_ones(layer: Recurrent, params: Parameters, steps: int, n: int) -> Array:
    """(T + 1, N, U + 1) for h_0 to h_T before a column of ones (or without it, without bias).

    h R + b is then one product: R and b lie together in the flat vector of weights.
    """
    held = params.array("h", (steps + 1, n, layer.units + layer.use_bias))
    held[..., layer.units :] = 1
    return held


def start(layer: Recurrent, state: State, name: str, into: Array) -> None:
    """Writes the initial h or c: (N, U), zero where the state has none."""
    given = state.get(name)
    if given is None:
        into.fill(0)
        return
    if given.shape != into.shape:
        raise ValueError(
            f"{checks.title(layer)} expects an initial {name} of shape {into.shape}; received "
            f"{given.shape}. Keep the batch size, or clear it: model.states[index] = {{}}."
        )
    into[...] = given


def carried(layer: Recurrent, state: State, **last: Array) -> State:
    """The state after a batch: where it ended if stateful, else as it was."""
    return {name: array.copy() for name, array in last.items()} if layer.stateful else state


def output(layer: Recurrent, h: Array) -> Array:
    """h: (T, N, U) -> all of it as (N, T, U), or the last one (N, U)."""
    return swapped(h) if layer.return_sequences else h[-1]


def output_gradient(layer: Recurrent, params: Parameters, dy: Array, h: Array) -> Array:
    """What dy adds to dL/dh at each step: (T, N, U), kept. Time then adds the rest to it."""
    dh = params.array("dh", h.shape)
    if layer.return_sequences:
        dh[...] = swapped(dy)
    else:
        dh.fill(0)
        dh[-1] = dy
    return dh


def transposed(params: Parameters) -> Array:
    """R^T laid out anew: a product with it then takes half the time, and there is one a step."""
    recurrent = params["recurrent_kernel"]
    held = params.array("R^T", recurrent.shape[::-1])
    held[...] = recurrent.T
    return held


def weight_gradients(params: Parameters, dz: Array) -> Grads:
    """dW = sum_t x_t^T dz_t; dR, db = sum_t [h_{t-1}, 1]^T dz_t, each one product."""
    rows = dz.reshape(-1, dz.shape[-1])
    x_t, before = params.arrays["x_t"], params.arrays["h"]
    np.dot(x_t.reshape(len(rows), -1).T, rows, params.gradients["kernel"])
    np.dot(before[:-1].reshape(len(rows), -1).T, rows, params.dblock[x_t.shape[2] :])
    return params.gradients


def input_gradient(layer: Recurrent, params: Parameters, dz: Array, n: int) -> Array:
    """dx = dz W^T, for all time steps at once. dz: (T N, G) -> dx: (N, T, D)."""
    kernel = params["kernel"]
    dx = np.dot(dz, kernel.T, params.array("dx", (len(dz), len(kernel))))
    dx = dx.reshape(-1, n, len(kernel))
    return swapped(dx[::-1] if layer.go_backwards else dx)
