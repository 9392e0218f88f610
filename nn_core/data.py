"""What goes into a network: x, y and the weights of samples as arrays, or what is wrong with them.

Every function raises ValueError that says what is expected, what came, and what to do.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array, Shape


def numbers(value: npt.ArrayLike, name: str, dtype: np.dtype | None = None) -> Array:
    """value as an array of numbers, whatever its shape."""
    try:
        found = np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"{name} expects rows of the same length; received some that differ. Cut or fill up "
            "the shorter ones."
        ) from error
    if found.dtype.kind not in "buif":
        raise ValueError(
            f"{name} expects numbers; received {found.dtype}. Give every category a number, and "
            "every missing value one too."
        )
    return found if dtype is None else found.astype(dtype, copy=False)


def inputs(value: npt.ArrayLike, shape: Shape, dtype: np.dtype) -> Array:
    """x as an array of (N, *shape)."""
    data = numbers(value, "x", dtype)
    if data.shape[1:] != shape or data.ndim == 0:
        expected = ", ".join(("N", *map(str, shape)))
        raise ValueError(
            f"The model expects x of shape ({expected}); received {data.shape}. "
            "Samples stand in rows; one sample is x[None]."
        )
    return data


def weights(value: npt.ArrayLike | None, n: int, dtype: np.dtype) -> Array | None:
    """What each of n samples counts: (n,), or None."""
    if value is None:
        return None
    found = numbers(value, "sample_weight", dtype)
    if found.shape != (n,):
        raise ValueError(
            f"sample_weight expects one number a sample, {(n,)}; received {found.shape}."
        )
    return found


def whole(name: str, value: Any, least: int, most: int | None = None) -> int:
    """value as a whole number of `least` or more, and of `most` or less."""
    bounds = f"of {least} or more" if most is None else f"from {least} to {most}"
    fits = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not fits or value < least or (most is not None and value > most):
        raise ValueError(f"{name} expects a whole number {bounds}; received {value!r}.")
    return int(value)


def targets(value: npt.ArrayLike, n: int) -> Array:
    """y as numbers, for n samples; the loss looks at its shape. A loss of none would be 0 / 0."""
    if not n:
        raise ValueError("x and y expect one sample or more; received none. Look at what was read.")
    return numbers(value, "y")


def kind(name: str, value: Any, expected: type, example: str) -> None:
    """Refuses what is no `expected`: a class in place of an object is the common slip."""
    if not isinstance(value, expected):
        raise ValueError(f"{name} expects a name or an object; received {value!r}. Try {example}.")


def shape_of(value: Any) -> Shape:
    """An input shape: whole numbers of 1 or more, the batch left out."""
    sizes: tuple[Any, ...] = tuple(value) if isinstance(value, tuple | list) else ()
    if not sizes or any(not isinstance(n, int | np.integer) or n < 1 for n in sizes):
        raise ValueError(
            f"input_shape expects whole numbers of 1 or more, the batch left out; received "
            f"{value!r}. Two features are (2,), a picture is (28, 28, 1)."
        )
    return tuple(map(int, sizes))
