"""Configs that cover every registered layer, and the small networks they are tried in."""

from dataclasses import dataclass

import numpy as np

from nn_core import Sequential
from nn_core.arrays import Array, Shape
from nn_core.layers import (
    GRU,
    LSTM,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Bidirectional,
    Conv1D,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GaussianSampling,
    GlobalAveragePooling2D,
    Layer,
    LayerNormalization,
    MaxPooling2D,
    Reshape,
    SimpleRNN,
)
from nn_core.optimizers import SGD
from nn_core.regularizers import L2

BIAS = "random_uniform"


@dataclass(frozen=True)
class Case:
    """A layer and the shape of what goes in. indices: x holds whole numbers below that."""

    layer: Layer
    input_shape: Shape
    n: int = 5

    def __str__(self) -> str:
        text = repr(self.layer).replace("name='', ", "").replace("name=''", "")
        return f"{text} of {self.input_shape}"

    def data(self, outputs: int = 2) -> tuple[Array, Array]:
        """x: (n, *input_shape), y: (n, outputs), in float64."""
        rng = np.random.default_rng(3)
        y = rng.normal(size=(self.n, outputs))
        if self.layer.reads_indices:
            most = getattr(self.layer, "input_dim", 2)
            return rng.integers(0, most, size=(self.n, *self.input_shape)).astype(float), y
        return rng.normal(size=(self.n, *self.input_shape)), y

    def network(self, dtype: str = "float64") -> Sequential:
        """The layer, then what makes two numbers of its output."""
        model = Sequential([self.layer, Flatten(), Dense(2)], self.input_shape, 1, dtype)
        model.compile(SGD(0.02), "mse")
        return model


CASES = [
    Case(Dense(3, "tanh", bias_initializer=BIAS), (4,)),
    Case(Dense(3, use_bias=False), (4,)),
    Case(Conv2D(3, 3, activation="tanh", bias_initializer=BIAS), (5, 6, 2)),
    Case(Conv2D(2, (2, 3), strides=(2, 1), use_bias=False), (6, 5, 1)),
    Case(Conv2D(2, (3, 2), strides=2, padding="same", activation="sigmoid"), (6, 5, 3)),
    Case(Conv2D(2, 3, padding="same", kernel_regularizer=L2(0.125)), (4, 4, 1)),
    Case(Conv2D(2, 2, strides=3, activation="softmax"), (7, 7, 1), n=1),
    Case(Conv2D(2, 1, bias_initializer=BIAS), (3, 4, 1)),
    Case(Conv1D(3, 3, activation="tanh", bias_initializer=BIAS), (6, 2)),
    Case(Conv1D(2, 4, strides=2, padding="same", use_bias=False), (7, 3)),
    Case(MaxPooling2D(), (4, 6, 2)),
    Case(MaxPooling2D(3, strides=2, padding="same"), (6, 5, 2)),
    Case(MaxPooling2D((2, 3), strides=1), (5, 5, 1)),
    Case(AveragePooling2D(2), (5, 4, 2)),
    Case(AveragePooling2D(3, strides=2, padding="same"), (6, 5, 2)),
    Case(AveragePooling2D((1, 2), strides=(2, 1)), (5, 4, 1)),
    Case(GlobalAveragePooling2D(), (3, 4, 2)),
    Case(Flatten(), (3, 2, 2)),
    Case(Flatten(), (3,)),
    Case(Reshape((2, 6)), (3, 4)),
    Case(Reshape((-1, 2)), (8,)),
    Case(Activation("tanh"), (3, 4)),
    Case(Activation("softmax"), (5,)),
    Case(Dropout(0.4), (8,)),
    Case(Dropout(0.0), (3, 3)),
    Case(SimpleRNN(3, bias_initializer=BIAS), (4, 2)),
    Case(SimpleRNN(2, "sigmoid", use_bias=False, return_sequences=True), (3, 2)),
    Case(
        SimpleRNN(2, go_backwards=True, return_sequences=True, recurrent_regularizer=L2(0.125)),
        (3, 1),
    ),
    Case(LSTM(3, bias_initializer=BIAS), (4, 2)),
    Case(
        LSTM(2, "relu", "hard_sigmoid", return_sequences=True, kernel_regularizer=L2(0.125)), (3, 2)
    ),
    Case(LSTM(2, use_bias=False, unit_forget_bias=False, go_backwards=True), (3, 1), n=1),
    Case(GRU(3, bias_initializer=BIAS), (4, 2)),
    Case(GRU(2, return_sequences=True, use_bias=False), (3, 2)),
    Case(GRU(3, reset_after=False, bias_initializer=BIAS), (3, 2)),
    Case(GRU(2, "softsign", reset_after=False, go_backwards=True, use_bias=False), (3, 2)),
    Case(Bidirectional(LSTM(2, bias_initializer=BIAS)), (3, 2)),
    Case(Bidirectional(GRU(2, return_sequences=True), "sum"), (3, 2)),
    Case(Bidirectional(SimpleRNN(3, return_sequences=True), "mul"), (4, 1)),
    Case(Bidirectional(SimpleRNN(2, use_bias=False, kernel_regularizer=L2(0.125)), "ave"), (3, 2)),
    Case(Embedding(6, 3, embeddings_regularizer=L2(0.125)), (4,)),
    Case(Embedding(3, 2), (2, 3)),
    Case(BatchNormalization(gamma_initializer=BIAS, beta_initializer=BIAS), (4,)),
    Case(BatchNormalization(momentum=0.9, scale=False, epsilon=1e-2), (3, 4, 2)),
    Case(BatchNormalization(center=False), (3, 2)),
    Case(LayerNormalization(gamma_initializer=BIAS, beta_initializer=BIAS), (4,)),
    Case(LayerNormalization(center=False, scale=False), (3, 4)),
    Case(GaussianSampling(), (6,)),
    Case(GaussianSampling(kl_weight=0.1), (2,)),
]


class SameDraws:
    """Stands in for the run's generator where Keras must draw the same: equal at every call."""

    def random(self, shape: Shape, dtype: type = np.float64) -> Array:
        return np.random.default_rng(11).random(shape).astype(dtype)

    def standard_normal(self, shape: Shape, dtype: type = np.float64) -> Array:
        return np.random.default_rng(12).standard_normal(shape).astype(dtype)
