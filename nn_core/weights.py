"""The weights of a whole network in one flat vector, with a view for every layer and name."""

import math
from collections.abc import Sequence

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS
from nn_core.layers.base import Layer, Weight
from nn_core.layers.parameters import Parameters, Scratch


class Memory:
    """What passes over one batch size compute in: gradients, and each layer's arrays."""

    def __init__(self, gradient: Array, parameters: list[Parameters]) -> None:
        self.gradient = gradient
        self.parameters = parameters
        self.dloss: Array | None = None


class FlatWeights:
    """One vector of P weights, in the order of the layers, and one of their gradients."""

    def __init__(self, layers: Sequence[Layer], shapes: Sequence[Shape], dtype: np.dtype) -> None:
        """shapes: each layer's input shape without the batch."""
        self.specs: list[list[Weight]] = [
            layer.weights(shape) for layer, shape in zip(layers, shapes)
        ]
        self.lowest = next((i for i, specs in enumerate(self.specs) if specs), len(self.specs))
        size = sum(math.prod(weight.shape) for specs in self.specs for weight in specs)
        self.dtype = dtype
        self.vector = np.zeros(size, dtype)
        self.gradient = np.zeros(size, dtype)
        self.own = self._place(self.gradient)
        self._kept: dict[int, Memory] = {}
        self._glance: Memory | None = None

    def initialise(self, rng: np.random.Generator) -> None:
        """Draws every weight anew, layer by layer."""
        for own, specs in zip(self.own, self.specs):
            for weight in specs:
                draw = INITIALIZERS.get(weight.initializer)
                own[weight.name][...] = draw(rng, weight.shape)

    def kept(self, n: int) -> Memory:
        """Memory for batches of n, the same at every call; of four sizes the oldest goes first."""
        found = self._kept.get(n)
        if found is None:
            if len(self._kept) >= 4:
                del self._kept[next(iter(self._kept))]
            found = self._kept[n] = Memory(self.gradient, self._place(self.gradient))
            for params in found.parameters[: self.lowest + 1]:
                params.wants_dx = False
        return found

    def fresh(self) -> Memory:
        """Memory that nobody else writes into, for what is kept: traces and predictions."""
        gradient = np.zeros_like(self.vector)
        return Memory(gradient, self._place(gradient))

    def glance(self) -> Memory:
        """Memory for a look at samples beside the training, the same at every call."""
        if self._glance is None:
            self._glance = self.fresh()
        return self._glance

    def forget(self) -> None:
        """Drops kept memory: a layer has changed."""
        self._kept.clear()
        self._glance = None

    def _place(self, gradient: Array) -> list[Parameters]:
        scratch = Scratch(self.dtype)
        placed: list[Parameters] = []
        start = 0
        for specs in self.specs:
            shapes = {weight.name: weight.shape for weight in specs}
            stop = start + sum(math.prod(shape) for shape in shapes.values())
            placed.append(
                Parameters(shapes, self.vector[start:stop], gradient[start:stop], scratch)
            )
            start = stop
        return placed
