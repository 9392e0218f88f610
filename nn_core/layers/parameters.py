"""One layer's place in a model: its weights, their gradients, and memory to compute in.

All weights of a model lie in one flat vector, all gradients in another; a layer sees views. A
kernel and the bias behind it are one (D + 1, U) block, and activations are kept in front of a
column of ones, so that x W + b is one matrix product, and so are both gradients. `Scratch` keeps
the arrays of one batch size from step to step: a training step then allocates nothing.
"""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array, Shape


class Scratch:
    """Arrays shared by the layers of a model for one batch size."""

    def __init__(self, dtype: np.dtype) -> None:
        self.dtype = dtype
        # id(view) -> the array that holds the view in front of a column of ones, and the view,
        # which is kept alive so that its id cannot be given to another one.
        self.fronts: dict[int, tuple[Array, Array]] = {}

    def before_ones(self, shape: Shape) -> Array:
        """A new (N, D) array, a view of an (N, D + 1) array whose last column is ones."""
        full = np.empty((shape[0], shape[1] + 1), self.dtype)
        full[:, -1] = 1
        view = full[:, :-1]
        self.fronts[id(view)] = (full, view)
        return view


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
        "left",
        "parts",
        "scratch",
        "values",
        "wants_dx",
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
        # Whether anybody reads the gradient of the layer's input: below may be nothing to train.
        self.wants_dx = True
        self.left: Array | None = None
        self.parts: dict[str, Parameters] = {}
        last = {shape[-1] for shape in shapes.values()}
        columns = last.pop() if len(last) == 1 else 1
        self.block = flat.reshape(-1, columns)
        self.dblock = gradient.reshape(-1, columns)

    def part(self, prefix: str) -> "Parameters":
        """The weights whose names begin with prefix_, for a layer inside the layer; kept."""
        found = self.parts.get(prefix)
        if found is None:
            names = [name for name in self.values if name.startswith(f"{prefix}_")]
            shapes = {name.removeprefix(f"{prefix}_"): self.values[name].shape for name in names}
            before = list(self.values)[: list(self.values).index(names[0])]
            start = sum(self.values[name].size for name in before)
            stop = start + sum(self.values[name].size for name in names)
            flat, gradient = self.block.reshape(-1), self.dblock.reshape(-1)
            found = Parameters(shapes, flat[start:stop], gradient[start:stop], self.scratch)
            self.parts[prefix] = found
        found.wants_dx = self.wants_dx
        return found

    @classmethod
    def of(cls, values: Mapping[str, Array]) -> "Parameters":
        """Parameters that stand alone, for calling a layer without a model."""
        flat = np.concatenate([array.ravel() for array in values.values()] or [np.zeros(0)])
        shapes = {name: array.shape for name, array in values.items()}
        return cls(shapes, flat, np.zeros_like(flat))

    def __getitem__(self, name: str) -> Array:
        return self.values[name]

    def array(self, name: str, shape: Shape, dtype: npt.DTypeLike | None = None) -> Array:
        """The array kept under this name; at the first call zeros, of the model's dtype."""
        held = self.arrays.get(name)
        if held is None or held.shape != shape:
            held = self.arrays[name] = np.zeros(shape, dtype or self.dtype)
        return held

    def output(self, name: str, shape: Shape) -> Array:
        """As `array`, for what the next layer reads: rows stand in front of a column of ones."""
        held = self.arrays.get(name)
        if held is None or held.shape != shape:
            held = self.arrays[name] = self.scratch.before_ones(shape)
        return held

    def affine(self, x: Array, out: Array) -> Array:
        """z = x W + b. x: (N, D), out: (N, U) -> out."""
        self.left = x
        if self.has_bias:
            held = self.scratch.fronts.get(id(x))
            self.left = held[0] if held is not None else self._copied_before_ones(x)
        return np.dot(self.left, self.block, out)

    def affine_gradients(self, dz: Array) -> dict[str, Array]:
        """dW = x^T dz, db = sum dz, with x of the last `affine`. dz: (N, U) -> all gradients."""
        if self.left is None:
            raise ValueError("affine_gradients expects a call of affine before it.")
        np.dot(self.left.T, dz, self.dblock)
        return self.gradients

    def _copied_before_ones(self, x: Array) -> Array:
        copy = self.output("x", x.shape)
        copy[...] = x
        return self.scratch.fronts[id(copy)][0]


def views(flat: Array, shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """Cuts a flat vector into named arrays without a copy."""
    found: dict[str, Array] = {}
    start = 0
    for name, shape in shapes.items():
        stop = start + math.prod(shape)
        found[name] = flat[start:stop].reshape(shape)
        start = stop
    return found
