"""How far the gradient of a batch lies from that of all samples, and how rough the way down is."""

from dataclasses import dataclass, replace

import numpy as np

from nn_core.arrays import Array
from nn_core.course.measures import loss, train
from nn_core.live.points import Points
from nn_core.live.run import Run

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
DRAWS = 100
# So many train points that a batch of 256 is still a small share of them.
MANY = Points(points=2000, train_share=0.9)


@dataclass(frozen=True)
class Spread:
    """size: samples in a batch; far: the root mean square distance of the gradients of such
    batches from that of all samples, in lengths of the latter."""

    size: int
    far: float


def spreads(run: Run, seed: int, sizes: tuple[int, ...] = SIZES) -> tuple[Spread, ...]:
    """Measured on batches drawn without replacement, as in training, at the present weights."""
    rng = np.random.default_rng(seed)
    every = gradient(run, np.arange(len(run.x)))
    length = float(np.linalg.norm(every))
    found: list[Spread] = []
    for size in sizes:
        drawn = [rng.choice(len(run.x), size, replace=False) for _ in range(DRAWS)]
        apart = np.array([gradient(run, rows) - every for rows in drawn])
        found.append(Spread(size, float(np.sqrt(np.square(apart).sum(axis=1).mean())) / length))
    return tuple(found)


def gradient(run: Run, rows: Array) -> Array:
    """rows: (n,) of the train samples -> (P,), the gradient of their mean loss."""
    parts = run.model.gradients(run.x[rows], run.y[rows])
    return np.concatenate([part.ravel() for part in parts]).astype(np.float64)


def after(updates: int, seed: int = 1) -> tuple[Spread, ...]:
    """The spread after so many updates of SGD with batches of 10."""
    return spreads(train(Run(replace(MANY, seed=seed), MANY.start), updates), seed)


def risen(run: Run, updates: int) -> float:
    """The share of updates after which the loss over all train samples is higher than before."""
    losses = [loss(run)]
    for _ in range(updates):
        losses.append(loss(train(run, 1)))
    return float(np.mean(np.diff(losses) > 0))


def rooted(found: tuple[Spread, ...]) -> list[float]:
    """The line far / sqrt(n) through the first of them."""
    first = found[0]
    return [first.far * (first.size / each.size) ** 0.5 for each in found]
