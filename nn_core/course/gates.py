"""One unit of an LSTM, and of a GRU, whose gates somebody opens and closes by hand."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nn_core.arrays import Array
from nn_core.course.parts import Check
from nn_core.sequences import daily_sales

# What the built-in shop took on eight days, (dollars - 12,500) / 2,500.
FIRST, DAYS = 56, 8
# How near a number must come to count as remembered, and what still counts as silence.
NEAR, SILENT, HEARD = 0.1, 0.05, 0.5


def takings() -> Array:
    """x: (T,), one number a day."""
    return (daily_sales()[FIRST : FIRST + DAYS] - 12_500) / 2_500


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def set_by_hand(steps: int, opened: Collection[int], strength: float) -> Array:
    """opened: steps from 1 -> (T,): sigmoid(strength) where the gate is open, sigmoid(-strength)
    where it is closed; a sigmoid reaches neither 1 nor 0."""
    sign = np.array([1.0 if t + 1 in opened else -1.0 for t in range(steps)])
    return sigmoid(strength * sign)


@dataclass(frozen=True)
class Cell:
    """An LSTM's unit. x, and its gates i, f, o, all (T,); w = 1 and u = b = 0 for g = tanh(x)."""

    x: Array
    i: Array
    f: Array
    o: Array

    @cached_property
    def g(self) -> Array:
        """What each step offers to the memory: (T,)."""
        return np.tanh(self.x)

    @cached_property
    def c(self) -> Array:
        """c_t = f_t c_{t-1} + i_t g_t from c_0 = 0: (T,)."""
        c, found = 0.0, np.zeros_like(self.x)
        for t, (f, i, g) in enumerate(zip(self.f, self.i, self.g)):
            found[t] = c = f * c + i * g
        return found

    @cached_property
    def h(self) -> Array:
        """h_t = o_t tanh(c_t): (T,)."""
        return self.o * np.tanh(self.c)


def lstm(i: Collection[int], f: Collection[int], o: Collection[int], strength: float) -> Cell:
    """i, f, o: the days, from 1, on which each gate is open."""
    x = takings()
    gates = (set_by_hand(len(x), opened, strength) for opened in (i, f, o))
    return Cell(x, *gates)


@dataclass(frozen=True)
class Gated:
    """A GRU's unit: x, and its gates z, r, all (T,); w = u = 1 and b = 0 for the candidate g."""

    x: Array
    z: Array
    r: Array

    @cached_property
    def states(self) -> tuple[Array, Array]:
        """g_t = tanh(x_t + r_t h_{t-1}), h_t = z_t h_{t-1} + (1 - z_t) g_t from h_0 = 0: (T,)."""
        h, g, found = 0.0, np.zeros_like(self.x), np.zeros_like(self.x)
        for t, (x, z, r) in enumerate(zip(self.x, self.z, self.r)):
            g[t] = np.tanh(x + r * h)
            found[t] = h = z * h + (1 - z) * g[t]
        return g, found


def gru(z: Collection[int], r: Collection[int], strength: float) -> Gated:
    """z, r: the days, from 1, on which each gate is open."""
    x = takings()
    gates = (set_by_hand(len(x), opened, strength) for opened in (z, r))
    return Gated(x, *gates)


# What the reader is asked to bring about, in the order in which the text asks for it.


def keeps_the_first(cell: Cell) -> Check:
    """The memory holds day 1's number from the first day to the last."""
    off = float(np.abs(cell.c - cell.g[0]).max())
    said = f"Keep day 1's number in the cell until day 8. c lies up to {off:.2f} from g₁"
    return Check(off <= NEAR, said)


def shows_it_at_last(cell: Cell) -> Check:
    """As before, and h is silent until the last day."""
    before, last = float(np.abs(cell.h[:-1]).max()), float(cell.h[-1])
    reached = keeps_the_first(cell).reached and before <= SILENT and last >= HEARD
    now = f"h₁ to h₇ reach {before:.2f}, h₈ is {last:.2f}"
    return Check(reached, f"Keep it, and say nothing of it before day 8. {now}")


def replaces_it(cell: Cell) -> Check:
    """Day 1's number until day 4, day 5's from then on."""
    wanted = np.where(np.arange(DAYS) < 4, cell.g[0], cell.g[4])
    off = float(np.abs(cell.c - wanted).max())
    said = f"Hold day 1's number until day 4, day 5's from then on. c is up to {off:.2f} off"
    return Check(off <= NEAR, said)


def adds_up(cell: Cell) -> Check:
    """Days 1 and 7 together at the end."""
    wanted = cell.g[0] + cell.g[6]
    said = f"End with the sum of days 1 and 7. c₈ is {cell.c[-1]:.2f}, g₁ + g₇ is {wanted:.2f}"
    return Check(bool(abs(cell.c[-1] - wanted) <= NEAR), said)


CHALLENGES: tuple[Callable[[Cell], Check], ...] = (
    keeps_the_first,
    shows_it_at_last,
    replaces_it,
    adds_up,
)
