"""The activations as plain functions of z."""

import math

import numpy as np

from nn_core.arrays import Array


def linear(z: Array) -> Array:
    return z


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(z, -80, 80)))


def tanh(z: Array) -> Array:
    return np.tanh(z)


def relu(z: Array) -> Array:
    return np.maximum(z, 0)


def leaky_relu(z: Array) -> Array:
    return np.where(z > 0, z, 0.2 * z)


def elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def selu(z: Array) -> Array:
    return np.where(z > 0, 1.0507009873554805 * z, 1.7580993408473766 * np.expm1(np.minimum(z, 0)))


def gelu(z: Array) -> Array:
    return z * 0.5 * np.vectorize(math.erfc, otypes=[z.dtype])(-z * math.sqrt(0.5))


def silu(z: Array) -> Array:
    return z * sigmoid(z)


def softplus(z: Array) -> Array:
    return np.logaddexp(z, np.zeros_like(z))


def softsign(z: Array) -> Array:
    return z / (1 + np.abs(z))


def hard_sigmoid(z: Array) -> Array:
    return np.clip(z + 3, 0, 6) / 6


def mish(z: Array) -> Array:
    return z * np.tanh(softplus(z))


def exponential(z: Array) -> Array:
    return np.exp(z)


def softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
