"""A 3x3 kernel over a 4x4 picture, ReLU, a 2x2 max pool, and the way back to the kernel."""

from itertools import product

import numpy as np

from nn_core.course.byhand import grids
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.arithmetic import Sum
from nn_core.course.byhand.exercise import Exercise, Given, exercise
from nn_core.course.byhand.expressions import Expression, Slip, Symbol, symbols
from nn_core.course.byhand.marking import Blank

PLACES = tuple(product((1, 2), repeat=2))
CORNERS = ((1, 1), (1, 3), (2, 2), (3, 1))
KERNEL = tuple(product((1, 2, 3), repeat=2))


@exercise("convolution")
def convolution(rng: np.random.Generator) -> Exercise | None:
    """Whole numbers throughout. None where a sum stands on ReLU's corner or two share the top."""
    x, k = rng.integers(0, 5, (4, 4)), rng.integers(-1, 2, (3, 3))
    z = np.array([[np.sum(x[i : i + 3, j : j + 3] * k) for j in (0, 1)] for i in (0, 1)])
    top = np.flatnonzero(z == z.max())
    if not z.all() or z.max() < 0 or z.min() > 0 or len(top) > 1:
        return None
    found = [Given(f"x_{i + 1}{j + 1}", float(x[i, j]), shown=False) for i, j in np.ndindex(4, 4)]
    found += [Given(f"k_{i + 1}{j + 1}", float(k[i, j]), shown=False) for i, j in np.ndindex(3, 3)]
    found.append(Given("dp", float(rng.choice([-3, -2, 2, 3]))))
    row, column = divmod(int(top[0]), 2)
    return Exercise(tuple(found), (*forward(), *backward(row + 1, column + 1)), picture(found))


def picture(found: list[Given]) -> str:
    return grids.convolution({one.name: one.value for one in found})


def forward() -> tuple[Blank, ...]:
    """z_ij = sum of the kernel times the window at (i, j), a = ReLU(z), p the largest a."""
    sums = [Blank(f"z_{i}{j}", window(i, j), 0, turned(i, j), ties=True) for i, j in PLACES]
    kept = [Blank(f"a_{i}{j}", relu(i, j), 0, may_vanish=True, ties=True) for i, j in PLACES]
    return (*sums, *kept, Blank("p", apply("max", *symbols("a_11 a_12 a_21 a_22")), 0))


def window(i: int, j: int, flip: bool = False, turn: bool = False) -> Expression:
    """The kernel times the picture's window with its corner at (i, j)."""
    terms: list[Expression] = []
    for m, n in KERNEL:
        a, b = (4 - m, 4 - n) if flip else (n, m) if turn else (m, n)
        terms.append(Symbol(f"k_{a}{b}") * Symbol(f"x_{i + m - 1}{j + n - 1}"))
    return Sum(tuple(terms))


def turned(i: int, j: int) -> tuple[Slip, ...]:
    """The kernel flipped, rows for columns, and the window of another place."""
    other = (3 - i, j), (i, 3 - j)
    return (
        Slip(window(i, j, flip=True), "That is with the kernel flipped: here it is laid as it is."),
        Slip(window(i, j, turn=True), "That is with rows and columns of the kernel exchanged."),
        Slip(window(*other[0]), "That is the window a row off."),
        Slip(window(*other[1]), "That is the window a column off."),
    )


def relu(i: int, j: int) -> Expression:
    return apply("relu", Symbol(f"z_{i}{j}"))


def backward(i: int, j: int) -> tuple[Blank, ...]:
    """The pool hands its gradient to the place (i, j) that won; dk_mn = dp x of its window."""
    dp = Symbol("dp")
    blanks: list[Blank] = []
    for m, n in CORNERS:
        own, first = Symbol(f"x_{i + m - 1}{j + n - 1}"), Symbol(f"x_{m}{n}")
        said = "That is with the pixel {0}, but the window that won begins at row "
        slip = Slip(dp * first, f"{said}{i}, column {j}.", (first,), subtle=True)
        slips = (slip,) if (i, j) != (1, 1) else ()
        blanks.append(Blank(f"dk_{m}{n}", dp * own, 0, slips, ties=True))
    return tuple(blanks)
