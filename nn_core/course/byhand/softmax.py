"""The softmax of three logits."""

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Slip, Symbol, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import LOGITS, named

STAGES = ("logits", "powers of e", "divide by sum", "shares")


@exercise("softmax")
def softmax(rng: np.random.Generator) -> Exercise:
    """e_i = exp(z_i), s = e_1 + e_2 + e_3, p_i = e_i / s."""
    z, e, s = symbols("z_1 z_2 z_3"), symbols("e_1 e_2 e_3"), Symbol("s")
    raw = z[0] + z[1] + z[2]
    said = "Those are shares of the logits themselves: take {0} first."
    return Exercise(
        given(named(rng, "z_1 z_2 z_3", LOGITS)),
        (
            *(Blank(e_i.name, apply("exp", z_i)) for e_i, z_i in zip(e, z)),
            Blank("s", e[0] + e[1] + e[2]),
            *(
                Blank(f"p_{i}", e_i / s, slips=(Slip(z_i / raw, said, (apply("exp", z_i),)),))
                for i, (e_i, z_i) in enumerate(zip(e, z), 1)
            ),
        ),
        pictures.chain("From logits to shares.", *STAGES),
    )
