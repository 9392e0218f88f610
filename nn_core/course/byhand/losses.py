"""Losses for given outputs, and what each sends back to the sum before the activation."""

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import Slope, apply
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Constant, Expression, Slip, Symbol, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import LOGITS, SHARES, one


@exercise("losses")
def losses(rng: np.random.Generator) -> Exercise:
    """Squared error and binary cross-entropy of one output, categorical of three."""
    y, hot = int(rng.integers(2)), int(rng.integers(3))
    p = [one(rng, SHARES), one(rng, (0.1, 0.15, 0.25))]
    p.append(round(1 - sum(p), 2))
    values = {"y": float(y), "z": one(rng, LOGITS)}
    values |= {f"y_{i + 1}": float(i == hot) for i in range(3)}
    values |= {f"p_{i + 1}": share for i, share in enumerate(p)}
    return Exercise(given(values), (*of_one_output(y), *of_three(hot)), pictures.shares(values))


def of_one_output(y: int) -> tuple[Blank, ...]:
    """A sum z, its sigmoid a, its target y; by squared error dz has the sigmoid's slope in it."""
    z, a, target = symbols("z a y")
    said = "That is the loss for the other target: here {0} is " + f"{y}."
    right, wrong = loss_for(a, y), loss_for(a, 1 - y)
    return (
        Blank("a", apply("sigmoid", z)),
        Blank("SE", (a - target) ** 2, decimals=4),
        Blank("dz_SE", Constant(2) * (a - target) * Slope("sigmoid", z, a), decimals=4),
        Blank("BCE", right, slips=(Slip(wrong, said, (target,)),)),
        Blank("dz_BCE", a - target, ties=not y, slips=slope_twice(a, target)),
    )


def loss_for(a: Expression, y: int) -> Expression:
    """-(y ln a + (1 - y) ln(1 - a)), of which one part is left with y = 1 or 0."""
    return -apply("ln", a if y else Constant(1) - a)


def slope_twice(a: Expression, y: Expression) -> tuple[Slip, ...]:
    said = "The sigmoid's derivative cancels against the loss's own: {0} remains."
    return (Slip((a - y) * a * (Constant(1) - a), said, (a - y,)),)


def of_three(hot: int) -> tuple[Blank, ...]:
    """Shares p_i out of a softmax, one target y_i of which is 1."""
    rows = [(Symbol(f"p_{i}"), Symbol(f"y_{i}")) for i in (1, 2, 3)]
    loss = Blank("CCE", -apply("ln", rows[hot][0]))
    # Where y_i is 0 it can be left out.
    slopes = (Blank(f"dz_{i + 1}", p - y, ties=i != hot) for i, (p, y) in enumerate(rows))
    return (loss, *slopes)
