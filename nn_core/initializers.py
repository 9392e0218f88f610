"""Initialisers: how a weight starts. Names, parameters and distributions are Keras's."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.registry import Registry

# The standard deviation of a normal cut off at two standard deviations.
TRUNCATED_STDDEV = 0.87962566103423978


@dataclass(frozen=True)
class Initializer:
    """Draws the start of one weight array; its fields are its Keras config."""

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        """-> an array of that shape, in float64."""
        raise NotImplementedError


@dataclass(frozen=True)
class VarianceScaling(Initializer):
    """Variance scale / n, n the fan in or the mean of both fans.

    LeCun 1998: 1 / fan in; Glorot 2010: 1 / mean of fans; He 2015: 2 / fan in.
    """

    scale: float = 1.0
    mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in"
    distribution: Literal["truncated_normal", "uniform"] = "truncated_normal"

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        fan_in, fan_out = fans(shape)
        n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        variance = self.scale / max(1.0, n)
        if self.distribution == "uniform":
            limit = math.sqrt(3 * variance)
            return rng.uniform(-limit, limit, shape)
        return truncated_normal(rng, shape, math.sqrt(variance) / TRUNCATED_STDDEV)


@dataclass(frozen=True)
class RandomNormal(Initializer):
    """Normal around mean."""

    mean: float = 0.0
    stddev: float = 0.05

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        return rng.normal(self.mean, self.stddev, shape)


@dataclass(frozen=True)
class TruncatedNormal(Initializer):
    """Normal around mean, drawn again beyond two standard deviations."""

    mean: float = 0.0
    stddev: float = 0.05

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        return self.mean + truncated_normal(rng, shape, self.stddev)


@dataclass(frozen=True)
class RandomUniform(Initializer):
    """Uniform in [minval, maxval)."""

    minval: float = -0.05
    maxval: float = 0.05

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        return rng.uniform(self.minval, self.maxval, shape)


@dataclass(frozen=True)
class Constant(Initializer):
    """All one value: units of a layer then stay copies of each other."""

    value: float = 0.0

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        return np.full(shape, float(self.value))


@dataclass(frozen=True)
class Zeros(Initializer):
    """All zero: units of a layer then stay copies of each other."""

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        return np.zeros(shape)


@dataclass(frozen=True)
class Ones(Initializer):
    """All one: a scale that changes nothing yet."""

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        return np.ones(shape)


@dataclass(frozen=True)
class Orthogonal(Initializer):
    """Rows, or columns where they are fewer, of length gain at right angles (Saxe et al., 2014).

    A recurrent kernel that starts so neither stretches nor shrinks what it carries.
    """

    gain: float = 1.0

    def __call__(self, rng: np.random.Generator, shape: Shape) -> Array:
        rows, columns = math.prod(shape[:-1]), shape[-1]
        q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
        q = q * np.sign(np.diag(r)) * self.gain
        return (q if rows >= columns else q.T).reshape(shape)


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


class Initializers(Registry[Initializer]):
    """By name; one with parameters of its own (Constant always) stands for itself, as in Keras."""

    def get(self, name: str | Initializer) -> Initializer:
        return name if isinstance(name, Initializer) else super().get(name)


INITIALIZERS = Initializers("initializer")
INITIALIZERS.add("glorot_uniform", VarianceScaling(1.0, "fan_avg", "uniform"))
INITIALIZERS.add("glorot_normal", VarianceScaling(1.0, "fan_avg"))
INITIALIZERS.add("he_uniform", VarianceScaling(2.0, "fan_in", "uniform"))
INITIALIZERS.add("he_normal", VarianceScaling(2.0, "fan_in"))
INITIALIZERS.add("lecun_uniform", VarianceScaling(1.0, "fan_in", "uniform"))
INITIALIZERS.add("lecun_normal", VarianceScaling(1.0, "fan_in"))
INITIALIZERS.add("random_uniform", RandomUniform())
# Keras's other name for it, and the default of Embedding.
INITIALIZERS.add("uniform", RandomUniform())
INITIALIZERS.add("random_normal", RandomNormal())
INITIALIZERS.add("truncated_normal", TruncatedNormal())
INITIALIZERS.add("orthogonal", Orthogonal())
INITIALIZERS.add("zeros", Zeros())
INITIALIZERS.add("ones", Ones())
