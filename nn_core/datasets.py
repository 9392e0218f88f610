"""Points in the plane to learn from: labels 0 or 1, or a height between -1 and 1."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from nn_core.arrays import Array
from nn_core.registry import Registry

# All sets lie in this square.
DOMAIN = (-6.0, 6.0)
# Noise is a share of the half side of the square over which points are drawn.
RADIUS = 5.0

Task = Literal["classification", "regression"]
Points: TypeAlias = tuple[Array, Array]
Draw: TypeAlias = Callable[[int, float, np.random.Generator], Points]


@dataclass(frozen=True)
class Dataset:
    """How to draw n points x: (n, 2) with y: (n,), and what is asked of them."""

    task: Task
    draw: Draw


class Split(NamedTuple):
    """Train and test points. x: (n, 2), y: (n,)."""

    train_x: Array
    train_y: Array
    test_x: Array
    test_y: Array


def make(name: str, n: int, noise: float, train_share: float, seed: int) -> Split:
    """n points of a set, shuffled and split. noise: 0 to 0.5; train_share: 0.1 to 0.9."""
    if not 0 <= noise <= 0.5:
        raise ValueError(f"Noise goes from 0 to 0.5; received {noise}.")
    if not 0.1 <= train_share <= 0.9:
        raise ValueError(f"The train share goes from 0.1 to 0.9; received {train_share}.")
    rng = np.random.default_rng(seed)
    x, y = DATASETS.get(name).draw(n, noise, rng)
    order = rng.permutation(n)
    x, y = np.clip(x[order], *DOMAIN), y[order]
    cut = round(n * train_share)
    return Split(x[:cut], y[:cut], x[cut:], y[cut:])


def circle(n: int, noise: float, rng: np.random.Generator) -> Points:
    """A disc inside a ring. Noise moves the points after they got their labels."""
    inner = np.arange(n) < n // 2
    radius = np.where(inner, rng.uniform(0, 0.5 * RADIUS, n), rng.uniform(0.7 * RADIUS, RADIUS, n))
    angle = rng.uniform(0, 2 * np.pi, n)
    x = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    return x + jitter(x, noise, rng), inner.astype(float)


def xor(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Quadrants: 1 where x1 and x2 have the same sign. A small gap runs along the axes."""
    x = rng.uniform(-RADIUS, RADIUS, (n, 2))
    x += np.where(x > 0, 0.3, -0.3)
    return x + jitter(x, noise, rng), (x[:, 0] * x[:, 1] > 0).astype(float)


def gaussians(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Two clouds, at (2, 2) and (-2, -2); noise makes them wider."""
    y = (np.arange(n) < n // 2).astype(float)
    centre = np.where(y[:, None] > 0, 2.0, -2.0)
    return centre + rng.normal(size=(n, 2)) * np.sqrt(0.5 + 7 * noise), y


def spiral(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Two arms that wind around each other."""
    y = (np.arange(n) < n // 2).astype(float)
    along = np.concatenate([np.linspace(0, 1, n // 2), np.linspace(0, 1, n - n // 2)])
    angle = 1.75 * 2 * np.pi * along + np.where(y > 0, 0, np.pi)
    x = RADIUS * np.stack([along * np.sin(angle), along * np.cos(angle)], axis=1)
    return x + rng.uniform(-1, 1, (n, 2)) * noise * 2, y


def moons(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Two half circles that reach into each other."""
    y = (np.arange(n) < n // 2).astype(float)
    angle = rng.uniform(0, np.pi, n)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    x = 3 * np.where(y[:, None] > 0, upper, -upper)
    return x + rng.normal(size=(n, 2)) * noise * 2, y


def plane(n: int, noise: float, rng: np.random.Generator) -> Points:
    """A tilted plane: y = (x1 + x2) / 10."""
    x = rng.uniform(-RADIUS, RADIUS, (n, 2))
    return x, np.clip((x + jitter(x, noise, rng)).sum(axis=1) / 10, -1, 1)


def multi_gauss(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Six hills and hollows in two rows; the nearest within 2 counts."""
    peaks = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)])
    signs = np.array([1, -1, 1, -1, 1, -1])
    x = rng.uniform(-RADIUS, RADIUS, (n, 2))
    at = x + jitter(x, noise, rng)
    height = np.clip(1 - np.linalg.norm(at[:, None] - peaks, axis=2) / 2, 0, None)
    best = height.argmax(axis=1)
    return x, signs[best] * height[np.arange(n), best]


def jitter(x: Array, noise: float, rng: np.random.Generator) -> Array:
    """Uniform displacements of up to noise times the radius. -> same shape as x."""
    return rng.uniform(-RADIUS, RADIUS, x.shape) * noise


DATASETS: Registry[Dataset] = Registry("data set")
DATASETS.add("circle", Dataset("classification", circle))
DATASETS.add("xor", Dataset("classification", xor))
DATASETS.add("gaussians", Dataset("classification", gaussians))
DATASETS.add("spiral", Dataset("classification", spiral))
DATASETS.add("moons", Dataset("classification", moons))
DATASETS.add("plane", Dataset("regression", plane))
DATASETS.add("multi-gauss", Dataset("regression", multi_gauss))


FEATURES: Registry[Callable[[Array], Array]] = Registry("feature")
FEATURES.add("x1", lambda x: x[:, 0])
FEATURES.add("x2", lambda x: x[:, 1])
FEATURES.add("x1^2", lambda x: x[:, 0] ** 2)
FEATURES.add("x2^2", lambda x: x[:, 1] ** 2)
FEATURES.add("x1*x2", lambda x: x[:, 0] * x[:, 1])
FEATURES.add("sin(x1)", lambda x: np.sin(x[:, 0]))
FEATURES.add("sin(x2)", lambda x: np.sin(x[:, 1]))


def features(x: Array, names: tuple[str, ...]) -> Array:
    """x: (n, 2) -> (n, len(names)), the inputs of the network."""
    return np.stack([FEATURES.get(name)(x) for name in names], axis=1)
