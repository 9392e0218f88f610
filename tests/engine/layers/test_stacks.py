"""Architectures drawn at random: up to six layers that fit on each other, and odd shapes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core import Sequential
from nn_core.arrays import Shape
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
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    LayerNormalization,
    MaxPooling2D,
    Reshape,
    SimpleRNN,
)
from tests.engine.layers.checks import foretells, gradients_of

ANYWHERE: list[Layer] = [
    Activation("tanh"),
    Dropout(0.3),
    BatchNormalization(),
    LayerNormalization(),
    Flatten(),
]
BY_AXES: dict[int, list[Layer]] = {
    1: [Dense(3, "sigmoid"), Dense(1), Reshape((-1, 1)), Reshape((1, 1, -1))],
    2: [
        SimpleRNN(2, return_sequences=True),
        LSTM(2),
        GRU(3, go_backwards=True),
        Bidirectional(GRU(2, return_sequences=True), "ave"),
        Conv1D(2, 2, padding="same", activation="tanh"),
        Reshape((-1, 1, 1)),
    ],
    3: [
        Conv2D(2, 2, padding="same", activation="softmax"),
        Conv2D(3, 1, strides=2),
        MaxPooling2D(2, strides=1, padding="same"),
        AveragePooling2D((1, 2), padding="same"),
        GlobalAveragePooling2D(),
    ],
}


@st.composite
def stacks(draw: st.DrawFn) -> tuple[list[Layer], Shape]:
    """Layers and an input shape, each layer chosen among those that the shape so far allows."""
    shape = first = tuple(draw(st.lists(st.integers(1, 5), min_size=1, max_size=3)))
    found: list[Layer] = []
    for _ in range(draw(st.integers(1, 6))):
        layer = draw(st.sampled_from([*ANYWHERE, *BY_AXES[len(shape)]]))
        found.append(layer)
        shape = layer.output_shape(shape)
    return found, first


@settings(max_examples=60, deadline=None)
@given(stack=stacks(), n=st.integers(1, 6), seed=st.integers(0, 10_000))
def test_any_stack(stack: tuple[list[Layer], Shape], n: int, seed: int) -> None:
    layers, shape = stack
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, *shape))
    for dtype, check in (("float64", gradients_of), ("float32", foretells)):
        model = Sequential(layers, shape, seed, dtype)
        model.compile("sgd", "mse")
        # Betas of zero would make cells equal, and a maximum of equal cells has no slope.
        model.weights.vector[:] += 0.1 * rng.normal(size=model.weights.vector.size)
        check(model, x, rng.normal(size=(n, *model.output_shape)))
