"""Pictures of digits, and a stack of convolutions and pools before a Dense output."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from nn_core.arrays import Shape
from nn_core.datasets import Split
from nn_core.digits import digits
from nn_core.layers import AveragePooling2D, Conv2D, Dense, Flatten, Layer, MaxPooling2D
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec, parted

CLASSES = tuple("0123456789")
POOLS = {"max": MaxPooling2D, "average": AveragePooling2D}
LOSSES = ("categorical_crossentropy", "sparse_categorical_crossentropy", "mse")
MOST_FILTERS = 12


@dataclass(frozen=True)
class Block:
    """A convolution, and the pool behind it."""

    filters: int = 4
    kernel_size: int = 3
    padding: Literal["valid", "same"] = "valid"
    activation: str = "relu"
    pool: Literal["max", "average", "none"] = "max"

    def layers(self, activation: str) -> list[Layer]:
        """Conv2D, and its pool if it has one."""
        found: list[Layer] = [
            Conv2D(self.filters, self.kernel_size, padding=self.padding, activation=activation)
        ]
        return found if self.pool == "none" else [*found, POOLS[self.pool](2)]


@dataclass(frozen=True)
class Pictures(Spec):
    """Which digits, how many of them, and one or two convolutions."""

    dataset: str = "digits8"
    samples: int = 600
    train_share: float = 0.7
    blocks: tuple[Block, ...] = (Block(),)
    loss: str = LOSSES[0]

    scene: ClassVar[str] = "pictures"

    @property
    def task(self) -> str:
        return "classification"

    @property
    def about(self) -> dict[str, Any]:
        return {"dataset": self.dataset, "features": [], "classes": CLASSES}

    @property
    def start(self) -> Settings:
        activations = tuple(block.activation for block in self.blocks)
        return Settings(activations, 0.01, "adam", batch_size=32, speed=30)

    @property
    def input_shape(self) -> Shape:
        return digits(self.dataset).x.shape[1:]

    @property
    def adjustable(self) -> tuple[int, ...]:
        stack = self.layers(self.start.activations)
        return tuple(index for index, layer in enumerate(stack) if isinstance(layer, Conv2D))

    def data(self) -> Split:
        x, y = digits(self.dataset)
        chosen = np.random.default_rng(self.seed).permutation(len(x))[: self.samples]
        return parted(x[chosen], y[chosen], self.train_share)

    def layers(self, activations: tuple[str, ...]) -> list[Layer]:
        found: list[Layer] = []
        for block, activation in zip(self.blocks, activations):
            found += block.layers(activation)
        return [*found, Flatten(), Dense(len(CLASSES), activation="softmax")]

    def check(self) -> None:
        if self.loss not in LOSSES:
            raise ValueError(f"Digits are classes; choose one of: {', '.join(LOSSES)}.")
        if not self.blocks or any(block.filters > MOST_FILTERS for block in self.blocks):
            raise ValueError(f"The stage shows convolutions of 1 to {MOST_FILTERS} filters.")
