"""How well a network does on rows it has not seen: curves, folds, the best of many, rare rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nn_core.arrays import Array
from nn_core.course.measures import loss, train, values
from nn_core.course.scenario import Evidence
from nn_core.layers import Dense, Dropout, Layer
from nn_core.live.points import Points
from nn_core.live.run import Run
from nn_core.live.settings import Settings
from nn_core.live.stack import Stack
from nn_core.network import Sequential
from nn_core.optimizers import Adam
from nn_core.regularizers import L1, L2, Regularizer
from nn_core.training import fit

POINTS, NOISE = 500, 0.3
UPDATES, PLACES = 1000, 21
# The best of fifty: rows to train on, to test on, and fresh ones; columns; networks.
TRAIN, TEST, FRESH, COLUMNS, TRIES = 60, 30, 3000, 12, 50
RARE = 0.05
FOLDS = 5


@dataclass(frozen=True)
class Curves:
    """The loss without penalty at every step looked at."""

    steps: tuple[int, ...]
    train: tuple[float, ...]
    test: tuple[float, ...]

    @property
    def best(self) -> int:
        """The place where the test loss is lowest."""
        return int(np.argmin(self.test))


def bare(run: Run, which: str) -> float:
    """The loss without the penalty on weights, which is no part of how good the answers are."""
    return loss(run, which) - run.model.penalty()


def surely_wrong(run: Run) -> float:
    """The probability that a network with one output gives to its answer, on the mean over the test
    points where that answer is wrong."""
    out, right = run.model.predict(run.sets["test"][0])[:, 0], run.labels("test")
    wrong = (out > 0.5) != right
    return float(np.maximum(out, 1 - out)[wrong].mean())


def cooled(run: Run) -> float:
    """The lowest test loss that comes of making every sum at the one output smaller by the same
    factor: the same border, less sureness."""
    z = values(run, f"{run.model.layers[-1].name}/z", "test")[:, 0].astype(float)
    y = run.labels("test")
    factors = np.linspace(0, 1, 101)[:, None]
    return float((np.logaddexp(0, factors * z) - y * factors * z).mean(axis=1).min())


def curves(units: int, penalty: str, rate: float, dropout: float, points: int) -> Curves:
    """Two layers of tanh on `points` noisy points: Adam, 1,000 updates."""
    price: Regularizer | None = {"none": None, "l1": L1(rate), "l2": L2(rate)}[penalty]
    layer = Dense(units, activation="tanh", kernel_regularizer=price)
    drop: list[Layer] = [Dropout(dropout)] if dropout else []
    source = Points(points=POINTS, noise=NOISE, train_share=points / POINTS)
    spec = Stack(source=source, hidden=tuple([layer, *drop] * 2))
    run = Run(spec, Settings(spec.start.activations, 0.01, "adam", batch_size=10))
    steps = tuple(round(at) for at in np.linspace(0, UPDATES, PLACES))
    found: list[tuple[float, float]] = []
    for step in steps:
        train(run, step - run.step)
        found.append((bare(run, "train"), bare(run, "test")))
    return Curves(steps, *(tuple(column) for column in zip(*found)))


def folds(seed: int = 1) -> list[float]:
    """Five-fold cross-validation on 100 noisy points: the share that is right in each fold."""
    data = Points(points=200, noise=NOISE, train_share=0.5, seed=seed).data()
    x, y = data.train_x, data.train_y[:, None]
    parts = np.array_split(np.arange(len(x)), FOLDS)
    found: list[float] = []
    for held in parts:
        kept = np.setdiff1d(np.arange(len(x)), held)
        model = network(8, 2, seed)
        learn(model, x[kept], y[kept], 40)
        found.append(share(model, x[held], y[held]))
    return found


def network(units: int, columns: int, seed: int) -> Sequential:
    """A small classifier, ready to learn."""
    layers = [Dense(units, activation="tanh"), Dense(1, activation="sigmoid")]
    model = Sequential(layers, (columns,), seed=seed)
    model.compile(Adam(0.02), "binary_crossentropy")
    return model


def learn(model: Sequential, x: Array, y: Array, epochs: int) -> None:
    for _ in fit(model, x, y, epochs=epochs, batch_size=20):
        pass


def share(model: Sequential, x: Array, y: Array) -> float:
    """The share of rows that the network puts right. y: (n, 1)."""
    return float(np.mean((model.predict(x) > 0.5) == (y > 0.5)))


def best_of_many(seed: int) -> Evidence:
    """Labels are coin tosses. Fifty networks train; the one that is best on the test rows is then
    asked for fresh rows. The answer is its share of right test rows, in percent."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(TRAIN + TEST + FRESH, COLUMNS))
    y = rng.integers(0, 2, (len(x), 1)).astype(float)
    held, fresh = slice(TRAIN, TRAIN + TEST), slice(TRAIN + TEST, None)
    tried: list[tuple[float, float]] = []
    for at in range(TRIES):
        model = network(4, COLUMNS, seed=1000 * seed + at)
        learn(model, x[:TRAIN], y[:TRAIN], 4)
        tried.append((share(model, x[held], y[held]), share(model, x[fresh], y[fresh])))
    best = max(tried)
    mean = float(np.mean([test for test, _ in tried]))
    return Evidence(100 * best[0], {"test": best[0], "fresh": best[1], "mean": mean})


def rare(seed: int) -> Evidence:
    """Five rows in a hundred belong to the class that one is after."""
    rng = np.random.default_rng(seed)
    y = (rng.random((3000, 1)) < RARE).astype(float)
    x = rng.normal(size=(len(y), 2)) + 0.9 * y
    model = network(6, 2, seed)
    learn(model, x[:1000], y[:1000], 10)
    out, true = model.predict(x[1000:])[:, 0], y[1000:, 0] > 0.5
    right, never = float(np.mean((out > 0.5) == true)), float(np.mean(~true))
    found, lower = float(np.mean(out[true] > 0.5)), out > 2 * RARE
    numbers = {"right": right, "never": never, "found": found, "threshold": 2 * RARE}
    numbers |= {"more": float(np.mean(lower[true])), "precision": float(np.mean(true[lower]))}
    return Evidence(1 if abs(right - never) < 0.02 and found < 0.4 else 0, numbers)


def gaps(runs: Sequence[Run], updates: int) -> list[tuple[float, float]]:
    """Train and test loss of each run after so many updates, without penalty."""
    for run in runs:
        train(run, updates)
    return [(bare(run, "train"), bare(run, "test")) for run in runs]
