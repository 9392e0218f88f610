"""A map of products: those that a model holds near each other stand near each other.

The vectors' two main directions are the start. From there on each product is pulled to its nearest
and pushed from others drawn by lot, as in UMAP (McInnes et al., 2018) with a = b = 1. Who stands
beside whom means something; how far apart two groups stand means little.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Numbers
from nn_core.recommender.models import Fitted, Recommender
from nn_core.recommender.models.vectors import of_length_one, squeezed
from nn_core.recommender.ranking import top

NEAREST = 8
PUSHED = 10
"""Products drawn by lot that each is pushed from, in each round."""
ROUNDS = 80
SPREAD = 10.0
LONGEST = 4.0
"""A single push or pull goes no further."""
WIDE = 256
"""Numbers a product; more are squeezed first."""
BLOCK = 1_000

Points = NDArray[np.float32]


def laid_out(
    vectors: NDArray[np.float32], nearest: Numbers | None = None, rounds: int = ROUNDS
) -> Points:
    """vectors: (I, D); nearest: (I, N) the products near each, -1 for none, or those of the
    greatest cosine -> (I, 2), the same for the same input."""
    narrow = vectors if vectors.shape[1] <= WIDE else squeezed(vectors.T)
    unit = of_length_one(np.asarray(narrow, np.float32))
    points = main_directions(unit)
    one, other = pairs(neighbours(unit) if nearest is None else nearest)
    rng = np.random.default_rng(0)
    for n in range(rounds):
        points += (1 - n / rounds) * forces(points, one, other, rng)
    return drawn_in(points)


def drawn_in(points: Points) -> Points:
    """Islands that drifted far off, as far as the edge of where nearly all products are."""
    low, high = np.percentile(points, [2, 98], axis=0)
    room = 0.25 * (high - low)
    return np.clip(points, low - room, high + room).astype(np.float32)


def nearest_of(fitted: Fitted, count: int) -> Numbers | None:
    """(count, NEAREST) what the model holds nearest to each of the first products, among these;
    None for a model that knows no likeness, or none beside the cosine of its vectors."""
    if type(fitted.model).likeness is Recommender.likeness:
        return None
    rows: list[Numbers] = []
    for product in range(count):
        near = fitted.model.likeness(fitted.arrays, product)
        if near is None:
            return None
        able = np.where(near[:count] > 0, near[:count], -np.inf)
        able[product] = -np.inf
        rows.append(top(able[None], NEAREST)[0])
    return np.stack(rows)


def main_directions(vectors: NDArray[np.float32]) -> Points:
    """(I, D) -> (I, 2) along the two principal components, the wider one SPREAD wide."""
    centred = vectors - vectors.mean(axis=0)
    turned = np.linalg.svd(centred.T @ centred)[0][:, :2]
    points = np.zeros((len(vectors), 2), np.float32)
    points[:, : turned.shape[1]] = centred @ turned
    return points * np.float32(SPREAD / max(float(np.abs(points).max(initial=0)), 1e-9))


def neighbours(unit: NDArray[np.float32]) -> Numbers:
    """unit: (I, D) of length 1 -> (I, NEAREST) those of the greatest cosine."""
    found: list[Numbers] = []
    for first in range(0, len(unit), BLOCK):
        near = unit[first : first + BLOCK] @ unit.T
        rows = np.arange(len(near))
        near[rows, first + rows] = -np.inf
        found.append(top(near, NEAREST))
    return np.concatenate(found)


def pairs(nearest: Numbers) -> tuple[Numbers, Numbers]:
    """(I, N) -> every product with each that is near it: (E,), (E,)."""
    one = np.repeat(np.arange(len(nearest)), nearest.shape[1])
    other = nearest.ravel()
    return one[other >= 0], other[other >= 0]


def forces(points: Points, one: Numbers, other: Numbers, rng: np.random.Generator) -> Points:
    """(I, 2) where each point is moved: -dC/dy of the cross-entropy between the near pairs and
    1 / (1 + |y_i - y_j|^2), the far pairs drawn by lot."""
    pull = points[one] - points[other]
    squared = (pull**2).sum(axis=1, keepdims=True)
    pull = -2 * pull / (1 + squared)
    pushed = np.repeat(np.arange(len(points)), PUSHED)
    against = rng.integers(len(points), size=len(pushed))
    push = points[pushed] - points[against]
    squared = (push**2).sum(axis=1, keepdims=True)
    push = 2 * push / ((0.01 + squared) * (1 + squared))
    moved = summed(one, pull, len(points)) - summed(other, pull, len(points))
    moved += summed(pushed, np.clip(push, -LONGEST, LONGEST), len(points))
    return np.asarray(np.clip(moved / NEAREST, -LONGEST, LONGEST), np.float32)


def summed(rows: Numbers, values: Points, count: int) -> Points:
    """(E, 2) added up by row -> (count, 2)."""
    parts = [np.bincount(rows, values[:, axis], minlength=count) for axis in (0, 1)]
    return np.stack(parts, axis=1).astype(np.float32)
