"""One step of a cell with gates: LSTM and GRU, one unit each."""

import numpy as np

from nn_core.course.byhand import cells
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Constant, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import BIASES, INPUTS, WEIGHTS, named

STATES = (0.3, 0.4, 0.6, 0.7, -0.3, -0.4, -0.6, -0.7)


def gate(name: str, activation: str, total: str) -> tuple[Blank, Blank]:
    """total = w x + u h_0 + b with the gate's own weights, and what its activation makes of it."""
    x, h_0, w, u, b, z = symbols(f"x h_0 w_{name} u_{name} b_{name} {total}")
    return Blank(total, w * x + u * h_0 + b, decimals=2), Blank(name, apply(activation, z))


def draw(rng: np.random.Generator, gates: str) -> dict[str, float]:
    found = named(rng, "x", INPUTS) | named(rng, "h_0", STATES)
    for kind, choices in (("w", WEIGHTS), ("u", WEIGHTS), ("b", BIASES)):
        found |= named(rng, " ".join(f"{kind}_{name}" for name in gates), choices)
    return found


@exercise("lstm step")
def lstm_step(rng: np.random.Generator) -> Exercise:
    """c_1 = f c_0 + i g, h_1 = o tanh(c_1)."""
    i, f, g, o, c_0, c_1 = symbols("i f g o c_0 c_1")
    state = named(rng, "c_0", (0.5, 0.8, 1.5, -0.5, -0.8, -1.5))
    blanks = (
        *gate("i", "sigmoid", "z_i"),
        *gate("f", "sigmoid", "z_f"),
        *gate("g", "tanh", "z_g"),
        *gate("o", "sigmoid", "z_o"),
        Blank("c_1", f * c_0 + i * g),
        Blank("h_1", o * apply("tanh", c_1)),
    )
    confused = {"f": "i", "i": "f", "c_0": "h_0", "h_0": "c_0"}
    return Exercise(given(draw(rng, "ifgo") | state), blanks, cells.lstm(), confused)


@exercise("gru step")
def gru_step(rng: np.random.Generator) -> Exercise:
    """g = tanh(w_g x + r u_g h_0 + b_g), h_1 = z h_0 + (1 - z) g, as Keras has it."""
    x, h_0, z, r, g = symbols("x h_0 z r g")
    w_g, u_g, b_g, m_g = symbols("w_g u_g b_g m_g")
    blanks = (
        *gate("z", "sigmoid", "m_z"),
        *gate("r", "sigmoid", "m_r"),
        Blank("m_g", w_g * x + r * u_g * h_0 + b_g),
        Blank("g", apply("tanh", m_g)),
        Blank("h_1", z * h_0 + (Constant(1) - z) * g),
    )
    return Exercise(given(draw(rng, "zrg")), blanks, cells.gru(), {"z": "r", "r": "z"})
