"""One recurrent unit over three time steps, and back through time."""

import numpy as np

from nn_core.course.byhand import cells
from nn_core.course.byhand.applied import Slope, apply
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import BIASES, INPUTS, named, one

STEPS = (1, 2, 3)


@exercise("rnn")
def rnn(rng: np.random.Generator) -> Exercise:
    """h_t = tanh(w x_t + u h_{t-1} + b) from h_0 = 0; dh_3 comes from the loss."""
    values = named(rng, "x_1 x_2 x_3", INPUTS) | named(rng, "w u") | named(rng, "b", BIASES)
    values |= {"dh_3": one(rng, (0.5, -0.5, 0.8, -0.8, 2.0, -2.0))}
    return Exercise(given(values), (*forward(), *backward()), cells.unrolled(values))


def forward() -> tuple[Blank, ...]:
    w, u, b = symbols("w u b")
    blanks: list[Blank] = []
    for t in STEPS:
        x, before, z = symbols(f"x_{t} h_{t - 1} z_{t}")
        total = w * x + u * before + b if t > 1 else w * x + b
        blanks += [Blank(f"z_{t}", total), Blank(f"h_{t}", apply("tanh", z))]
    return tuple(blanks)


def backward() -> tuple[Blank, ...]:
    """dz_t = dh_t tanh'(z_t), dh_{t-1} = u dz_t; each weight's gradient is a sum over time."""
    u, x_1, x_2, x_3, h_1, h_2 = symbols("u x_1 x_2 x_3 h_1 h_2")
    dz_1, dz_2, dz_3 = symbols("dz_1 dz_2 dz_3")
    blanks: list[Blank] = []
    for t in reversed(STEPS):
        z, h, dh, dz = symbols(f"z_{t} h_{t} dh_{t} dz_{t}")
        blanks.append(Blank(f"dz_{t}", dh * Slope("tanh", z, h), decimals=4))
        if t > 1:
            blanks.append(Blank(f"dh_{t - 1}", u * dz, decimals=4))
    dw = x_1 * dz_1 + x_2 * dz_2 + x_3 * dz_3
    return (*blanks, Blank("dw", dw, decimals=4), Blank("du", h_1 * dz_2 + h_2 * dz_3, decimals=4))
