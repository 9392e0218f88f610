"""Points in the plane, and a stack of Dense layers."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.datasets import DATASETS, DOMAIN, FEATURES, Split, features, make
from nn_core.layers import Dense, Layer
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.regularizers import L1, L2, Regularizer


@dataclass(frozen=True)
class Hidden:
    """A hidden layer: units and how its kernel starts."""

    units: int = 4
    activation: str = "tanh"
    initializer: str = "glorot_uniform"


@dataclass(frozen=True)
class Points(Spec):
    """Data set, inputs and hidden layers."""

    dataset: str = "circle"
    points: int = 500
    noise: float = 0.0
    train_share: float = 0.5
    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[Hidden, ...] = (Hidden(4), Hidden(2))
    loss: str = "binary_crossentropy"
    penalty: Literal["none", "l1", "l2"] = "none"
    penalty_rate: float = 0.001

    scene: ClassVar[str] = "points"

    @property
    def task(self) -> str:
        return DATASETS.get(self.dataset).task

    @property
    def about(self) -> dict[str, Any]:
        return {"dataset": self.dataset, "features": self.features, "domain": DOMAIN}

    @property
    def start(self) -> Settings:
        return Settings(activations=tuple(hidden.activation for hidden in self.hidden))

    @property
    def price(self) -> dict[str, Any] | None:
        return None if self.penalty == "none" else {"name": self.penalty, "rate": self.penalty_rate}

    @property
    def input_shape(self) -> Shape:
        return (len(self.features),)

    @property
    def adjustable(self) -> tuple[int, ...]:
        return tuple(range(len(self.hidden)))

    def data(self) -> Split:
        return make(self.dataset, self.points, self.noise, self.train_share, self.seed)

    def inputs(self, x: Array) -> Array:
        return features(x, self.features).astype(np.float32)

    def shown(self, data: Split) -> dict[str, Array]:
        return {name: part.astype(np.float32) for name, part in data._asdict().items()}

    def started(self, layers: tuple[int, ...], initializer: str) -> "Points | None":
        if not set(layers) <= set(self.adjustable):
            return None
        hidden = tuple(
            replace(each, initializer=initializer) if index in layers else each
            for index, each in enumerate(self.hidden)
        )
        return replace(self, hidden=hidden)

    @property
    def regularizer(self) -> Regularizer | None:
        if self.penalty == "none":
            return None
        return L1(self.penalty_rate) if self.penalty == "l1" else L2(self.penalty_rate)

    @property
    def output(self) -> Dense:
        """The last layer that loss and task ask for."""
        if self.loss == "categorical_crossentropy":
            return Dense(2, activation="softmax", kernel_regularizer=self.regularizer)
        logistic = self.task == "classification"
        activation = "sigmoid" if logistic else "linear"
        return Dense(1, activation=activation, kernel_regularizer=self.regularizer)

    def layers(self, activations: tuple[str, ...]) -> list[Layer]:
        hidden = [
            Dense(
                each.units,
                activation=activation,
                kernel_initializer=each.initializer,
                kernel_regularizer=self.regularizer,
            )
            for each, activation in zip(self.hidden, activations)
        ]
        return [*hidden, self.output]

    def check(self) -> None:
        super().check()
        for name in self.features:
            FEATURES.get(name)
        if not self.features:
            raise ValueError("The network has no input; choose one feature or more.")
        if self.task == "regression" and self.loss != "mse":
            raise ValueError(f"{self.dataset} has heights, not classes; choose the loss mse.")


def losses_for(dataset: str) -> list[str]:
    """The losses that fit a data set, the usual one first."""
    if DATASETS.get(dataset).task == "regression":
        return ["mse"]
    return ["binary_crossentropy", "mse", "categorical_crossentropy"]
