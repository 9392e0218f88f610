"""What the NumPy line beside an equation may call, and the equations' index shifts as functions."""

import inspect
import math
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.plain import activations
from nn_core.plain.layers import windows

erf: Callable[[Array], Array] = np.vectorize(math.erf, otypes=[float])


def before(h_0: Array, h: Array) -> Array:
    """h_(t-1) at every step. h_0: (N, U), h: (N, T, U) -> (N, T, U)."""
    return np.concatenate([h_0[:, None], h[:, :-1]], axis=1)


def after(d: Array) -> Array:
    """d_(t+1) at every step, and 0 after the last. d: (N, T, ...) -> (N, T, ...)."""
    return np.concatenate([d[:, 1:], np.zeros_like(d[:, :1])], axis=1)


def flat(z: Array) -> Array:
    """The gates side by side, as the kernels have them. z: (..., gates, U) -> (..., gates U)."""
    return z.reshape(*z.shape[:-2], -1)


def gates(z: Array, count: int) -> Array:
    """Each gate on its own, the reverse of `flat`. z: (..., gates U) -> (..., gates, U)."""
    return z.reshape(*z.shape[:-1], count, -1)


def add_windows(parts: Array, shape: Shape, strides: tuple[int, ...], padding: str) -> Array:
    """The reverse of `windows`: adds what each window has to the cells it saw.

    parts: (N, H', W', K, K, C), shape: (N, H, W, C) -> an array of that shape.
    """
    places = np.arange(math.prod(shape[1:]), dtype=float).reshape(1, *shape[1:])
    seen = windows(places, parts.shape[3:5], strides, padding, -1.0)[0].astype(int)
    total = np.zeros((shape[0], places.size + 1))
    for n in range(shape[0]):
        # Place -1, the last one, gathers what falls into a margin.
        np.add.at(total[n], seen, parts[n])
    return total[:, :-1].reshape(shape)


# The names that a line may use besides its own arrays.
NAMES: MappingProxyType[str, Any] = MappingProxyType(
    {
        "np": np,
        "erf": erf,
        **{name: f for name, f in vars(activations).items() if inspect.isfunction(f)},
        **{f.__name__: f for f in (windows, add_windows, before, after, flat, gates)},
    }
)
