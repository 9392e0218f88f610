"""Three sigmoids in a row: the scale that their weights would start with, and what comes back."""

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import Slope, apply
from nn_core.course.byhand.exercise import Exercise, exercise, given, solved
from nn_core.course.byhand.expressions import Constant, Slip, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import INPUTS, LOGITS, named, one
from nn_core.course.byhand.svg import symbol

WIDTHS = (6.0, 8.0, 12.0, 16.0, 20.0)


@exercise("vanishing")
def vanishing(rng: np.random.Generator) -> Exercise:
    """z_1 = w_1 x, z_2 = w_2 a_1, z_3 = w_3 a_2, each with a = sigma(z): the forward pass is given,
    the way back to w_1 is asked for."""
    start = named(rng, "n m", WIDTHS) | {"x": one(rng, INPUTS)} | named(rng, "w_1 w_2 w_3", LOGITS)
    values = start | {name: round(a, 4) for name, a in solved(forward(), start).items()}
    values |= {"da_3": one(rng, (0.5, 0.8, -0.5, -0.8))}
    drawn = pictures.chain(
        "Three units with a sigmoid, one after the other.",
        *(f"{symbol(f'z_{k}')}, {symbol(f'a_{k}')}" for k in (1, 2, 3)),
    )
    return Exercise(given(values), (*scales(), *backward()), drawn)


def scales() -> tuple[Blank, ...]:
    """Standard deviations of He's and Glorot's normal weights, from n inputs to m units."""
    n, m = symbols("n m")
    two, said = Constant(2), "That is for {0} in the place of the inputs."
    he, of_units = (apply("sqrt", two / width) for width in (n, m))
    return (
        Blank("sigma_He", he, slips=(Slip(of_units, said, (m,), subtle=True),)),
        Blank("sigma_Glorot", apply("sqrt", two / (n + m))),
    )


def forward() -> tuple[Blank, ...]:
    """z_k and a_k, unit by unit."""
    found: list[Blank] = []
    for k, before in zip("123", ("x", "a_1", "a_2")):
        came, w, z = symbols(f"{before} w_{k} z_{k}")
        found += [Blank(f"z_{k}", w * came), Blank(f"a_{k}", apply("sigmoid", z))]
    return tuple(found)


def backward() -> tuple[Blank, ...]:
    """dz_k = da_k f'(z_k), da_k = dz_(k+1) w_(k+1); then dw_1 = dz_1 x, and what is left."""
    da_3, dz_1, dz_2, dz_3, w_2, w_3, x = symbols("da_3 dz_1 dz_2 dz_3 w_2 w_3 x")
    slope = {k: Slope("sigmoid", *symbols(f"z_{k} a_{k}")) for k in (1, 2, 3)}
    return (
        Blank("dz_3", da_3 * slope[3], decimals=4),
        Blank("dz_2", dz_3 * w_3 * slope[2], decimals=5),
        Blank("dz_1", dz_2 * w_2 * slope[1], decimals=5),
        Blank("dw_1", dz_1 * x, decimals=5),
        Blank("left", dz_1 / dz_3),
    )
