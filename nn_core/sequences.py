"""Sequences to learn from: each task asks for one answer after T steps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

import numpy as np

from nn_core.arrays import Array
from nn_core.digits import SAMPLES
from nn_core.registry import Registry

Draw: TypeAlias = Callable[[int, int, np.random.Generator], tuple[Array, Array]]
# What the first symbol can be.
SYMBOLS = ("A", "B", "C", "D")


@dataclass(frozen=True)
class SequenceTask:
    """How to draw n sequences x: (n, T, D) with answers y: (n,), and what each column of x is."""

    task: Literal["classification", "regression"]
    inputs: tuple[str, ...]
    classes: tuple[str, ...]
    draw: Draw


def remember(n: int, steps: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Which symbol came first? x: one-hot of random symbols, y: the number of the first."""
    symbols = rng.integers(0, len(SYMBOLS), (n, steps))
    return np.eye(len(SYMBOLS))[symbols], symbols[:, 0]


def adding(n: int, steps: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """The sum of the two marked numbers, one in each half. x: a number from 0 to 1, a mark 0 or 1.

    Source: Hochreiter and Schmidhuber, 1997.
    """
    values, marks = rng.uniform(0, 1, (n, steps)), np.zeros((n, steps))
    half = steps // 2
    marks[np.arange(n), rng.integers(0, half, n)] = 1
    marks[np.arange(n), rng.integers(half, steps, n)] = 1
    return np.stack([values, marks], axis=-1), (values * marks).sum(axis=1)


def sine(n: int, steps: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """The next value of a wave of its own phase and of 8 to 16 steps a turn."""
    turn, phase = rng.uniform(8, 16, (n, 1)), rng.uniform(0, 2 * np.pi, (n, 1))
    wave = np.sin(2 * np.pi * np.arange(steps + 1) / turn + phase)
    return wave[:, :-1, None], wave[:, -1]


def sales(n: int, steps: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """What a shop takes on the next day: windows of its year in order, (dollars - 12,500) / 2,500.

    There are at most 365 - T of them; Christmas, when the shop is nearly closed, is left in.
    """
    scaled = (daily_sales() - 12_500) / 2_500
    windows = np.lib.stride_tricks.sliding_window_view(scaled, steps + 1)[-n:]
    return windows[:, :-1, None], windows[:, -1]


@cache
def daily_sales() -> Array:
    """365 days of the built-in shop, in dollars."""
    with np.load(SAMPLES / "daily_sales.npz", allow_pickle=False) as file:
        return file["sales"].astype(float)


TASKS: Registry[SequenceTask] = Registry("sequence task")
TASKS.add("remember", SequenceTask("classification", SYMBOLS, SYMBOLS, remember))
TASKS.add("adding", SequenceTask("regression", ("number", "mark"), (), adding))
TASKS.add("sine", SequenceTask("regression", ("wave",), (), sine))
TASKS.add("sales", SequenceTask("regression", ("sales",), (), sales))
