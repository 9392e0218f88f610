"""Spec: what a play is made from. Each kind of data has its own; all say the same things."""

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.datasets import Split
from nn_core.layers import Layer
from nn_core.live.settings import Settings
from nn_core.losses import LOSSES
from nn_core.network import Sequential


@dataclass(frozen=True)
class Spec:
    """Structure, data and seed: to change one of them is to begin anew."""

    _: KW_ONLY
    loss: str = ""
    seed: int = 1

    # Which pictures the stage shows.
    scene: ClassVar[str]
    # Whether a new structure takes over the activations that were set on the stage.
    carries_activations: ClassVar[bool] = True

    @property
    def task(self) -> str:
        """classification or regression."""
        raise NotImplementedError

    @property
    def about(self) -> dict[str, Any]:
        """What the stage says of the data: its name, and of what it consists."""
        raise NotImplementedError

    @property
    def start(self) -> Settings:
        """What a first play starts with; later ones take over what the viewer has set."""
        raise NotImplementedError

    @property
    def price(self) -> dict[str, Any] | None:
        """The penalty on large weights, which is part of every gradient shown."""
        return None

    @property
    def input_shape(self) -> Shape:
        """The shape of one sample as the network reads it."""
        raise NotImplementedError

    @property
    def adjustable(self) -> tuple[int, ...]:
        """Places of the layers whose activation can change in mid-run: one a setting."""
        return ()

    @property
    def made(self) -> dict[str, Any]:
        """What of the data was made on the stage, in a form that JSON can carry."""
        return {}

    def remade(self, made: dict[str, Any]) -> "Spec":
        """With other data of that kind. Raises ValueError if it does not hold."""
        return self

    def data(self) -> Split:
        """Train and test samples, and their labels or heights."""
        raise NotImplementedError

    def inputs(self, x: Array) -> Array:
        """Samples of `data` as the network reads them."""
        return x

    def targets(self, y: Array, outputs: int) -> Array:
        """y: (n,) -> as the loss expects it: (n, U) heights or one-hot rows, or (n,) classes."""
        if self.loss == "sparse_categorical_crossentropy":
            return y.astype(int)
        if self.task == "classification" and outputs > 1:
            return np.eye(outputs, dtype=np.float32)[y.astype(int)]
        return y.astype(np.float32)[:, None]

    def shown(self, data: Split) -> dict[str, Array]:
        """What the stage gets of the data at once, by name; it may be nothing."""
        return {}

    def started(self, layers: tuple[int, ...], initializer: str) -> "Spec | None":
        """With these layers' weights drawn otherwise; None where the page has no choice of it."""
        return None

    def layers(self, activations: tuple[str, ...]) -> list[Layer]:
        """The stack. activations: one a place of `adjustable`."""
        raise NotImplementedError

    def model(self, activations: tuple[str, ...]) -> Sequential:
        """The network as it starts."""
        return Sequential(self.layers(activations), self.input_shape, seed=self.seed)

    def check(self) -> None:
        """Raises ValueError if the parts do not fit together."""
        LOSSES.get(self.loss)


def evenly(x: Array, y: Array, share: float, seed: int) -> Split:
    """As `parted`, shuffled, with `share` of every class to train on: a few samples would
    otherwise often leave one out. x: (n, ...), y: (n,)."""
    rng = np.random.default_rng(seed)
    place = np.empty(len(y))
    for label in np.unique(y):
        own = rng.permutation(np.flatnonzero(y == label))
        place[own] = (np.arange(len(own)) + 0.5) / len(own)
    order = np.lexsort((rng.random(len(y)), place))
    return parted(x[order], y[order], share)


def parted(x: Array, y: Array, share: float) -> Split:
    """The first `share` of the samples to train on, the rest to test."""
    if not 0.1 <= share <= 0.9:
        raise ValueError(f"The train share goes from 0.1 to 0.9; received {share}.")
    cut = min(max(1, round(len(x) * share)), len(x) - 1)
    return Split(x[:cut], y[:cut], x[cut:], y[cut:])
