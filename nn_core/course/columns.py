"""A table with one-hot columns and a column in cents: what it does to scale either of them."""

from typing import NamedTuple

import numpy as np

from nn_core.arrays import Array
from nn_core.course.scenario import Evidence
from nn_core.layers import Dense
from nn_core.network import Sequential
from nn_core.optimizers import SGD
from nn_core.trace import record
from nn_core.training import fit

DAYS, TRAIN, ALL = 7, 400, 600
CENTS = (500, 9500)
EPOCHS, BATCH, RATE, UNITS = 15, 20, 0.1, 6


def visits(seed: int) -> tuple[Array, Array, Array]:
    """Invented visits to a shop: days (n, 7) one-hot, prices (n, 1) in cents, y (n, 1): whether
    the visitor bought. Cheap things sell better, and at weekends more is bought."""
    rng = np.random.default_rng(seed)
    day, price = rng.integers(0, DAYS, ALL), rng.uniform(*CENTS, ALL)
    wish = 2 * (5000 - price) / 2600 + np.where(day >= 5, 1.5, -0.5)
    bought = rng.random(ALL) < 1 / (1 + np.exp(-2 * wish))
    return np.eye(DAYS)[day], price[:, None], bought[:, None].astype(float)


def to_unit(columns: Array) -> Array:
    """(n, D) -> every column from 0 to 1, as scikit-learn's MinMaxScaler makes it."""
    low, high = columns.min(axis=0), columns.max(axis=0)
    return (columns - low) / (high - low)


def standardised(columns: Array) -> Array:
    """(n, D) -> every column of mean 0 and standard deviation 1."""
    return (columns - columns.mean(axis=0)) / columns.std(axis=0)


class Learnt(NamedTuple):
    """right: the share of test rows that come out right; flat: the share of the hidden units'
    outputs that lie within 0.01 of -1 or 1 before any update."""

    right: float
    flat: float


def learnt(columns: tuple[Array, ...], y: Array, seed: int, epochs: int = EPOCHS) -> Learnt:
    """What a small network makes of the columns."""
    x = np.hstack(columns)
    hidden = Dense(UNITS, activation="tanh", name="hidden")
    model = Sequential((hidden, Dense(1, activation="sigmoid")), x.shape[1:], seed=seed)
    model.compile(SGD(RATE), "binary_crossentropy")
    flat = np.abs(record(model, x[:TRAIN], y[:TRAIN])["hidden/a"]) > 0.99
    for _ in fit(model, x[:TRAIN], y[:TRAIN], epochs=epochs, batch_size=BATCH):
        pass
    right = (model.predict(x[TRAIN:]) > 0.5) == y[TRAIN:]
    return Learnt(float(np.mean(right)), float(np.mean(flat)))


def scaling(seed: int) -> Evidence:
    """Option 1: the one-hot columns stay what they are, the price makes the difference."""
    days, price, y = visits(seed)
    raw, one_hot, scaled = (
        learnt(columns, y, seed)
        for columns in ((days, price), (to_unit(days), price), (days, standardised(price)))
    )
    numbers = {
        "moved": float(np.abs(to_unit(days) - days).max()),
        "raw": raw.right,
        "one_hot": one_hot.right,
        "price": scaled.right,
        "flat": raw.flat,
        "price_flat": scaled.flat,
        "longer": learnt((days, price), y, seed, 10 * EPOCHS).right,
    }
    helps = scaled.right > max(raw.right, numbers["longer"]) + 0.2
    return Evidence(1 if helps and one_hot == raw else 0, numbers)
