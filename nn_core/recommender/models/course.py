"""The course's network: what a customer bought so far -> what the next basket holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.layers import Dense, Layer
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays
from nn_core.recommender.models.baskets import Samples, bought_next, own_history
from nn_core.recommender.models.batches import Batches
from nn_core.recommender.models.network import Network
from nn_core.recommender.models.options import OPTIMIZERS
from nn_core.recommender.split import TrainingData

CHOICES = {
    "activation": ("relu", "tanh", "sigmoid", "linear"),
    "optimizer": OPTIMIZERS,
    "loss": ("categorical_crossentropy", "mean_squared_error", "binary_crossentropy"),
    "target": ("basket", "history"),
}


@dataclass(frozen=True)
class Course(Network):
    """x (I,), 1 where bought -> Dense(64, relu) -> Dense(32, relu) -> softmax over the I products.

    hidden          units of the hidden layers
    target          "basket": the history before each basket -> that basket, its products sharing
                    the probability; "history": the customer's history -> itself
    """

    name: ClassVar[str] = "course"
    label: ClassVar[str] = "The course's neural network"
    spoken: ClassVar[str] = "the course's neural network"
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = CHOICES
    hidden: tuple[int, ...] = (64, 32)
    activation: str = "relu"
    loss: str = "categorical_crossentropy"
    target: str = "basket"

    def __post_init__(self) -> None:
        object.__setattr__(self, "hidden", tuple(self.hidden))
        if any(type(units) is not int or units < 1 for units in self.hidden):
            raise ShopDataError("The network's hidden units are whole numbers above 0.")
        super().__post_init__()

    def layers(self, products: int) -> list[Layer]:
        hidden = [Dense(units, self.activation) for units in self.hidden]
        return [*hidden, Dense(products, "softmax")]

    def input_shape(self, products: int) -> tuple[int, ...]:
        return (products,)

    def engine_loss(self) -> str:
        return self.loss

    def step_seconds(self, products: int) -> float:
        """A step has a fixed part, and one for each weight."""
        weights = products * (self.hidden[0] + self.hidden[-1]) if self.hidden else products**2
        return 1.6e-3 + weights * 5.5e-9

    @property
    def by_basket(self) -> bool:
        return self.target == "basket"

    def batches(self, train: TrainingData, epoch: int) -> Batches:
        samples = self.pairs(train.histories, epoch)
        products = len(train.products)
        return Batches(len(samples), lambda which, rng: samples.batch(which, products))

    def pairs(self, histories: Histories, epoch: int) -> Samples:
        """What was known, and what was bought then."""
        if self.target == "history":
            return own_history(histories)
        return bought_next(histories, np.random.default_rng([self.seed, epoch]))

    def known(self, train: TrainingData) -> Arrays:
        return {}

    def inputs(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """(N, I), 1 where bought."""
        products = min(self.largest, histories.products)
        return histories.bought[:, :products].toarray()
