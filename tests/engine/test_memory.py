"""Memory is bounded: a long run keeps what a short one keeps."""

import gc
import tracemalloc

import numpy as np

from nn_core import Sequential, record
from nn_core.layers import LSTM, Conv2D, Dense, Flatten, MaxPooling2D


def grown(model: Sequential, x: np.ndarray, y: np.ndarray, steps: int) -> int:
    """Bytes that Python and NumPy hold more after so many steps than after the first hundred.

    Batches of two sizes come in turn, as at the end of an epoch, and a trace is recorded now and
    then, as the lab does.
    """
    for _ in range(50):
        model.step(x, y)
        model.step(x[:-1], y[:-1])
    record(model, x, y)
    gc.collect()  # empties Python's own stores of small objects too
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for step in range(steps // 2):
        model.step(x, y)
        model.step(x[:-1], y[:-1])
        if step % 1000 == 0:
            record(model, x, y)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return after - before


def test_ten_thousand_steps_of_a_dense_network() -> None:
    model = Sequential([Dense(8, "tanh"), Dense(1, "sigmoid")], (2,))
    model.compile("adam", "binary_crossentropy")
    rng = np.random.default_rng(0)
    x = rng.normal(size=(10, 2)).astype(np.float32)
    y = (x[:, :1] > 0).astype(np.float32)
    assert grown(model, x, y, 10_000) < 20_000


def test_a_thousand_steps_of_convolution_and_lstm() -> None:
    rng = np.random.default_rng(0)
    y = np.eye(3, dtype=np.float32)[rng.integers(3, size=6)]
    pictures = Sequential(
        [Conv2D(4, 3, activation="relu"), MaxPooling2D(2), Flatten(), Dense(3, "softmax")],
        (8, 8, 1),
    )
    sequences = Sequential([LSTM(6), Dense(3, "softmax")], (7, 2))
    for model, shape in ((pictures, (6, 8, 8, 1)), (sequences, (6, 7, 2))):
        model.compile("adam", "categorical_crossentropy")
        x = rng.normal(size=shape).astype(np.float32)
        assert grown(model, x, y, 1_000) < 20_000
