"""What the shop's networks share: how long they learn, what they watch, how they are read again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from nn_core.layers import Layer
from nn_core.network import Sequential
from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.batches import Batches
from nn_core.recommender.models.how_learned import how_it_learned
from nn_core.recommender.models.options import OPTIMIZERS, check_options
from nn_core.recommender.models.validation import Watch, narrowed, watched
from nn_core.recommender.split import TrainingData

ROWS = 1_024
"""Customers scored at a time: so many histories are dense at once."""


@dataclass(frozen=True)
class Network(Recommender):
    """Keras trains it in the worker; the server reads its arrays with NumPy and our own engine.

    epochs          at most so many
    patience        so many epochs without a better validation NDCG@10 end the training, and the
                    best epoch's weights are kept; 0: all epochs, and the weights of the last one
    largest         only so many products, those with most buyers, are ranked
    epoch_samples   at most so many samples an epoch, drawn anew for each: a year of a busy shop has
                    ten times as many, and one epoch would take minutes
    validation      share of customers whose last weeks (the window before the cut) are kept out of
                    the training and watched after every epoch; 0 for none
    """

    network: ClassVar[bool] = True
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"optimizer": OPTIMIZERS}
    optimizer: str = "adam"
    learning_rate: float = 0.001
    epochs: int = 10
    patience: int = 3
    batch_size: int = 32
    largest: int = 8_000
    epoch_samples: int = 20_000
    validation: float = 0.2
    seed: int = 0

    def __post_init__(self) -> None:
        check_options(self, self.choices)

    # What a network says of itself

    @abstractmethod
    def layers(self, products: int) -> list[Layer]:
        """The engine's layers from the history to a share of probability for each product."""

    @abstractmethod
    def input_shape(self, products: int) -> tuple[int, ...]:
        """The shape of a customer's history as the network reads it."""

    @abstractmethod
    def batches(self, train: TrainingData, epoch: int) -> Batches:
        """What one epoch learns from. ShopDataError when there is nothing to learn from."""

    @abstractmethod
    def inputs(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """Histories of N customers as the network reads them: (N, *input_shape)."""

    @abstractmethod
    def step_seconds(self, products: int) -> float:
        """What one update is expected to take."""

    @property
    def by_basket(self) -> bool:
        """Whether it learns from each basket what comes next, or from each customer as a whole."""
        return True

    def samples(self, extent: Extent) -> int:
        """How many an epoch has, about, for the time that is left."""
        return max(extent.customers, (extent.baskets or 0) if self.by_basket else 0)

    def known(self, train: TrainingData) -> Arrays:
        """What scoring needs beside the weights."""
        return {} if train.now is None else {"now": np.array(train.now)}

    # How Keras trains it

    def keras_model(self, keras: Any, train: TrainingData) -> Any:
        """The same layers in Keras, with the engine's first weights, drawn from the seed."""
        from nn_core.recommender.models.keras_training import in_keras

        products = len(train.products)
        layers = [in_keras(keras, layer) for layer in self.layers(products)]
        model = keras.Sequential([keras.Input(self.input_shape(products)), *layers])
        model.set_weights(self.first_weights(products))
        return model

    def first_weights(self, products: int) -> list[NDArray[Any]]:
        """As the engine draws them from the seed, in Keras's order."""
        return Sequential(
            self.layers(products), self.input_shape(products), self.seed
        ).get_weights()

    def losses(self, keras: Any, model: Any) -> Callable[..., Any]:
        """A function of a batch's arrays -> (N,) losses, in Keras."""
        loss_of: Any = keras.losses.get(self.engine_loss())
        return lambda x, y: loss_of(y, model(x, training=True))

    def start(self, train: TrainingData) -> Arrays:
        """Weights that begin with what is known already, by name; the others are drawn."""
        return {}

    def engine_loss(self) -> str:
        """The name of the loss, which Keras and the engine share."""
        return "categorical_crossentropy"

    def weight_names(self, products: int) -> list[str]:
        """kernel_0, bias_0, kernel_1, ...: a number for each layer that has weights."""
        stack = Sequential(blank(self.layers(products)), self.input_shape(products))
        filled = [specs for specs in stack.weights.specs if specs]
        return [f"{weight.name}_{n}" for n, specs in enumerate(filled) for weight in specs]

    @classmethod
    def load(cls) -> bool:
        from nn_core.recommender.models.keras_training import quiet_keras

        quiet_keras()
        return True

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        from nn_core.recommender.models.keras_training import train_network

        watch = watched(train, self.validation, self.seed) if self.validation else None
        learned = narrowed(train, watch, min(self.largest, len(train.products)))
        known = self.known(learned)
        check = (lambda weights: self.checked({**known, **weights}, watch)) if watch else None
        found = train_network(self, learned, check, report)
        note = how_it_learned(self, learned, found)
        return known | found | ({"note": np.array(note)} if note else {})

    def checked(self, arrays: Arrays, watch: Watch) -> float:
        """NDCG@10 in the window, as seen from its first day."""
        time = watch.before.time
        if "now" in arrays and time is not None and time.size:
            arrays = arrays | {"now": np.array(time.max())}
        return watch.ndcg(lambda histories: self.scores(arrays, histories))

    def settled(self, arrays: Arrays) -> Self:
        return replace(self, validation=0.0, epochs=int(arrays.get("epochs", self.epochs)))

    def seconds(self, extent: Extent) -> float:
        """4 s for Keras and for compiling, and a part for each step."""
        products = min(self.largest, extent.products)
        return 4 + self.steps(extent) * self.step_seconds(products)

    def steps(self, extent: Extent) -> int:
        """Updates, if no epoch is saved."""
        return self.epochs * -(-min(self.samples(extent), self.epoch_samples) // self.batch_size)

    # How the server reads it

    def item_vectors(self, arrays: Arrays) -> NDArray[np.float32]:
        """(I, D) the last layer's weights to each product: what the network looks for in a history
        to recommend it."""
        kernels = [name for name in arrays if name.startswith("kernel_")]
        last = max(kernels, key=lambda name: int(name.removeprefix("kernel_")))
        return np.asarray(arrays[last], np.float32).T

    def stack(self, arrays: Arrays, products: int) -> Sequential:
        """The trained network in our own engine, number for number what Keras had."""
        model = Sequential(blank(self.layers(products)), self.input_shape(products))
        model.set_weights([arrays[name] for name in self.weight_names(products)])
        model.compile(loss=self.engine_loss())
        return model

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """A forward pass of the engine; a test holds it against Keras."""
        products = min(self.largest, histories.products)
        model = self.stack(arrays, products)
        scores = np.full((len(histories), histories.products), -np.inf, np.float32)
        for first in range(0, len(histories), ROWS):
            some = np.arange(first, min(first + ROWS, len(histories)))
            scores[some, :products] = model.predict(self.inputs(arrays, histories.of(some)))
        return scores


def blank(layers: list[Layer]) -> list[Layer]:
    """Layers whose weights start as zeros: those that will be set need not be drawn."""
    return [
        replace(layer, **{f.name: "zeros" for f in fields(layer) if "initializer" in f.name})
        for layer in layers
    ]
