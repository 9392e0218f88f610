"""Initialisers: how a weight starts. Names and distributions are Keras's."""

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.registry import Registry

Initializer: TypeAlias = Callable[[np.random.Generator, Shape], Array]
# The standard deviation of a normal cut off at two standard deviations.
TRUNCATED_STDDEV = 0.87962566103423978


def fans(shape: Shape) -> tuple[int, int]:
    """(fan in, fan out) of a kernel of shape (..., D, U): a unit's inputs, an input's units."""
    if len(shape) < 2:
        return math.prod(shape), math.prod(shape)
    field = math.prod(shape[:-2])
    return shape[-2] * field, shape[-1] * field


def truncated_normal(rng: np.random.Generator, shape: Shape, stddev: float) -> Array:
    """Normal values, drawn again while they lie beyond two standard deviations."""
    values = rng.standard_normal(shape)
    while (far := np.abs(values) > 2).any():
        values[far] = rng.standard_normal(int(far.sum()))
    return values * stddev


def variance_scaling(scale: float, mode: str, distribution: str) -> Initializer:
    """Variance `scale / n`, n the fan in or the mean of both fans (Glorot 2010, He 2015)."""

    def draw(rng: np.random.Generator, shape: Shape) -> Array:
        fan_in, fan_out = fans(shape)
        variance = scale / max(1.0, fan_in if mode == "fan_in" else (fan_in + fan_out) / 2)
        if distribution == "uniform":
            limit = math.sqrt(3 * variance)
            return rng.uniform(-limit, limit, shape)
        return truncated_normal(rng, shape, math.sqrt(variance) / TRUNCATED_STDDEV)

    return draw


def random_uniform(rng: np.random.Generator, shape: Shape) -> Array:
    """Uniform in [-0.05, 0.05)."""
    return rng.uniform(-0.05, 0.05, shape)


def zeros(rng: np.random.Generator, shape: Shape) -> Array:
    """All zero: units of a layer then stay copies of each other."""
    return np.zeros(shape)


def ones(rng: np.random.Generator, shape: Shape) -> Array:
    """All one: a scale that changes nothing yet."""
    return np.ones(shape)


def orthogonal(rng: np.random.Generator, shape: Shape) -> Array:
    """Rows, or columns where they are fewer, of length 1 and at right angles (Saxe et al., 2014).

    A recurrent kernel that starts so neither stretches nor shrinks what it carries.
    """
    rows, columns = math.prod(shape[:-1]), shape[-1]
    q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
    q = q * np.sign(np.diag(r))
    return (q if rows >= columns else q.T).reshape(shape)


INITIALIZERS: Registry[Initializer] = Registry("initializer")
INITIALIZERS.add("glorot_uniform", variance_scaling(1.0, "fan_avg", "uniform"))
INITIALIZERS.add("glorot_normal", variance_scaling(1.0, "fan_avg", "normal"))
INITIALIZERS.add("he_uniform", variance_scaling(2.0, "fan_in", "uniform"))
INITIALIZERS.add("he_normal", variance_scaling(2.0, "fan_in", "normal"))
INITIALIZERS.add("random_uniform", random_uniform)
INITIALIZERS.add("zeros", zeros)
INITIALIZERS.add("ones", ones)
INITIALIZERS.add("orthogonal", orthogonal)
