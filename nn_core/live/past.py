"""The past of a run: moments that it can go back to, in bounded memory."""

import copy
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.layers.base import State
from nn_core.live.settings import Settings
from nn_core.network import Sequential

# What the moments of one run may take together, in bytes, and how many there may be.
BUDGET = 3_000_000
FEWEST, MOST = 12, 400


@dataclass(frozen=True)
class Moment:
    """All that a run's numbers depend on after `step` updates; applied: changes made so far.

    gradient and before are the last update's gradient and the weights before it: (P,) each.
    """

    step: int
    epoch: int
    applied: int
    settings: Settings
    weights: Array
    before: Array
    gradient: Array
    slots: dict[str, Array]
    iterations: int
    states: list[State]
    rng: Mapping[str, Any]
    queue: tuple[Array, ...]
    batch: Array | None
    stopped: str | None

    def give(self, model: Sequential) -> None:
        """Makes a model with these settings the one that this moment was taken of."""
        model.weights.vector[...] = self.weights
        model.weights.gradient[...] = self.gradient
        for name, slot in self.slots.items():
            model.slots[name][...] = slot
        model.iterations = self.iterations
        model.states = copy.deepcopy(self.states)
        model.rng.bit_generator.state = self.rng

    @property
    def bytes(self) -> int:
        """What it keeps in arrays."""
        return sum(size(getattr(self, field.name)) for field in fields(self))


def size(value: Any) -> int:
    """Bytes of the arrays in a value."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, dict):
        return sum(size(part) for part in value.values())
    return sum(size(part) for part in value) if isinstance(value, list | tuple) else 0


class Past:
    """A moment after every `every` updates; when there is no room, every second one goes.

    The first one always stays, so the past always reaches back to the start. Between two moments
    a run trains again to the step asked for, with the same numbers as the first time.
    """

    def __init__(self, first: Moment) -> None:
        self.moments = [first]
        self.every = 1
        self.room = min(MOST, max(FEWEST, BUDGET // max(1, first.bytes)))

    def wants(self, step: int) -> bool:
        """Whether a moment after so many updates is to be kept."""
        return step % self.every == 0 and step > self.moments[-1].step

    def keep(self, moment: Moment) -> None:
        """Takes the next moment in."""
        self.moments.append(moment)
        if len(self.moments) > self.room:
            self.every *= 2
            self.moments = [m for m in self.moments if m.step % self.every == 0]

    def before(self, step: int) -> Moment:
        """The last moment at or before a step."""
        return self.moments[bisect_right(self.moments, step, key=lambda m: m.step) - 1]

    def cut(self, step: int) -> None:
        """Forgets what came after a step: it will not come again."""
        del self.moments[bisect_right(self.moments, step, key=lambda m: m.step) :]
