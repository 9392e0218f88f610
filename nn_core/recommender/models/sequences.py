"""GRU and LSTM over a customer's purchases in order (after GRU4Rec, Hidasi et al., 2016)."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.layers import GRU, LSTM, Dense, Embedding, Layer
from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.models.base import Arrays
from nn_core.recommender.models.baskets import (
    bought_next,
    chance,
    multi_hot,
    numbered,
    whole,
)
from nn_core.recommender.models.batches import Batch, Batches, log_shares
from nn_core.recommender.models.network import Network
from nn_core.recommender.split import TrainingData


@dataclass(frozen=True)
class OfSequence(Network):
    """The last `length` purchases -> Embedding(units) -> a recurrent layer -> softmax over the I
    products: what the next basket holds, its products sharing the probability.

    Products are numbered from 1; 0 stands before a history shorter than `length`.

    half_life  days after which a basket is drawn half as often, and a purchase counts half for the
               bias that the output begins with: what sells now
    dropout    share of the purchases that are hidden in training
    """

    epochs: int = 15
    batch_size: int = 64
    learning_rate: float = 0.0015
    units: int = 64
    length: int = 50
    half_life: float = 30.0
    dropout: float = 0.25

    @abstractmethod
    def recurrent(self) -> Layer:
        """The layer that reads the sequence."""

    def layers(self, products: int) -> list[Layer]:
        embedding = Embedding(products + 1, self.units)
        return [embedding, self.recurrent(), Dense(products, "softmax")]

    def input_shape(self, products: int) -> tuple[int, ...]:
        return (self.length,)

    def step_seconds(self, products: int) -> float:
        return 1e-2 + 2 * products * self.units * 1e-8

    def start(self, train: TrainingData) -> Arrays:
        return {"bias_2": log_shares(train.histories, train.now, self.half_life)}

    def batches(self, train: TrainingData, epoch: int) -> Batches:
        histories = train.histories
        samples = bought_next(histories, np.random.default_rng([self.seed, epoch]))

        def arrays(which: Numbers, rng: np.random.Generator) -> Batch:
            y = multi_hot(samples.product, samples.wanted, which, histories.products)
            x = numbered(samples.product, samples.known, which, self.length)
            x *= rng.random(x.shape) >= self.dropout
            return x, y / np.maximum(y.sum(axis=1, keepdims=True), 1)

        often = chance(histories, samples.wanted, train.now, self.half_life)
        return Batches(len(samples), arrays, often)

    def inputs(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """(N, T) the last products, numbered from 1, the latest at the end."""
        ranked = histories.product < min(self.largest, histories.products)
        mine = histories.keep(ranked)
        return numbered(mine.product, whole(mine), np.arange(len(mine)), self.length)


@dataclass(frozen=True)
class OfGRU(OfSequence):
    """The sequence read by a gated recurrent unit."""

    name: ClassVar[str] = "gru"
    label: ClassVar[str] = "Recurrent network over the sequence (GRU)"
    spoken: ClassVar[str] = "the recurrent network GRU"

    def recurrent(self) -> Layer:
        return GRU(self.units)


@dataclass(frozen=True)
class OfLSTM(OfSequence):
    """The sequence read by a long short-term memory."""

    name: ClassVar[str] = "lstm"
    label: ClassVar[str] = "Recurrent network over the sequence (LSTM)"
    spoken: ClassVar[str] = "the recurrent network LSTM"

    def recurrent(self) -> Layer:
        return LSTM(self.units)
