"""What the optimizer knows about any one weight, and why its next step is as long as it is."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nn_core.arrays import as_keras_casts
from nn_core.network import QUIET, Sequential
from nn_core.weight_names import locate


class Inner(NamedTuple):
    """One weight before and after the next step.

    slots: its entries in what the optimizer carries, after the step ("m", "v", "velocity", ...).
    corrections: what makes up for slots that started at zero, the same for all weights.
    effective_step: how far the weight moves for a unit of its gradient; NaN where that is 0.
    """

    weight: float
    gradient: float
    clipped: float
    learning_rate: float
    slots: dict[str, float]
    corrections: dict[str, float]
    change: float
    effective_step: float


def inner(model: Sequential, weight: str, x: npt.ArrayLike, y: npt.ArrayLike) -> Inner:
    """The state for "dense_1/kernel[0,2]" in the step that x: (N, ...), y: (N, ...) would make.

    Changes nothing. Raises ValueError on a weight that is not there.
    """
    at, rule, step = locate(model, weight), model.optimizer, model.iterations + 1
    gradient = model.passes(x, y).gradient
    before = model.weights.vector
    w, slots = before.copy(), {name: slot.copy() for name, slot in model.slots.items()}
    with np.errstate(**QUIET):
        clipped = float(rule.clip(gradient, model.room)[at])
        rule.update(w, gradient, slots, step, model.room)
    change, own = float(w[at] - before[at]), float(gradient[at])
    return Inner(
        float(before[at]),
        own,
        clipped,
        rule.rate(step),
        {name: float(slot[at]) for name, slot in slots.items()},
        {
            f"1 - {name}^{step}": 1 - as_keras_casts(getattr(rule, name)) ** step
            for name in ("beta_1", "beta_2")
            if hasattr(rule, name) and "m" in slots and "v" in slots
        },
        change,
        -change / own if own else float("nan"),
    )
