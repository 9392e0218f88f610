"""What a loss is: one number for how wrong a prediction is, and its gradient."""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array, Shape
from nn_core.registry import Registry

# Keras keeps probabilities this far from 0 and 1 before a logarithm.
EPSILON = 1e-7


class Loss:
    """A loss over predictions a and targets y, (N, ..., U); its fields are its Keras config."""

    equation: str
    latex: str
    backward_equation: str
    backward_latex: str
    # The same as NumPy, a setting of the loss in braces.
    numpy: str
    backward_numpy: str

    def values(self, y: Array, a: Array) -> Array:
        """y, a: (N, ..., U) -> the loss of each sample (and position): (N, ...)."""
        raise NotImplementedError

    def forward(self, y: Array, a: Array) -> float:
        """y, a: (N, ..., U) -> mean loss."""
        return float(self.values(y, a).mean())

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        """y, a: (N, ..., U) -> da: (N, ..., U)."""
        raise NotImplementedError

    def target(self, y: npt.ArrayLike, n: int, shape: Shape, dtype: Any) -> Array:
        """y as an array of targets for n outputs of `shape`; (N,) becomes (N, 1) for one output.

        Raises ValueError if the shape does not fit.
        """
        data = np.asarray(y, dtype)
        if data.shape == (n,) and shape == (1,):
            data = data[:, None]
        if data.shape != (n, *shape):
            raise ValueError(
                f"The model expects y of shape {(n, *shape)}; received {data.shape}. "
                "Targets have one row a sample and one column an output."
            )
        return data


class LogitsLoss(Protocol):
    """A loss that has a simpler and exact form together with one activation."""

    activation: str
    logits_equation: str
    logits_latex: str
    logits_backward_equation: str
    logits_backward_latex: str
    # The same as NumPy: {z} stands for the logits, {a} for what the activation makes of them.
    logits_numpy: str
    logits_backward_numpy: str

    @property
    def from_logits(self) -> bool:
        """Whether the network itself ends in logits: its output layer is then linear."""
        ...

    def values_logits(self, y: Array, z: Array) -> Array:
        """y, z: (N, ..., U) -> the loss of each sample (and position): (N, ...)."""
        ...

    def forward_logits(self, y: Array, z: Array) -> float:
        """y, z: (N, ..., U) -> mean loss of activation(z)."""
        ...

    def backward_logits(self, y: Array, a: Array, out: Array | None = None) -> Array:
        """y, a = activation(z): (N, ..., U) -> dz: (N, ..., U)."""
        ...

    def target(self, y: npt.ArrayLike, n: int, shape: Shape, dtype: Any) -> Array:
        """As Loss.target."""
        ...


def rows(y: Array) -> int:
    """How many distributions y holds: all axes but the last."""
    return y.size // y.shape[-1]


def log_sum_exp(z: Array) -> Array:
    """z: (N, ..., U) -> log sum_j e^z_j: (N, ..., 1), without overflow."""
    top = z.max(axis=-1, keepdims=True)
    return np.log(np.exp(z - top).sum(axis=-1, keepdims=True)) + top


def at(a: Array, y: Array) -> Array:
    """a: (N, ..., U), y: (N, ...) class numbers -> a_y: (N, ...)."""
    return np.take_along_axis(a, y[..., None], -1)[..., 0]


LOSSES: Registry[Loss] = Registry("loss")
