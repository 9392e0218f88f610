"""The question "optimizer": the next step of one weight, line by line, and as others would make it.

The others are every registered optimizer with its own defaults. Each has seen the gradients that
this weight had in the latest steps of the run, which are computed again from the kept past.
"""

import time
from typing import Any, NamedTuple

import numpy as np

from nn_core.arrays import Array
from nn_core.inner import Inner, inner
from nn_core.live.asks import Answer, Scene, ask
from nn_core.live.run import Run
from nn_core.optimizers import OPTIMIZERS, Optimizer, Room
from nn_core.rule_lines import Line, Number, letters, rule_lines
from nn_core.weight_names import locate

# Gradients of so many steps are computed again at most, and in about so many seconds.
MOST, SECONDS = 300, 0.3


class Seen(NamedTuple):
    """The gradients of one weight in the steps after `start`: (K,)."""

    start: int
    gradients: Array


@ask
def optimizer(about: Scene, message: dict[str, Any]) -> Answer:
    """The step that the next batch would bring for message["weight"].

    numbers: (n,) all that the header's lines and names refer to by place; steps: (R, 2) of each
    optimizer at its own default learning rate and at the run's; rates: (R,) the default ones.
    """
    weight, run = str(message["weight"]), about.again()
    begun = time.monotonic()
    batch = run.peek()
    x, y = run.x[batch], run.y[batch]
    lines, state = rule_lines(run.model, weight, x, y), inner(run.model, weight, x, y)
    cost = (time.monotonic() - begun) / 2
    seen = replay(run, about, weight, cost)
    rates, steps = others(state, seen, run.model.weights.vector.dtype)
    numbers: list[float] = []
    header = {
        "weight": weight,
        "update": about.now.step + 1,
        "samples": len(batch),
        "optimizer": about.now.settings.optimizer,
        "state": named(state, run.model.optimizer, numbers),
        "lines": [written(line, numbers) for line in lines],
        "others": list(OPTIMIZERS),
        "seen": len(seen.gradients),
        "all": seen.start == 0,
    }
    return header, {"numbers": np.array(numbers, np.float64), "steps": steps, "rates": rates}


def named(state: Inner, rule: Optimizer, numbers: list[float]) -> list[dict[str, Any]]:
    """The weight's state: of each number its symbol, what it is, and its place."""
    found: list[tuple[str, str, float]] = [("w", "weight", state.weight)]
    found.append(("g", "gradient of the batch", state.gradient))
    if state.clipped != state.gradient:
        found.append(("clipped", "gradient, clipped", state.clipped))
    found.append(("learning_rate", "learning rate", state.learning_rate))
    symbols = letters(rule)
    found += [(symbols[n], n.replace("_", " "), value) for n, value in state.slots.items()]
    found += [(name, "correction", value) for name, value in state.corrections.items()]
    found.append(("step", "change of the weight", state.change))
    found.append(("step / -g", "effective step", state.effective_step))
    return [
        {"symbol": symbol, "is": words, "at": placed(value, numbers)}
        for symbol, words, value in found
    ]


def written(line: Line, numbers: list[float]) -> dict[str, Any]:
    """A line for the browser: its parts are text, or a number's symbol and place."""
    parts = [
        {"symbol": part.symbol, "at": placed(part.value, numbers)}
        if isinstance(part, Number)
        else part
        for part in line.parts
    ]
    at = placed(line.result, numbers)
    return {"symbol": line.symbol, "equation": line.equation, "parts": parts, "at": at}


def placed(value: float, numbers: list[float]) -> int:
    """Puts a number in -> its place."""
    numbers.append(value)
    return len(numbers) - 1


def replay(run: Run, about: Scene, weight: str, cost: float) -> Seen:
    """The weight's gradients in the latest steps; none where that would take too long.

    run: stands at the present, where it stands again afterwards. cost: seconds a step.
    """
    now, room = about.now.step, min(MOST, int(SECONDS / max(cost, 1e-6)))
    moments = [moment for moment in run.past.moments if moment.step < now]
    near = [moment for moment in moments if now - moment.step <= room]
    # Where moments lie far apart, the latest one may do.
    near = near or [moment for moment in moments[-1:] if now - moment.step <= 3 * room]
    if about.now.stopped or not near:
        return Seen(now, np.zeros(0))
    start, at = near[0].step, locate(run.model, weight)
    run.go(start)
    gradients = np.zeros(now - start)
    for index in range(now - start):
        run.train()
        gradients[index] = run.model.weights.gradient[at]
    return Seen(start, gradients)


def others(state: Inner, seen: Seen, dtype: np.dtype) -> tuple[Array, Array]:
    """(R,) default learning rates and (R, 2) steps at those and at the run's own."""
    rules: list[Any] = [OPTIMIZERS.get(name) for name in OPTIMIZERS]
    rates = [float(rule().rate(1)) for rule in rules]
    steps = [
        [
            step_of(rule(), state, seen, dtype),
            step_of(rule(state.learning_rate), state, seen, dtype),
        ]
        for rule in rules
    ]
    return np.array(rates, np.float64), np.array(steps, np.float64)


def step_of(rule: Optimizer, state: Inner, seen: Seen, dtype: np.dtype) -> float:
    """How far a rule moves the weight for its next gradient, with what it has seen in its slots."""
    room = Room.of([1], dtype)
    slots = {name: np.full(1, start, dtype) for name, start in rule.slots().items()}
    w = np.full(1, state.weight, dtype)
    for t, gradient in enumerate(seen.gradients, 1):
        rule.update(w, np.full(1, gradient, dtype), slots, t, room)
    w[0] = state.weight
    rule.update(w, np.full(1, state.gradient, dtype), slots, len(seen.gradients) + 1, room)
    return float(w[0]) - state.weight
