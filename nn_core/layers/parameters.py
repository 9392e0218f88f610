"""One layer's place in a model: its weights, their gradients, and memory to compute in.

All weights of a model lie in one flat vector, all gradients in another; a layer sees views. A
kernel and the bias behind it are one (D + 1, U) block, and activations are kept in front of a
column of ones, so that x W + b is one matrix product, and so are both gradients. `Scratch` keeps
the arrays of one batch size from step to step: a training step then allocates nothing.
"""

from collections.abc import Mapping

import numpy as np

from nn_core.arrays import Array, Shape


class Scratch:
    """Arrays shared by the layers of a model for one batch size."""

    def __init__(self, dtype: np.dtype) -> None:
        self.dtype = dtype
        # id(view) -> the array that holds the view in front of a column of ones. The array keeps
        # its view alive, so an id cannot be given to another one.
        self._ones: dict[int, tuple[Array, Array]] = {}

    def before_ones(self, shape: Shape) -> Array:
        """A new (N, D) array, a view of an (N, D + 1) array whose last column is ones."""
        full = np.empty((shape[0], shape[1] + 1), self.dtype)
        full[:, -1] = 1
        view = full[:, :-1]
        self._ones[id(view)] = (full, view)
        return view

    def with_ones(self, x: Array) -> Array | None:
        """The (N, D + 1) array of which x is such a view, or None."""
        held = self._ones.get(id(x))
        return None if held is None else held[0]


class Parameters:
    """Named weights of one layer, as views; gradients beside them; arrays kept by name."""

    __slots__ = (
        "arrays",
        "block",
        "dblock",
        "dtype",
        "gradients",
        "has_bias",
        "kept",
        "scratch",
        "values",
    )

    def __init__(
        self,
        shapes: Mapping[str, Shape],
        flat: Array,
        gradient: Array,
        scratch: Scratch | None = None,
    ) -> None:
        """shapes: name -> shape, in the order in which they lie in flat and gradient: (P,)."""
        self.values = views(flat, shapes)
        self.gradients = views(gradient, shapes)
        self.dtype = flat.dtype
        self.has_bias = "bias" in shapes
        self.scratch = scratch or Scratch(flat.dtype)
        self.arrays: dict[str, Array] = {}
        # Intermediates of the last backward pass, by name, for whoever records a trace.
        self.kept: dict[str, Array] = {}
        last = {shape[-1] for shape in shapes.values()}
        columns = last.pop() if len(last) == 1 else 1
        self.block = flat.reshape(-1, columns)
        self.dblock = gradient.reshape(-1, columns)

    @classmethod
    def of(cls, values: Mapping[str, Array]) -> "Parameters":
        """Parameters that stand alone, for calling a layer without a model."""
        flat = np.concatenate([array.ravel() for array in values.values()] or [np.zeros(0)])
        shapes = {name: array.shape for name, array in values.items()}
        return cls(shapes, flat, np.zeros_like(flat))

    def __getitem__(self, name: str) -> Array:
        return self.values[name]

    def array(self, name: str, shape: Shape) -> Array:
        """The array kept under this name; made at the first call."""
        held = self.arrays.get(name)
        if held is None or held.shape != shape:
            held = self.arrays[name] = np.empty(shape, self.dtype)
        return held

    def output(self, name: str, shape: Shape) -> Array:
        """As `array`, for what the next layer reads: rows stand in front of a column of ones."""
        held = self.arrays.get(name)
        if held is None or held.shape != shape:
            held = self.arrays[name] = self.scratch.before_ones(shape)
        return held

    def input(self, x: Array) -> Array:
        """x itself where it stands in front of ones (or needs none), else a copy that does."""
        if not self.has_bias or self.scratch.with_ones(x) is not None:
            return x
        held = self.output("x", x.shape)
        np.copyto(held, x)
        return held

    def affine(self, x: Array, out: Array) -> Array:
        """z = x W + b. x: (N, D) from `input`, out: (N, U) -> out."""
        return np.matmul(self._left(x), self.block, out)

    def affine_gradients(self, x: Array, dz: Array) -> dict[str, Array]:
        """dW = x^T dz and db = sum dz. x: (N, D) from `input`, dz: (N, U) -> gradients by name."""
        np.matmul(self._left(x).T, dz, self.dblock)
        return self.gradients

    def _left(self, x: Array) -> Array:
        full = self.scratch.with_ones(x) if self.has_bias else x
        if full is None:
            raise ValueError("affine expects x as `Parameters.input` returns it.")
        return full


def views(flat: Array, shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """Cuts a flat vector into named arrays without a copy."""
    found: dict[str, Array] = {}
    start = 0
    for name, shape in shapes.items():
        stop = start + int(np.prod(shape))
        found[name] = flat[start:stop].reshape(shape)
        start = stop
    return found
