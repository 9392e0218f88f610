"""Two steps with momentum and one of Adam, for one weight."""

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.arithmetic import Power
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Constant, Symbol, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import INPUTS, RATES, named, one


@exercise("optimizers")
def optimizers(rng: np.random.Generator) -> Exercise | None:
    """The loss is k / 2 (w - c)^2, so that its gradient is k (w - c). None if w begins at c."""
    values = named(rng, "w_0", INPUTS) | named(rng, "c k", (0.5, 1.5, 2.0, 2.5))
    if values["w_0"] == values["c"]:
        return None
    values |= {"eta": one(rng, RATES), "mu": one(rng, (0.5, 0.8, 0.9))}
    adam = {"m_1": one(rng, (0.1, 0.2, 0.3, -0.1, -0.2)), "s_1": one(rng, (0.02, 0.03, 0.05))}
    values |= adam | {"g": one(rng, INPUTS), "w": one(rng, INPUTS), "beta_1": 0.9, "beta_2": 0.99}
    return Exercise(given(values), (*momentum(), *adam_step()), pictures.parabola(values))


def momentum() -> tuple[Blank, ...]:
    """v <- mu v - eta g, w <- w + v, from v = 0, as keras.optimizers.SGD."""
    w_0, w_1, c, k, eta, mu = symbols("w_0 w_1 c k eta mu")
    g_1, g_2, v_1, v_2 = symbols("g_1 g_2 v_1 v_2")
    return (
        Blank("g_1", k * (w_0 - c)),
        Blank("v_1", -(eta * g_1)),
        Blank("w_1", w_0 + v_1),
        Blank("g_2", k * (w_1 - c)),
        Blank("v_2", mu * v_1 - eta * g_2),
        Blank("w_2", w_1 + v_2),
    )


def adam_step() -> tuple[Blank, ...]:
    """Step t = 2. Epsilon is left out: 1e-7 beside a root of 0.1 shows in no digit."""
    m_1, s_1, m_2, s_2, g, w, eta = symbols("m_1 s_1 m_2 s_2 g w eta")
    beta_1, beta_2, mhat = symbols("beta_1 beta_2 mhat")
    one_, two = Constant(1), Constant(2)
    return (
        Blank("m_2", beta_1 * m_1 + (one_ - beta_1) * g),
        Blank("s_2", beta_2 * s_1 + (one_ - beta_2) * g**2, decimals=4),
        Blank("mhat", m_2 / (one_ - Power((beta_1, two)))),
        Blank("shat", s_2 / (one_ - Power((beta_2, two)))),
        Blank("w'", w - eta * mhat / apply("sqrt", Symbol("shat"))),
    )
