"""The one array type of the engine, and its two precisions."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Shape: TypeAlias = tuple[int, ...]
DTYPES = {"float32": np.dtype(np.float32), "float64": np.dtype(np.float64)}


def as_keras_casts(value: float) -> float:
    """A hyper-parameter as Keras's TensorFlow backend sees it.

    `ops.cast(0.9, "float64")` goes through float32: Keras computes with 0.8999999761581421, and so
    do we, or networks in float64 would part after some steps.
    """
    return float(np.float32(value))
