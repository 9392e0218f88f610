"""A stack of layers with its weights: what a network is, before anything says how it learns."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nn_core import data
from nn_core.arrays import DTYPES, Array, Shape
from nn_core.layers.base import Layer, State
from nn_core.names import named, table
from nn_core.weights import FlatWeights


class Stack:
    """Layers, the shapes between them, their weights in one vector, and what they carry along."""

    def __init__(self, layers: Sequence[Layer], input_shape: Shape, seed: int, dtype: str) -> None:
        """As `Sequential`. Raises ValueError where a layer does not fit on the one below."""
        if dtype not in DTYPES:
            raise ValueError(f"Sequential expects dtype float32 or float64; received {dtype!r}.")
        if not layers:
            raise ValueError("Sequential expects one layer or more; received none. Add Dense(1).")
        for layer in layers:
            data.kind("A layer of Sequential", layer, Layer, "Dense(8)")
        self.input_shape = data.shape_of(input_shape)
        self.seed = data.whole("seed", seed, 0)
        self.dtype = DTYPES[dtype]
        self.layers = named(layers)
        self.shapes = [self.input_shape]
        for layer in self.layers:
            layer.weights(self.shapes[-1])
            self.shapes.append(layer.output_shape(self.shapes[-1]))
        self.weights = FlatWeights(self.layers, self.shapes, self.dtype)
        self.rng = np.random.default_rng(seed)
        self.weights.initialise(self.rng)
        self.states: list[State] = [
            {key: array.astype(self.dtype) for key, array in layer.initial_state(shape).items()}
            for layer, shape in zip(self.layers, self.shapes)
        ]
        # What is saved of them. What a sequence starts from belongs to a batch, not to the model.
        self._saved = [tuple(state) for state in self.states]

    @property
    def output_shape(self) -> Shape:
        """The shape of a prediction, without the batch."""
        return self.shapes[-1]

    @property
    def named_weights(self) -> dict[str, Array]:
        """Trained arrays by name ("dense_1/kernel"). Writing into one changes the model."""
        return {
            f"{layer.name}/{name}": array
            for layer, own in zip(self.layers, self.weights.own)
            for name, array in own.values.items()
        }

    @property
    def trainable_weights(self) -> list[Array]:
        """The trained arrays themselves, in Keras's order. Writing into one changes the model."""
        return list(self.named_weights.values())

    def get_weights(self) -> list[Array]:
        """Copies of all arrays, trained and carried, in the order of Keras's get_weights()."""
        return [array.copy() for array in self._arrays()]

    def set_weights(self, weights: Sequence[npt.ArrayLike]) -> None:
        """Copies arrays in, in the order of get_weights(). Raises ValueError on a wrong shape."""
        targets = self._arrays()
        received = [np.shape(value) for value in weights]
        if received != [target.shape for target in targets]:
            raise ValueError(
                f"set_weights expects arrays of shapes {[t.shape for t in targets]}; received "
                f"{received}. Take them from get_weights() of a model with the same layers."
            )
        for target, value in zip(targets, weights):
            target[...] = value

    def _arrays(self) -> list[Array]:
        return [
            array
            for own, state, saved in zip(self.weights.own, self.states, self._saved)
            for array in (*own.values.values(), *(state[name] for name in saved))
        ]

    def input(self, x: npt.ArrayLike) -> Array:
        """x as an array of the model's dtype. Raises ValueError unless it is (N, *input_shape)."""
        return data.inputs(x, self.input_shape, self.dtype)

    def summary(self) -> str:
        """A table of layers, output shapes and parameter counts."""
        return table(self.layers, self.shapes[1:], self.weights.specs)
