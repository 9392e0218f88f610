"""The last lesson in small: who is given away, who is left out, what a list costs."""

import numpy as np

from nn_core.course.byhand import grids
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Constant, Slip, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import named, one


@exercise("outside")
def outside(rng: np.random.Generator) -> Exercise:
    """p_i: the share of customers with product i; s, l: a best seller's sales and places."""
    values = {"N": one(rng, (200.0, 300.0, 400.0))}
    values |= named(rng, "p_1 p_2 p_3", (0.15, 0.2, 0.3, 0.4)) | {"p_4": one(rng, (0.05, 0.1))}
    values |= {"s": one(rng, (30.0, 40.0, 50.0)), "S": one(rng, (200.0, 250.0))}
    values |= {"l": one(rng, (24.0, 27.0, 33.0)), "P": one(rng, (60.0, 75.0))}
    values |= {"n": one(rng, (8.0, 9.0)), "u_1": 3.0, "u_2": 2.0}
    blanks = (*alike(), *popular(), *cost())
    return Exercise(given(values, drawn="sSlP"), blanks, grids.places(values))


def alike() -> tuple[Blank, ...]:
    """Customers with three given products, and with a fourth, if purchases were independent."""
    N, p_1, p_2, p_3, p_4, E_3 = symbols("N p_1 p_2 p_3 p_4 E_3")
    said = "Who has all three has each of them: multiply the shares, do not add them."
    added = Slip(N * (p_1 + p_2 + p_3), said)
    return (
        Blank("E_3", N * p_1 * p_2 * p_3, 2, slips=(added,)),
        Blank("E_4", E_3 * p_4),
    )


def popular() -> tuple[Blank, ...]:
    """The best seller's share of sales, its share of places on lists, and how they compare."""
    s, S, l, P, sales, places = symbols("s S l P sales places")  # noqa: E741  as on the sheet
    return (
        Blank("sales", s / S),
        Blank("places", l / P),
        Blank("lift", places / sales, 2),
    )


def cost() -> tuple[Blank, ...]:
    """Multiplications to score one customer: the network's n u_1 + u_1 u_2 + u_2 n, EASE's n^2."""
    n, u_1, u_2, network, EASE = symbols("n u_1 u_2 network EASE")
    said = "That is without the last layer, from {0} back to {1}."
    short = Slip(n * u_1 + u_1 * u_2, said, (u_2, n))
    doubled = Slip(Constant(2) * n, "{0} squared is not twice {0}.", (n,))
    return (
        Blank("network", n * u_1 + u_1 * u_2 + u_2 * n, 0, slips=(short,)),
        Blank("EASE", n**2, 0, slips=(doubled,)),
        Blank("ratio", EASE / network, 2),
    )
