"""Dropout: while training, a random share of the numbers is left out."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters


class DropoutCache(NamedTuple):
    """x, y: (N, ...); mask: (N, ...), 0 where left out, else 1 / (1 - rate)."""

    x: Array
    mask: Array
    y: Array


@dataclass(frozen=True)
class Dropout(Layer):
    """y = x * mask, mask = 0 with probability rate, else 1 / (1 - rate); y = x when not training.

    A cell stays where the generator's uniform number is `rate` or more. x: (N, ...) -> y: (N, ...).
    Source: keras.layers.Dropout (Srivastava et al., 2014).
    """

    rate: float

    keras_class: ClassVar[str] = "Dropout"
    draws: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.below_one(self, "rate", self.rate, 0.2)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """None."""
        return []

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, DropoutCache]:
        """x: (N, ...) -> y: (N, ...)."""
        mask = params.array("mask", x.shape)
        if training and rng is not None:
            # mask = [uniform >= rate] / (1 - rate)
            mask[...] = rng.random(x.shape, np.float32) >= self.rate
            mask *= 1 / (1 - self.rate)
        else:
            mask.fill(1)
        # y = x * mask
        y = np.multiply(x, mask, params.array("y", x.shape))
        return y, state, DropoutCache(x, mask, y)

    def backward(self, params: Parameters, dy: Array, cache: DropoutCache) -> tuple[Array, Grads]:
        """dy: (N, ...) -> dx: (N, ...)."""
        # dx = dy * mask
        return np.multiply(dy, cache.mask, params.array("dx", dy.shape)), {}

    def forward_steps(self) -> tuple[Step, ...]:
        drawn = Step(
            "mask",
            "mask = [uniform >= rate] / (1 - rate)",
            r"m = \frac{[u \geq p]}{1 - p}",
            ("x",),
            f"mask = (rng.random(x.shape, np.float32) >= {self.rate}) / (1 - {self.rate})",
        )
        y = Step("y", "y = x * mask", r"y = x \odot m", ("x", "mask"), "y = x * mask")
        return drawn, y

    def backward_steps(self) -> tuple[Step, ...]:
        latex = r"\mathrm{d}x = \mathrm{d}y \odot m"
        return (Step("dx", "dx = dy * mask", latex, ("dy", "mask"), "dx = dy * mask"),)


LAYERS.add("Dropout", Dropout)
