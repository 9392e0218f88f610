"""The layers as plain functions: x and weights in, y out, as they predict."""

from collections.abc import Callable

import numpy as np

from nn_core.arrays import Array
from nn_core.plain.activations import linear

Function = Callable[[Array], Array]


def dense(
    x: Array, kernel: Array, bias: Array | float = 0.0, activation: Function = linear
) -> Array:
    """x: (N, ..., D) -> (N, ..., U)."""
    return activation(x @ kernel + bias)


def activation(x: Array, activation: Function) -> Array:
    return activation(x)


def flatten(x: Array) -> Array:
    return x.reshape(len(x), -1)


def reshape(x: Array, target_shape: tuple[int, ...]) -> Array:
    return x.reshape(len(x), *target_shape)


def dropout(x: Array) -> Array:
    """Drops nothing when it predicts."""
    return x


def gaussian_sampling(x: Array) -> Array:
    """The mean is the prediction: the first half of the columns."""
    return x[:, : x.shape[1] // 2]


def embedding(x: Array, embeddings: Array) -> Array:
    """x: (N, ...) whole numbers -> (N, ..., D), a row of the table each."""
    return embeddings[x.astype(int)]


def batch_normalization(
    x: Array,
    moving_mean: Array,
    moving_variance: Array,
    gamma: Array | float = 1.0,
    beta: Array | float = 0.0,
    epsilon: float = 1e-3,
) -> Array:
    return (x - moving_mean) / np.sqrt(moving_variance + epsilon) * gamma + beta


def layer_normalization(
    x: Array, gamma: Array | float = 1.0, beta: Array | float = 0.0, epsilon: float = 1e-3
) -> Array:
    mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon) * gamma + beta


def pair(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return (value, value) if isinstance(value, int) else value


def windows(
    x: Array, size: tuple[int, ...], strides: tuple[int, ...], padding: str, fill: float
) -> Array:
    """x: (N, H, W, C) -> (N, H', W', K, K, C): what a kernel sees at each of its stops."""
    if padding == "same":
        around = [(0, 0)]
        for length, k, s in zip(x.shape[1:3], size, strides):
            total = max((-(-length // s) - 1) * s + k - length, 0)
            around.append((total // 2, total - total // 2))
        x = np.pad(x, [*around, (0, 0)], constant_values=fill)
    seen = np.lib.stride_tricks.sliding_window_view(x, size, axis=(1, 2))
    return seen[:, :: strides[0], :: strides[1]].transpose(0, 1, 2, 4, 5, 3)


def conv2d(
    x: Array,
    kernel: Array,
    bias: Array | float = 0.0,
    strides: int | tuple[int, ...] = (1, 1),
    padding: str = "valid",
    activation: Function = linear,
) -> Array:
    """x: (N, H, W, C), kernel: (K, K, C, F) -> (N, H', W', F)."""
    seen = windows(x, kernel.shape[:2], pair(strides), padding, 0.0)
    return activation(np.tensordot(seen, kernel, 3) + bias)


def conv1d(
    x: Array,
    kernel: Array,
    bias: Array | float = 0.0,
    strides: int | tuple[int, ...] = 1,
    padding: str = "valid",
    activation: Function = linear,
) -> Array:
    """x: (N, T, C), kernel: (K, C, F) -> (N, T', F): a Conv2D over one row."""
    stride = strides if isinstance(strides, int) else strides[0]
    y = conv2d(x[:, :, None], kernel[:, None], bias, (stride, 1), padding)
    return activation(y[:, :, 0])


def max_pooling2d(
    x: Array,
    pool_size: int | tuple[int, ...] = (2, 2),
    strides: int | tuple[int, ...] | None = None,
    padding: str = "valid",
) -> Array:
    """x: (N, H, W, C) -> (N, H', W', C): the largest of each window."""
    size = pair(pool_size)
    steps = size if strides is None else pair(strides)
    return windows(x, size, steps, padding, -np.inf).max(axis=(3, 4))


def average_pooling2d(
    x: Array,
    pool_size: int | tuple[int, ...],
    strides: int | tuple[int, ...] | None = None,
    padding: str = "valid",
) -> Array:
    """x: (N, H, W, C) -> (N, H', W', C): the mean of each window, without what was padded."""
    size = pair(pool_size)
    steps = size if strides is None else pair(strides)
    return np.nanmean(windows(x, size, steps, padding, np.nan), axis=(3, 4))


def global_average_pooling2d(x: Array) -> Array:
    return x.mean(axis=(1, 2))
