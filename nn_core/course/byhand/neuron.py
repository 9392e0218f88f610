"""One neuron: a weighted sum, and the sigmoid of it."""

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Symbol, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import BIASES, INPUTS, named


@exercise("neuron")
def neuron(rng: np.random.Generator) -> Exercise:
    """z = w_1 x_1 + w_2 x_2 + w_3 x_3 + b, a = sigma(z)."""
    values = named(rng, "x_1 x_2 x_3", INPUTS) | named(rng, "w_1 w_2 w_3") | named(rng, "b", BIASES)
    x_1, x_2, x_3, w_1, w_2, w_3, b = symbols("x_1 x_2 x_3 w_1 w_2 w_3 b")
    z = Symbol("z")
    return Exercise(
        given(values, drawn=values),
        (
            Blank("z", w_1 * x_1 + w_2 * x_2 + w_3 * x_3 + b, decimals=2),
            Blank("a", apply("sigmoid", z)),
        ),
        pictures.neuron(values),
    )
