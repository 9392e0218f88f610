"""Gates: the parts of what a recurrent cell computes, each in one piece of memory.

A product with all kernels at once leaves the gates side by side in rows, (N, gates U). Functions
over pieces of rows take twice the time of functions over whole arrays, so each gate gets its own.
"""

import numpy as np

from nn_core.activations import Activation
from nn_core.arrays import Array

# So many numbers are computed ahead at once.
CACHED = 2**16


def by_gate(rows: Array, u: int) -> Array:
    """(..., N, gates U) -> (..., gates, N, U), a view: each gate then lies in one piece."""
    return rows.reshape(*rows.shape[:-1], -1, u).swapaxes(-2, -3)


def samples_first(array: Array) -> Array:
    """(T, gates, N, U) -> (N, T, gates, U), a view."""
    return array.transpose(2, 0, 1, 3)


def apply(f: Activation, z: Array, out: Array) -> None:
    """out = f(z)."""
    a = f.forward(z, out)
    if a is not out:
        out[...] = a


def apply_slope(f: Activation, da: Array, z: Array, a: Array, out: Array) -> None:
    """out = da f'(z)."""
    dz = f.backward(da, z, a, out)
    if dz is not out:
        out[...] = dz


def slope(f: Activation, z: Array, a: Array, out: Array) -> None:
    """out = f'(z), for an f that goes number by number."""
    apply_slope(f, np.ones((), out.dtype), z, a, out)


def spans(steps: int, numbers: int) -> list[range]:
    """Time cut into pieces, from its end: of so many steps that `numbers` a step stay in cache."""
    size = max(1, CACHED // numbers)
    return [range(max(0, stop - size), stop) for stop in range(steps, 0, -size)]
