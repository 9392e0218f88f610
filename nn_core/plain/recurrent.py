"""The recurrent layers as plain loops over time."""

from collections.abc import Callable

import numpy as np

from nn_core.arrays import Array
from nn_core.plain.activations import sigmoid, tanh

Function = Callable[[Array], Array]


def simple_rnn(
    x: Array,
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array | float = 0.0,
    activation: Function = tanh,
    return_sequences: bool = False,
    go_backwards: bool = False,
    h: Array | float = 0.0,
) -> Array:
    """x: (N, T, D) -> (N, U), or (N, T, U) of every step."""
    steps = x[:, ::-1] if go_backwards else x
    h, every = np.zeros((len(x), len(recurrent_kernel)), x.dtype) + h, []
    for t in range(x.shape[1]):
        h = activation(steps[:, t] @ kernel + h @ recurrent_kernel + bias)
        every.append(h)
    return np.stack(every, axis=1) if return_sequences else h


def lstm(
    x: Array,
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array | float = 0.0,
    activation: Function = tanh,
    recurrent_activation: Function = sigmoid,
    return_sequences: bool = False,
    go_backwards: bool = False,
    h: Array | float = 0.0,
    c: Array | float = 0.0,
) -> Array:
    """x: (N, T, D) -> (N, U), or (N, T, U) of every step. Gates in the order i, f, c, o."""
    steps = x[:, ::-1] if go_backwards else x
    start = np.zeros((len(x), len(recurrent_kernel)), x.dtype)
    h, c, every = start + h, start + c, []
    for t in range(x.shape[1]):
        i, f, g, o = np.split(steps[:, t] @ kernel + h @ recurrent_kernel + bias, 4, axis=1)
        c = recurrent_activation(f) * c + recurrent_activation(i) * activation(g)
        h = recurrent_activation(o) * activation(c)
        every.append(h)
    return np.stack(every, axis=1) if return_sequences else h


def gru(
    x: Array,
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array | None = None,
    activation: Function = tanh,
    recurrent_activation: Function = sigmoid,
    return_sequences: bool = False,
    go_backwards: bool = False,
    reset_after: bool = True,
    h: Array | float = 0.0,
) -> Array:
    """x: (N, T, D) -> (N, U), or (N, T, U) of every step. Gates in the order z, r, h."""
    steps = x[:, ::-1] if go_backwards else x
    units = len(recurrent_kernel)
    given = np.zeros((2, 3 * units), x.dtype) if bias is None else bias
    outside, inside = given if given.ndim == 2 else (given, 0 * given)
    h, every = np.zeros((len(x), units), x.dtype) + h, []
    for t in range(x.shape[1]):
        xz, xr, xh = np.split(steps[:, t] @ kernel + outside, 3, axis=1)
        hz, hr, hh = np.split(h @ recurrent_kernel + inside, 3, axis=1)
        z, r = recurrent_activation(xz + hz), recurrent_activation(xr + hr)
        # The reset gate stands behind the recurrent product, or before it.
        candidate = r * hh if reset_after else (r * h) @ recurrent_kernel[:, 2 * units :]
        h = z * h + (1 - z) * activation(xh + candidate)
        every.append(h)
    return np.stack(every, axis=1) if return_sequences else h


def merge(y_f: Array, y_b: Array, merge_mode: str, return_sequences: bool) -> Array:
    """What the layer read from the front and what it read from the back, brought together."""
    y_b = y_b[:, ::-1] if return_sequences else y_b
    if merge_mode == "concat":
        return np.concatenate([y_f, y_b], axis=-1)
    return {"sum": y_f + y_b, "mul": y_f * y_b, "ave": (y_f + y_b) / 2}[merge_mode]
