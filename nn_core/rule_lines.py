"""An optimizer's rule for one weight, a line an equation, with the numbers that stand in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array
from nn_core.network import QUIET, Sequential
from nn_core.optimizers import Optimizer
from nn_core.weight_names import locate, split

# Where an equation goes on with what a name in it stands for: ", d = -g sqrt(u + epsilon) ...".
ASIDE = re.compile(r", (?=[\w()+]+ = )")


class Number(NamedTuple):
    """A number in a line, and what the equation calls it."""

    symbol: str
    value: float


class Line(NamedTuple):
    """symbol = equation = parts = result. parts: the equation, with numbers for its symbols."""

    symbol: str
    equation: str
    parts: tuple[str | Number, ...]
    result: float


def rule_lines(
    model: Sequential, weight: str, x: npt.ArrayLike, y: npt.ArrayLike
) -> tuple[Line, ...]:
    """The lines of the step that x: (N, ...), y: (N, ...) would make for "dense_1/kernel[0,2]".

    Results are the engine's own. Changes nothing. Raises ValueError on a weight that is not there.
    """
    at, rule, t = locate(model, weight), model.optimizer, model.iterations + 1
    gradient = model.passes(x, y).gradient
    w, slots = model.weights.vector.copy(), {n: slot.copy() for n, slot in model.slots.items()}
    with np.errstate(**QUIET):
        clipped = float(rule.clip(gradient, model.room)[at])
        decayed = w.copy()
        rule.decay(decayed, rule.rate(t), model.room)
        rule.update(w, gradient, slots, t, model.room)
        before = {name: float(slot[at]) for name, slot in model.slots.items()}
        after = {name: float(slot[at]) for name, slot in slots.items()}
        asides = rule.asides(clipped, before, after, t, model.dtype)
    results = {"clipped": clipped, "decayed": float(decayed[at]), "w": float(w[at]), **after}
    state = {**settings(rule), "learning_rate": rule.rate(t), "t": float(t), **asides}
    state |= {symbol: before[name] for name, symbol in letters(rule).items()}
    state |= {"w": float(model.weights.vector[at]), "g": float(gradient[at])}
    norm = (
        {"|g|": norm_of(model, weight, gradient)} if rule.clipnorm or rule.global_clipnorm else {}
    )
    return tuple(lines_of(rule, results, state, norm))


def lines_of(
    rule: Optimizer,
    results: Mapping[str, float],
    state: dict[str, float],
    norm: Mapping[str, float],
) -> Iterator[Line]:
    """A line an equation, and before it one for each name that it explains. Writes into state."""
    for equation in rule.equations():
        own = norm if equation.output == "clipped" else {}
        main, *explained = ASIDE.split(equation.equation)
        for clause in (*explained, main):
            symbol, _, right = clause.partition(" = ")
            result = results[equation.output] if clause is main else state[symbol]
            yield Line(symbol, right, tuple(substituted(right, {**state, **own})), result)
        state[main.partition(" = ")[0]] = results[equation.output]


def substituted(text: str, numbers: Mapping[str, float]) -> Iterator[str | Number]:
    """The text in parts, each symbol with its number."""
    names = "|".join(re.escape(name) for name in sorted(numbers, key=len, reverse=True))
    for index, part in enumerate(re.split(rf"(?<!\w)({names})(?!\w)", text)):
        if index % 2:
            yield Number(part, numbers[part])
        elif part:
            yield part


def settings(rule: Optimizer) -> dict[str, float]:
    """The rule's own numbers by name."""
    values = {field.name: getattr(rule, field.name) for field in fields(rule)}
    return {
        name: float(value)
        for name, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def letters(rule: Optimizer) -> dict[str, str]:
    """What the equations call each slot: velocity -> v."""
    return {
        line.output: line.equation.partition(" = ")[0]
        for line in rule.rule()
        if line.output in rule.slots()
    }


def norm_of(model: Sequential, weight: str, gradient: Array) -> float:
    """What is clipped: the length of the gradient (P,), or of the weight's own array's part."""
    if model.optimizer.global_clipnorm:
        return float(np.linalg.norm(gradient))
    name = split(model, weight)[0]
    at = list(model.named_weights).index(name)
    start, size = model.room.starts[at], model.room.sizes[at]
    return float(np.linalg.norm(gradient[start : start + size]))
