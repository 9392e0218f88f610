"""A 2-2-1 net: forward, and back to every weight."""

from itertools import product

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import Slope, apply
from nn_core.course.byhand.exercise import Exercise, exercise, given, solved
from nn_core.course.byhand.expressions import Symbol, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import BIASES, INPUTS, RATES, named, one

HIDDEN = ("tanh", "sigmoid")
# w_ij leads from input i to unit j, as in x W + b: the textbook's W x + b has them the other way.
CONFUSED = {"w_12": "w_21", "w_21": "w_12", "v_1": "v_2", "v_2": "v_1"}


def draw(rng: np.random.Generator) -> dict[str, float]:
    return (
        named(rng, "x_1 x_2", INPUTS)
        | named(rng, "w_11 w_12 w_21 w_22 v_1 v_2")
        | named(rng, "b_1 b_2 c", BIASES)
    )


def forward(hidden: str) -> tuple[Blank, ...]:
    """z = x W + b, h = f(z), o = h V + c, a = sigma(o)."""
    x_1, x_2, v_1, v_2, h_1, h_2, c = symbols("x_1 x_2 v_1 v_2 h_1 h_2 c")
    blanks: list[Blank] = []
    for j in "12":
        w_1j, w_2j, b_j, z_j = symbols(f"w_1{j} w_2{j} b_{j} z_{j}")
        blanks.append(Blank(f"z_{j}", w_1j * x_1 + w_2j * x_2 + b_j, decimals=2))
        blanks.append(Blank(f"h_{j}", apply(hidden, z_j)))
    blanks.append(Blank("o", v_1 * h_1 + v_2 * h_2 + c))
    blanks.append(Blank("a", apply("sigmoid", Symbol("o"))))
    return tuple(blanks)


@exercise("network forward")
def network_forward(rng: np.random.Generator) -> Exercise:
    """Forward through a hidden layer of two and one sigmoid output."""
    hidden = HIDDEN[int(rng.integers(2))]
    values = draw(rng)
    drawn = pictures.net(values, hidden, "Forward through a network.")
    return Exercise(given(values, values), forward(hidden), drawn, CONFUSED)


def backward(hidden: str) -> tuple[Blank, ...]:
    """do = a - y; dv = h do; dz = do v f'(z); dw = x dz; then a step of gradient descent."""
    a, y, do, eta = symbols("a y do eta")
    blanks = [Blank("do", a - y, decimals=4)]
    for j in "12":
        h_j, do = symbols(f"h_{j} do")
        blanks.append(Blank(f"dv_{j}", h_j * do, decimals=4))
    for j in "12":
        h_j, z_j, v_j = symbols(f"h_{j} z_{j} v_{j}")
        blanks.append(Blank(f"dz_{j}", do * v_j * Slope(hidden, z_j, h_j), decimals=4))
    for i, j in product("12", "12"):
        x_i, dz_j = symbols(f"x_{i} dz_{j}")
        blanks.append(Blank(f"dw_{i}{j}", x_i * dz_j, decimals=4))
    for weight in ("v_1", "w_11"):
        w, dw = symbols(f"{weight} d{weight}")
        blanks.append(Blank(f"{weight}'", w - eta * dw, decimals=4))
    return tuple(blanks)


@exercise("network backward")
def network_backward(rng: np.random.Generator) -> Exercise:
    """Back through the same net behind binary cross-entropy; the forward pass is given."""
    hidden = HIDDEN[int(rng.integers(2))]
    inside = draw(rng)
    start = inside | {"y": float(rng.integers(2)), "eta": one(rng, RATES)}
    known = start | {name: round(x, 4) for name, x in solved(forward(hidden), start).items()}
    drawn = pictures.net(inside, hidden, "Back through a network.")
    return Exercise(given(known, inside), backward(hidden), drawn, CONFUSED)
