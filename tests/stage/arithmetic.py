"""Formulas of the strip, read as a person reads them: the numbers in them, computed anew."""

import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from nn_core.activations import ACTIVATIONS

SIGNS = {"·": "*", "−": "-", "²": "**2", "√": "sqrt", "≤": "<=", "[": "(", "]": ")"}
Line = list[Any]


class Equation(NamedTuple):
    """name[index] of the result, the value that stands behind it, and what its formula gives."""

    name: str
    value: float
    computed: float


def alone(name: str) -> Callable[[float], float]:
    """An activation of one number."""
    return lambda z: float(ACTIVATIONS.get(name).forward(np.array([z]))[0])


WORDS: dict[str, Any] = {
    **{name: alone(name) for name in ACTIVATIONS.names() if name != "softmax"},
    "exp": math.exp,
    "ln": math.log,
    "max": max,
    "sqrt": math.sqrt,
    "σ": alone("sigmoid"),
    "φ": lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi),
}


def read(line: Line) -> Equation | None:
    """formula = numbers = value, or with the value first; None where there is no formula."""
    text = "".join(part if isinstance(part, str) else f"‹{i}›" for i, part in enumerate(line))
    strong = [i for i, part in enumerate(line) if not isinstance(part, str) and part.get("strong")]
    pieces = [piece.split("  ")[0].strip() for piece in text.split("\u2003")[0].split(" = ")]
    if len(strong) != 1 or len(pieces) < 3 or "products)" in text:
        return None
    result = line[strong[0]]
    numbers = [piece for piece in pieces[1:] if piece != f"‹{strong[0]}›"][-1]
    if not re.search(r"‹|^\d", numbers):
        return None
    return Equation(result["name"], result["value"], compute(numbers, line))


def compute(numbers: str, line: Line) -> float:
    """The value of an expression, a name in ‹ › standing for a part of the line."""
    for sign, word in SIGNS.items():
        numbers = numbers.replace(sign, word)
    numbers = re.sub(r"\|([^|]*)\|", r"abs(\1)", numbers)
    numbers = re.sub(r"‹(\d+)›", lambda at: f"({line[int(at[1])]['value']!r})", numbers)
    return float(eval(numbers, {"__builtins__": {"abs": abs}}, WORDS))  # noqa: S307
