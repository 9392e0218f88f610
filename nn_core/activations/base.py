"""What an activation is: f(z) forward, and the gradient da carried back to dz."""

from typing import Protocol

from nn_core.arrays import Array
from nn_core.registry import Registry


class Activation(Protocol):
    """An element-wise (softmax: row-wise) function and its backward pass."""

    equation: str
    latex: str
    backward_equation: str
    backward_latex: str
    # The same as NumPy, {z}, {a} and {da} standing for the arrays; names as in nn_core/plain.
    numpy: str
    backward_numpy: str

    def forward(self, z: Array, out: Array | None = None) -> Array:
        """z: (N, ..., U) -> a: (N, ..., U)."""
        ...

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        """da, z, a: (N, ..., U) -> dz: (N, ..., U)."""
        ...


ACTIVATIONS: Registry[Activation] = Registry("activation")
