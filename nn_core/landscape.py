"""The loss around a network: over two directions in weight space, with the run's path on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array
from nn_core.network import Sequential


@dataclass(frozen=True)
class Plane:
    """A centre and two directions to look along; all (P,).

    explained: the share of the path's movement that lies in the plane, NaN for random directions.
    """

    centre: Array
    first: Array
    second: Array
    explained: float

    def weights(self, alpha: float, beta: float) -> Array:
        """centre + alpha first + beta second: (P,)."""
        return self.centre + alpha * self.first + beta * self.second

    def coordinates(self, path: npt.ArrayLike) -> Array:
        """path: (K, P) weights -> (K, 2), their (alpha, beta): the nearest point of the plane."""
        steps = np.asarray(path, np.float64) - self.centre
        basis = np.stack([self.first, self.second], axis=1)
        return np.linalg.lstsq(basis, steps.T, rcond=None)[0].T


@dataclass(frozen=True)
class Landscape:
    """losses[i, j] is the loss at alphas[j], betas[i]; path: (K, 2) with its own losses (K,)."""

    plane: Plane
    alphas: Array
    betas: Array
    losses: Array
    path: Array
    path_losses: Array


def random_plane(model: Sequential, rng: np.random.Generator) -> Plane:
    """Two random directions, each filter as long as the model's own (Li et al. 2018).

    A unit's incoming weights, a filter or a gate's column are one filter; biases and scales, which
    have one axis, do not move. So a network whose weights are ten times as large is not shown flat.
    """
    centre = model.weights.vector.astype(np.float64)
    first, second = random_direction(model, rng), random_direction(model, rng)
    return Plane(centre, first, second, float("nan"))


def random_direction(model: Sequential, rng: np.random.Generator) -> Array:
    """(P,), filter by filter of the length of the model's weights."""
    parts: list[Array] = []
    for array in model.named_weights.values():
        drawn = rng.standard_normal(array.shape)
        if array.ndim < 2:
            drawn[...] = 0
        else:
            axes = tuple(range(array.ndim - 1))
            own = np.sqrt(np.square(array, dtype=np.float64).sum(axis=axes))
            drawn *= own / np.sqrt(np.square(drawn).sum(axis=axes))
        parts.append(drawn.ravel())
    return np.concatenate(parts)


def path_plane(path: npt.ArrayLike) -> Plane:
    """The two main directions of a path (K, P) around where it ended; unit length each.

    Raises ValueError for a path of fewer than three points, or one that does not move.
    """
    points = np.asarray(path, np.float64)
    if points.ndim != 2 or len(points) < 3:
        raise ValueError(
            f"path_plane expects three or more points of the run, (K, P); received {points.shape}. "
            "Keep model.weights.vector.copy() after every epoch."
        )
    steps = points - points[-1]
    _, sizes, directions = np.linalg.svd(steps, full_matrices=False)
    total = float((sizes**2).sum())
    if not total:
        raise ValueError("path_plane expects a path that moves; all its points are the same.")
    return Plane(points[-1], directions[0], directions[1], float((sizes[:2] ** 2).sum()) / total)


def landscape(
    model: Sequential,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    plane: Plane,
    path: Sequence[Array] | Array = (),
    side: int = 25,
    reach: float = 1.0,
) -> Landscape:
    """The loss of this model on x, y over side * side points of the plane, and along its path.

    The window reaches `reach` directions to each side, and with a path a quarter beyond it. The
    model is as before when this returns.
    """
    points = np.asarray(path, np.float64).reshape(len(path), model.weights.vector.size)
    at = plane.coordinates(points) if len(points) else np.zeros((0, 2))
    alphas, betas = (window(at[:, axis], side, reach) for axis in (0, 1))
    spots = [plane.weights(alpha, beta) for beta in betas for alpha in alphas]
    losses = np.fromiter(losses_at(model, x, y, spots), float, len(spots))
    own = np.fromiter(losses_at(model, x, y, points), float, len(points))
    return Landscape(plane, alphas, betas, losses.reshape(side, side), at, own)


def window(at: Array, side: int, reach: float) -> Array:
    """(side,) coordinates around 0 and the path's own, `at`: (K,)."""
    if not len(at):
        return np.linspace(-reach, reach, side)
    low, high = min(float(at.min()), 0.0), max(float(at.max()), 0.0)
    edge = 0.25 * (high - low) or reach
    return np.linspace(low - edge, high + edge, side)


def losses_at(
    model: Sequential, x: npt.ArrayLike, y: npt.ArrayLike, spots: Sequence[Array] | Array
) -> Iterator[float]:
    """The loss at each place in weight space; afterwards the weights are what they were."""
    vector = model.weights.vector
    before = vector.copy()
    try:
        for spot in spots:
            vector[:] = spot
            yield model.evaluate(x, y)
    finally:
        vector[:] = before
