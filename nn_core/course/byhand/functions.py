"""The functions that a formula may apply, and what learners take for them."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from nn_core.registry import Registry


@dataclass(frozen=True)
class Function:
    """latex, html: how it is written around its arguments: {0} all with commas, {1}, {2} each.

    mistaken  the functions that are taken for it
    gates     it often hands its argument through as it is: leaving it out may not show
    """

    call: Callable[..., float]
    latex: str
    html: str
    mistaken: tuple[str, ...] = ()
    gates: bool = False


FUNCTIONS: Registry[Function] = Registry("function")


def sigmoid(z: float) -> float:
    """1 / (1 + e^-z), for z of either sign without an overflow."""
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def mean(*values: float) -> float:
    return sum(values) / len(values)


for _name, _function in {
    "sigmoid": Function(
        sigmoid,
        r"\sigma\left({0}\right)",
        "<i>\N{GREEK SMALL LETTER SIGMA}</i>({0})",
        ("sigmoid with e^z", "tanh"),
    ),
    "sigmoid with e^z": Function(
        lambda z: sigmoid(-z), r"1 / (1 + e^{{+{0}}})", "1 / (1 + e<sup>+({0})</sup>)"
    ),
    "tanh": Function(math.tanh, r"\tanh\left({0}\right)", "tanh({0})", ("sigmoid",)),
    "relu": Function(
        lambda z: max(z, 0.0),
        r"\mathrm{{ReLU}}\left({0}\right)",
        "ReLU({0})",
        ("relu of -z",),
        gates=True,
    ),
    "relu of -z": Function(
        lambda z: max(-z, 0.0),
        r"\mathrm{{ReLU}}\left(-{0}\right)",
        "ReLU(\N{MINUS SIGN}({0}))",
        gates=True,
    ),
    "step": Function(lambda z: float(z > 0), r"\left[{0} > 0\right]", "[{0} &gt; 0]", gates=True),
    "above": Function(lambda x, y: float(x > y), r"\left[{1} > {2}\right]", "[{1} &gt; {2}]"),
    "below": Function(lambda x, y: float(x <= y), r"\left[{1} \le {2}\right]", "[{1} &le; {2}]"),
    "exp": Function(math.exp, "e^{{{0}}}", "e<sup>{0}</sup>"),
    "ln": Function(math.log, r"\ln\left({0}\right)", "ln({0})", ("log10", "log2")),
    "log2": Function(math.log2, r"\log_2\left({0}\right)", "log<sub>2</sub>({0})", ("ln", "log10")),
    "log10": Function(
        math.log10, r"\log_{{10}}\left({0}\right)", "log<sub>10</sub>({0})", ("ln", "log2")
    ),
    "sign": Function(
        lambda x: math.copysign(1.0, x), r"\mathrm{{sign}}\left({0}\right)", "sign({0})"
    ),
    "sqrt": Function(math.sqrt, r"\sqrt{{{0}}}", "√({0})"),
    "max": Function(max, r"\max\left({0}\right)", "max({0})", ("mean", "min")),
    "min": Function(min, r"\min\left({0}\right)", "min({0})", ("max",)),
    "mean": Function(mean, r"\mathrm{{mean}}\left({0}\right)", "mean({0})"),
}.items():
    FUNCTIONS.add(_name, _function)
