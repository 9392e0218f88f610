"""One path through a tiny net, x -> z -> h -> o -> loss, with the slope of every link.

z = x w, h = f(z), o = h v, a = sigmoid(o), and binary cross-entropy: the chain rule with one
factor a link. All numbers are the engine's, in float64.
"""

from dataclasses import dataclass

import numpy as np

from nn_core.course.activation_curves import at
from nn_core.differences import finite_difference
from nn_core.layers import Dense
from nn_core.network import Sequential
from nn_core.trace import record

WEIGHT = "dense_1/kernel[0,0]"


@dataclass(frozen=True)
class Chain:
    """What the path is made of: an input, two weights, an activation and a target."""

    x: float = 2.0
    w: float = 0.5
    v: float = -1.5
    y: int = 1
    activation: str = "tanh"

    def model(self) -> Sequential:
        layers = [
            Dense(1, self.activation, use_bias=False),
            Dense(1, "sigmoid", use_bias=False),
        ]
        model = Sequential(layers, (1,), dtype="float64")
        model.compile("sgd", "binary_crossentropy")
        model.set_weights([np.array([[self.w]]), np.array([[self.v]])])
        return model

    def numbers(self) -> dict[str, float]:
        """Values, derivatives of the loss ("dz" is dL/dz) and the slopes of the links, by name."""
        found = record(self.model(), [[self.x]], [[self.y]])
        names = {
            "z": "dense_1/z", "h": "dense_1/a", "o": "dense_2/z", "a": "dense_2/a", "L": "loss",
            "do": "dense_2/dz", "dv": "dense_2/dkernel", "dh": "dense_2/dx", "dz": "dense_1/dz",
            "dw": "dense_1/dkernel",
        }  # fmt: skip
        numbers = {name: float(found[key].reshape(-1)[0]) for name, key in names.items()}
        return numbers | {"slope": at(self.activation, numbers["z"])[1]}

    def nudged(self, by: float) -> float:
        """How much the loss changes when w does by so much."""
        moved = Chain(self.x, self.w + by, self.v, self.y, self.activation)
        return moved.numbers()["L"] - self.numbers()["L"]

    def measured(self) -> float:
        """dL/dw by moving w a little either way."""
        return finite_difference(self.model(), [[self.x]], [[self.y]], WEIGHT)[0]


@dataclass(frozen=True)
class Link:
    """A place on the path: its value, the derivative of the loss by it, and the slope of the link
    to the place before it ("" where there is none)."""

    name: str
    value: float
    gradient: float
    forward: str = ""
    slope: str = ""
    factor: float = 0.0


def links(chain: Chain) -> tuple[Link, ...]:
    """The path from w to the loss."""
    n = chain.numbers()
    return (
        Link("w", chain.w, n["dw"]),
        Link("z", n["z"], n["dz"], "· x", "x", chain.x),
        Link("h", n["h"], n["dh"], "f", "f'(z)", n["slope"]),
        Link("o", n["o"], n["do"], "· v", "v", chain.v),
        Link("L", n["L"], 1.0, "loss", "(a - y)", n["do"]),
    )
