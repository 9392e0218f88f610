"""What an optimizer is: hyper-parameters, and an in-place rule over one flat vector of weights."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, as_keras_casts
from nn_core.registry import Registry
from nn_core.schedules import Schedule

Slots = dict[str, Array]


class Equation(NamedTuple):
    """One line of a rule: what changes, the equation, its LaTeX, and the line of NumPy.

    The line reads the vectors w, g and the slots by their names, the fields of the optimizer, the
    number of the step t, learning_rate at that step, and where each array starts in w. Of two
    things called momentum, RMSprop's slot is p in a line.
    """

    output: str
    equation: str
    latex: str
    numpy: str


class Room(NamedTuple):
    """Memory to compute in, and where each weight array lies: rows (3, P), starts and sizes."""

    rows: Array
    starts: Array
    sizes: Array

    @classmethod
    def of(cls, sizes: list[int], dtype: np.dtype) -> "Room":
        """sizes: the number of weights in each array, in their order."""
        lengths = np.array(sizes, np.intp)
        return cls(np.empty((3, sum(sizes)), dtype), np.cumsum(lengths) - lengths, lengths)


@dataclass(frozen=True)
class Optimizer:
    """A frozen set of hyper-parameters and an in-place update rule.

    First the gradient is clipped (each array's norm to clipnorm, all weights' norm to
    global_clipnorm, or each number to clipvalue), then weight_decay learning_rate w is taken off
    every weight, then the rule itself follows: the order of Keras.
    """

    learning_rate: float | Schedule = 0.001
    weight_decay: float | None = field(default=None, kw_only=True)
    clipnorm: float | None = field(default=None, kw_only=True)
    clipvalue: float | None = field(default=None, kw_only=True)
    global_clipnorm: float | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        name = type(self).__name__
        rate = self.learning_rate
        if not isinstance(rate, Schedule) and not at_least_zero(rate):
            raise ValueError(
                f"{name} expects a learning_rate of 0 or more; received {rate!r}. Try 0.01."
            )
        for own, example in (("weight_decay", 0.004), ("epsilon", 1e-7)):
            value = getattr(self, own, None)
            if value is not None and not at_least_zero(value):
                raise ValueError(
                    f"{name} expects {own} of 0 or more; received {value!r}. Try {example}."
                )
        for own in ("clipnorm", "clipvalue", "global_clipnorm"):
            value = getattr(self, own)
            if value is not None and not (at_least_zero(value) and value):
                raise ValueError(f"{name} expects {own} above 0; received {value!r}. Try 1.0.")
        clips = [self.clipnorm, self.clipvalue, self.global_clipnorm]
        if sum(clip is not None for clip in clips) > 1:
            raise ValueError(
                f"{name} expects one of clipnorm, clipvalue and global_clipnorm; received more. "
                "global_clipnorm keeps the gradient's direction."
            )
        for fraction in ("momentum", "beta_1", "beta_2", "rho"):
            value = getattr(self, fraction, 0.0)
            if not 0 <= value < 1:
                raise ValueError(
                    f"{name} expects {fraction} from 0 to below 1; received {value}. Try 0.9."
                )

    # By what power of the gradient a slot grows, for those that grow with it.
    slot_powers: ClassVar[Mapping[str, int]] = {}

    def rule(self) -> tuple[Equation, ...]:
        """The rule itself, in the order of computing."""
        raise NotImplementedError

    def asides(
        self,
        g: float,
        before: Mapping[str, float],
        after: Mapping[str, float],
        t: int,
        dtype: np.dtype,
    ) -> dict[str, float]:
        """What step t computes for one weight on its way, by what the equations call it.

        g: the weight's gradient; before, after: its numbers in the slots.
        """
        return {}

    def slots(self) -> dict[str, float]:
        """The vectors it carries from step to step, each with the value it starts at."""
        return {}

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        """Changes w: (P,) in place. g: (P,); iteration counts from 1; s: two rows of memory."""
        raise NotImplementedError

    def update(self, w: Array, g: Array, slots: Slots, iteration: int, room: Room) -> None:
        """Clips, decays, steps: changes w: (P,) and the slots in place. g: (P,) stays."""
        g = self.clip(g, room)
        rate = self.rate(iteration)
        if self.weight_decay:
            self.decay(w, rate, room)
        self.step(w, g, slots, iteration, rate, room.rows)

    def rate(self, iteration: int) -> float:
        """The learning rate of a step, counted from 1."""
        rate = self.learning_rate
        return rate(iteration - 1) if isinstance(rate, Schedule) else rate

    def clip(self, g: Array, room: Room) -> Array:
        """g: (P,) -> itself, or a clipped copy in the room's last row."""
        if self.clipvalue:
            return np.clip(g, -self.clipvalue, self.clipvalue, out=room.rows[2])
        if self.global_clipnorm:
            norm = math.sqrt(float(np.vdot(g, g)))
            scale = self.global_clipnorm / max(norm, self.global_clipnorm)
            return np.multiply(g, scale, out=room.rows[2])
        if self.clipnorm and g.size:
            squares = np.add.reduceat(np.multiply(g, g, out=room.rows[2]), room.starts)
            scales = self.clipnorm / np.maximum(np.sqrt(squares), self.clipnorm)
            return np.multiply(g, np.repeat(scales, room.sizes), out=room.rows[2])
        return g

    def decay(self, w: Array, rate: float, room: Room) -> None:
        """w <- w - weight_decay learning_rate w."""
        off = np.multiply(w, as_keras_casts(self.weight_decay or 0.0), out=room.rows[0])
        np.multiply(off, rate, out=off)
        np.subtract(w, off, out=w)

    def equations(self) -> tuple[Equation, ...]:
        """All that a step does, in the order of computing."""
        found: list[Equation] = []
        if self.clipvalue:
            bound = r"g \leftarrow \min(\max(g, -c), c)"
            text, line = (
                "g = min(max(g, -clipvalue), clipvalue)",
                "np.clip(g, -clipvalue, clipvalue)",
            )
            found.append(Equation("clipped", text, bound, f"g = {line}"))
        elif self.clipnorm or self.global_clipnorm:
            name = "global_clipnorm" if self.global_clipnorm else "clipnorm"
            scaled = r"g \leftarrow g\, \frac{c}{\max(\lVert g \rVert, c)}"
            line = f"g = g * {name} / max(np.linalg.norm(g), {name})"
            if not self.global_clipnorm:
                line = (
                    "parts = np.split(g, starts[1:])\n"
                    "g = np.concatenate([p * clipnorm / max(np.linalg.norm(p), clipnorm)"
                    " for p in parts])"
                )
            found.append(Equation("clipped", f"g = g {name} / max(|g|, {name})", scaled, line))
        if self.weight_decay:
            smaller = r"w \leftarrow w - \lambda \eta w"
            text, line = (
                "w = w - weight_decay learning_rate w",
                "w - weight_decay * learning_rate * w",
            )
            found.append(Equation("decayed", text, smaller, f"w = {line}"))
        return (*found, *self.rule())


def at_least_zero(value: Any) -> bool:
    """Whether it is a finite number of 0 or more."""
    return isinstance(value, int | float | np.number) and 0 <= float(value) < math.inf


OPTIMIZERS: Registry[type[Optimizer]] = Registry("optimizer")
