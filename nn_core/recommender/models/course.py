"""The course's network: what a customer bought so far -> what the next basket holds."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.activations import ACTIVATIONS
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.baskets import (
    Samples,
    before_each_basket,
    own_history,
    parts_of_histories,
)
from nn_core.recommender.models.validation import Watch, watched
from nn_core.recommender.split import TrainingData

CHOICES = {
    "activation": ("relu", "tanh", "sigmoid", "linear"),
    "optimizer": ("adam", "sgd", "rmsprop", "adamw"),
    "loss": ("categorical_crossentropy", "mean_squared_error", "binary_crossentropy"),
    "target": ("basket", "history"),
}
NO_ORDER = (
    "Nobody knows what was bought first here, so the network learns from a part of each customer's "
    "purchases to the rest of them."
)


@dataclass(frozen=True)
class Course(Recommender):
    """x (I,), 1 where bought -> Dense(64, relu) -> Dense(32, relu) -> softmax over the I products.

    hidden          units of the hidden layers
    target          "basket": the history before each basket -> that basket, its products sharing
                    the probability; "history": the customer's history -> itself
    largest         only so many products, those with most buyers, are ranked
    epoch_samples   at most so many samples an epoch, drawn anew for each: a year of a busy shop has
                    ten times as many, and one epoch would take minutes
    validation      share of customers whose last weeks (the window before the cut) are kept out of
                    the training and watched after every epoch; 0 for none
    """

    name: ClassVar[str] = "course"
    label: ClassVar[str] = "The course's neural network"
    network: ClassVar[bool] = True
    hidden: tuple[int, ...] = (64, 32)
    activation: str = "relu"
    optimizer: str = "adam"
    learning_rate: float = 0.001
    loss: str = "categorical_crossentropy"
    epochs: int = 10
    batch_size: int = 32
    target: str = "basket"
    largest: int = 8_000
    epoch_samples: int = 20_000
    validation: float = 0.2
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "hidden", tuple(self.hidden))
        for option, allowed in CHOICES.items():
            if getattr(self, option) not in allowed:
                raise ShopDataError(
                    f"The network's {option} cannot be '{getattr(self, option)}'. "
                    f"Choose one of: {', '.join(allowed)}."
                )
        counts = (self.epochs, self.batch_size, self.largest, self.epoch_samples)
        if any(type(n) is not int or n < 1 for n in (*counts, *self.hidden)):
            raise ShopDataError("Epochs, batch size, products and units are whole numbers above 0.")
        if not 0 <= self.validation < 1 or not self.learning_rate > 0:
            raise ShopDataError("The learning rate is above 0, the validation share from 0 to 1.")

    def seconds(self, train: TrainingData) -> float:
        """4 s for Keras and for compiling; a step has a fixed part, and one for each weight."""
        products = min(self.largest, len(train.products))
        baskets = np.unique(train.histories.basket) if train.histories.basket is not None else []
        samples = max(len(baskets), len(train.customers)) if self.target == "basket" else 0
        batches = min(samples or len(train.customers), self.epoch_samples) / self.batch_size
        weights = products * (self.hidden[0] + self.hidden[-1]) if self.hidden else products**2
        return 4 + self.epochs * batches * (1.6e-3 + weights * 5.5e-9)

    @classmethod
    def load(cls) -> bool:
        from nn_core.recommender.models.course_training import quiet_keras

        quiet_keras()
        return True

    def settled(self, arrays: Arrays) -> "Course":
        return replace(self, validation=0.0)

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        from nn_core.recommender.models.course_training import train_network

        products = min(self.largest, len(train.products))
        watch = watched(train, self.validation, self.seed) if self.validation else None
        histories = (watch.learned if watch else train.histories).renumbered(np.arange(products))
        arrays = train_network(
            self,
            lambda epoch: self.samples(histories, epoch),
            products,
            (lambda arrays: self.checked(arrays, watch)) if watch else None,
            report,
        )
        note = self.said(histories)
        return arrays | {"note": np.array(note)} if note else arrays

    def said(self, histories: Histories) -> str:
        """What a reader of the result must know of how it was learned."""
        ordered = self.target == "history" or histories.basket is not None
        there = len(self.samples(histories, 0))
        seen = f"Each epoch saw {self.epoch_samples:,} of {there:,} samples, drawn anew."
        return " ".join(
            sentence
            for sentence, holds in ((NO_ORDER, not ordered), (seen, there > self.epoch_samples))
            if holds
        )

    def samples(self, histories: Histories, epoch: int) -> Samples:
        """What one epoch learns from. ShopDataError when nobody bought twice."""
        if self.target == "history":
            samples = own_history(histories)
        elif histories.basket is not None:
            samples = before_each_basket(histories, histories.basket)
        else:
            samples = parts_of_histories(histories, np.random.default_rng([self.seed, epoch]))
        if not len(samples):
            raise ShopDataError(
                "No customer in the training part bought at two times, so the network has no "
                "history to learn a next basket from. Choose another model, or give more data."
            )
        return samples

    def checked(self, arrays: Arrays, watch: Watch) -> float:
        return watch.ndcg(lambda histories: self.scores(arrays, histories))

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """The forward pass in NumPy; a test holds it against Keras."""
        products = arrays["kernel_0"].shape[0]
        activation = ACTIVATIONS.get(self.activation)
        a = np.asarray(histories.bought[:, :products] @ arrays["kernel_0"], np.float32)
        for layer in range(len(self.hidden)):
            a = activation.forward(a + arrays[f"bias_{layer}"])
            a = a @ arrays[f"kernel_{layer + 1}"]
        ranked = ACTIVATIONS.get("softmax").forward(a + arrays[f"bias_{len(self.hidden)}"])
        rest = np.full((len(histories), histories.products - products), -np.inf, np.float32)
        return np.hstack([ranked, rest])
