"""A loss with a penalty and an update against it, dropout, and a mean over three folds."""

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Constant, Slip, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import INPUTS, RATES, WEIGHTS, named, one
from nn_core.course.byhand.svg import symbol


@exercise("penalties")
def penalties(rng: np.random.Generator) -> Exercise:
    """The penalties are Keras's: lambda times the sum of squares (L2), or of sizes (L1)."""
    values = {"L": one(rng, (0.35, 0.42, 0.58, 0.63))} | named(rng, "w_1 w_2", INPUTS)
    values |= named(rng, "g_1 g_2", WEIGHTS)
    values |= {"lambda": one(rng, (0.05, 0.1, 0.2)), "eta": one(rng, RATES)}
    values |= {"h": one(rng, (1.2, 1.8, 2.4, 3.2)), "p": one(rng, (0.2, 0.25, 0.4))}
    values |= named(rng, "v_1 v_2 v_3", (0.41, 0.44, 0.52, 0.57, 0.66, 0.73))
    stages = (symbol("L"), "+ penalty", "gradient", "update")
    drawn = pictures.chain("The loss, plus a penalty, gives the gradient of the update.", *stages)
    return Exercise(given(values), (*of_the_weights(), *of_the_rest()), drawn)


def of_the_weights() -> tuple[Blank, ...]:
    """g_i is the gradient of L alone by w_i."""
    L, lambda_, eta, w_1, w_2, g_1, g_2 = symbols("L lambda eta w_1 w_2 g_1 g_2")
    R_L2, dw_1, two = *symbols("R_L2 dw_1"), Constant(2)
    said = "The derivative of {0} has the factor 2."
    halved = Slip(g_1 + lambda_ * w_1, said, (w_1**2,))
    as_square = Slip(g_2 + two * lambda_ * w_2, "That is the gradient of L2, not of L1.", ())
    return (
        Blank("R_L2", lambda_ * (w_1**2 + w_2**2)),
        Blank("J", L + R_L2),
        Blank("dw_1", g_1 + two * lambda_ * w_1, slips=(halved,)),
        Blank("w_1'", w_1 - eta * dw_1),
        Blank("dw_2", g_2 + lambda_ * apply("sign", w_2), slips=(as_square,)),
    )


def of_the_rest() -> tuple[Blank, ...]:
    """Inverted dropout: what is kept grows, so that the mean stays; the score of three folds."""
    h, p, v_1, v_2, v_3 = symbols("h p v_1 v_2 v_3")
    said = "What is kept is divided by the share that is kept, {0}."
    kept = Constant(1) - p
    return (
        Blank("h'", h / kept, slips=(Slip(h * kept, said, (kept,)),)),
        Blank("CV", apply("mean", v_1, v_2, v_3)),
    )
