"""Points in the plane, and a stack of Dense layers."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.datasets import DATASETS, DOMAIN, FEATURES, Split, features, make
from nn_core.layers import Dense, Layer
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec, evenly
from nn_core.regularizers import L1, L2, Regularizer

# Points that somebody draws; these few are there to begin with.
OWN = "own points"
STARTER = tuple(
    (float(x1), float(x2), float(x1 * x2 > 0)) for x1 in (-3, -2, 2, 3) for x2 in (-2.5, 2.5)
)
FEWEST, MOST = 4, 2000


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
    own: tuple[tuple[float, float, float], ...] = STARTER

    scene: ClassVar[str] = "points"

    @property
    def task(self) -> str:
        return task_of(self.dataset)

    @property
    def made(self) -> dict[str, Any]:
        return {"own": self.own} if self.dataset == OWN else {}

    def remade(self, made: dict[str, Any]) -> "Points":
        return replace(self, own=drawn(made["own"])) if "own" in made else self

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
        if self.dataset == OWN:
            points = np.array(self.own)
            return evenly(points[:, :2], points[:, 2], self.train_share, self.seed)
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


def task_of(dataset: str) -> str:
    """classification or regression; own points have classes."""
    return "classification" if dataset == OWN else DATASETS.get(dataset).task


def drawn(points: Any) -> tuple[tuple[float, float, float], ...]:
    """Points x1, x2 and class 0 or 1, from a browser. Raises ValueError on what does not hold."""
    try:
        found = np.array(points, float)
    except (TypeError, ValueError) as error:
        raise ValueError("Points are triples of x1, x2 and a class.") from error
    if found.ndim != 2 or found.shape[1] != 3 or not FEWEST <= len(found) <= MOST:
        raise ValueError(f"Draw {FEWEST} to {MOST} points.")
    x, y = found[:, :2], found[:, 2]
    if not ((x >= DOMAIN[0]) & (x <= DOMAIN[1])).all() or not np.isin(y, (0, 1)).all():
        raise ValueError("A point lies on the map, and its class is 0 or 1.")
    return tuple((float(a), float(b), float(c)) for a, b, c in found)


def losses_for(dataset: str) -> list[str]:
    """The losses that fit a data set, the usual one first."""
    if task_of(dataset) == "regression":
        return ["mse"]
    return ["binary_crossentropy", "mse", "categorical_crossentropy"]
