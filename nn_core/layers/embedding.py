"""Embedding: a table of vectors, one for each word, product or symbol."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS, Initializer
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, UNREAD, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters
from nn_core.regularizers import Regularizer


class EmbeddingCache(NamedTuple):
    """x: (N, ...), row: (N, ...) as whole numbers, y: (N, ..., U)."""

    x: Array
    row: Array
    y: Array


@dataclass(frozen=True)
class Embedding(Layer):
    """y = row x of E. x: (N, ...) of whole numbers below input_dim -> y: (N, ..., output_dim).

    Source: keras.layers.Embedding.
    """

    input_dim: int
    output_dim: int
    embeddings_initializer: str | Initializer = "uniform"
    embeddings_regularizer: Regularizer | None = None

    keras_class: ClassVar[str] = "Embedding"
    reads_indices: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.whole(self, "input_dim", self.input_dim, 100)
        checks.whole(self, "output_dim", self.output_dim, 8)
        INITIALIZERS.get(self.embeddings_initializer)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """embeddings (input_dim, output_dim)."""
        shape = (self.input_dim, self.output_dim)
        start, price = self.embeddings_initializer, self.embeddings_regularizer
        return [Weight("embeddings", shape, start, price)]

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*input_shape, self.output_dim)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, EmbeddingCache]:
        """x: (N, ...) -> y: (N, ..., U)."""
        row = x.astype(np.int32)
        if (row != x).any() or row.min(initial=0) < 0 or row.max(initial=0) >= self.input_dim:
            raise ValueError(
                f"{checks.title(self)} expects whole numbers from 0 to {self.input_dim - 1}; "
                f"received {x.min()} to {x.max()}. Raise input_dim, or number from 0."
            )
        # y = E[x]
        y = params.array("y", (*x.shape, self.output_dim))
        np.take(params["embeddings"], row, axis=0, out=y, mode="clip")
        return y, state, EmbeddingCache(x, row, y)

    def backward(self, params: Parameters, dy: Array, cache: EmbeddingCache) -> tuple[Array, Grads]:
        """dy: (N, ..., U) -> dx: zero, as a look-up has no slope, and the gradient of E."""
        # dE[x] += dy: a row is the sum over all places where it was looked up
        dembeddings = params.gradients["embeddings"]
        dembeddings.fill(0)
        np.add.at(dembeddings, cache.row.ravel(), dy.reshape(-1, self.output_dim))
        if not params.wants_dx:
            return UNREAD, params.gradients
        dx = params.array("dx", cache.x.shape)
        dx.fill(0)
        return dx, params.gradients

    def forward_steps(self) -> tuple[Step, ...]:
        return (
            Step("row", "row = x as a whole number", r"k = x", ("x",), "row = x.astype(int)"),
            Step("y", "y = E[row]", r"y = E_k", ("row", "embeddings"), "y = embeddings[row]"),
        )

    def backward_steps(self) -> tuple[Step, ...]:
        d = r"\mathrm{d}"
        rows = rf"{d}E_k = \sum_{{n: k_n = k}} {d}y_n"
        one_hot = f"np.eye({self.input_dim})[row.ravel()]"
        line = f"dembeddings = {one_hot}.T @ dy.reshape(-1, {self.output_dim})"
        zero = "dx = np.zeros_like(x)"
        return (
            Step("dembeddings", "dE[row] += dy", rows, ("row", "dy"), line),
            Step("dx", "dx = 0: a look-up has no slope", rf"{d}x = 0", ("x",), zero),
        )


LAYERS.add("Embedding", Embedding)
