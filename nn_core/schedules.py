"""Learning-rate schedules: the rate of every step, by its number from 0.

Names, fields and definitions are those of keras.optimizers.schedules; OneCycle, which Keras does
not have, follows Smith 2018; an export brings it along.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

from nn_core.registry import Registry


@dataclass(frozen=True)
class Schedule:
    """A learning rate that depends on the step."""

    # The class as Keras code, where Keras does not have it.
    keras_source: ClassVar[str] = ""

    def __call__(self, step: int) -> float:
        """step: 0 at the first update -> learning rate."""
        raise NotImplementedError


@dataclass(frozen=True)
class PiecewiseConstantDecay(Schedule):
    """values[i] up to and with step boundaries[i], the last value after them."""

    boundaries: tuple[int, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        rising = list(self.boundaries) == sorted(set(self.boundaries))
        if len(self.values) != len(self.boundaries) + 1 or not rising:
            raise ValueError(
                f"PiecewiseConstantDecay expects rising boundaries and one value more than "
                f"boundaries; received boundaries {self.boundaries} and values {self.values}."
            )

    def __call__(self, step: int) -> float:
        return self.values[sum(step > boundary for boundary in self.boundaries)]


@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """initial_learning_rate decay_rate^(step / decay_steps); a staircase takes whole powers."""

    initial_learning_rate: float
    decay_steps: int
    decay_rate: float
    staircase: bool = False

    def __post_init__(self) -> None:
        check_steps(self, "decay_steps", self.decay_steps)

    def __call__(self, step: int) -> float:
        power = step / self.decay_steps
        power = math.floor(power) if self.staircase else power
        return self.initial_learning_rate * self.decay_rate**power


@dataclass(frozen=True)
class CosineDecay(Schedule):
    """Half a cosine from the initial rate to alpha times it (Loshchilov 2017).

    With a warm-up the rate first rises in a line to warmup_target, and falls from there.
    """

    initial_learning_rate: float
    decay_steps: int
    alpha: float = 0.0
    warmup_target: float | None = None
    warmup_steps: int = 0

    def __post_init__(self) -> None:
        check_steps(self, "decay_steps", self.decay_steps)

    def __call__(self, step: int) -> float:
        if self.warmup_target is None:
            return self.initial_learning_rate * self.fall(step)
        if step < self.warmup_steps:
            rise = self.warmup_target - self.initial_learning_rate
            return self.initial_learning_rate + rise * step / self.warmup_steps
        return self.warmup_target * self.fall(step - self.warmup_steps)

    def fall(self, step: int) -> float:
        """The share of the highest rate that is left."""
        done = min(step / self.decay_steps, 1.0)
        return (1 - self.alpha) * (1 + math.cos(math.pi * done)) / 2 + self.alpha


@dataclass(frozen=True)
class PolynomialDecay(Schedule):
    """From the initial rate to the end rate; in a straight line with power 1."""

    initial_learning_rate: float
    decay_steps: int
    end_learning_rate: float = 0.0001
    power: float = 1.0

    def __post_init__(self) -> None:
        check_steps(self, "decay_steps", self.decay_steps)

    def __call__(self, step: int) -> float:
        left = (1 - min(step / self.decay_steps, 1.0)) ** self.power
        return self.end_learning_rate + (self.initial_learning_rate - self.end_learning_rate) * left


@dataclass(frozen=True)
class InverseTimeDecay(Schedule):
    """initial_learning_rate / (1 + decay_rate step / decay_steps)."""

    initial_learning_rate: float
    decay_steps: int
    decay_rate: float
    staircase: bool = False

    def __post_init__(self) -> None:
        check_steps(self, "decay_steps", self.decay_steps)

    def __call__(self, step: int) -> float:
        done = step / self.decay_steps
        done = math.floor(done) if self.staircase else done
        return self.initial_learning_rate / (1 + self.decay_rate * done)


ONE_CYCLE = '''
class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """Up half a cosine from a 25th of the highest rate, then down to next to nothing."""

    def __init__(self, max_learning_rate, total_steps, warmup_share=0.3):
        self.config = {
            "max_learning_rate": max_learning_rate,
            "total_steps": total_steps,
            "warmup_share": warmup_share,
        }

    def __call__(self, step):
        top, total = self.config["max_learning_rate"], self.config["total_steps"]
        step, turn = keras.ops.cast(step, "float32"), self.config["warmup_share"] * total
        up = self.swing(top / 25, top, step / turn)
        share = keras.ops.minimum((step - turn) / (total - turn), 1.0)
        return keras.ops.where(step < turn, up, self.swing(top, top / 250_000, share))

    def swing(self, start, stop, share):
        return stop + (start - stop) * (1 + keras.ops.cos(np.pi * share)) / 2

    def get_config(self):
        return self.config
'''


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Up half a cosine from max_learning_rate / 25 to the maximum, then down to near nothing."""

    keras_source: ClassVar[str] = ONE_CYCLE

    max_learning_rate: float
    total_steps: int
    warmup_share: float = 0.3

    def __post_init__(self) -> None:
        check_steps(self, "total_steps", self.total_steps)
        if not 0 < self.warmup_share < 1 or self.max_learning_rate < 0:
            raise ValueError(
                f"OneCycle expects warmup_share between 0 and 1 and a rate of 0 or more; received "
                f"{self.warmup_share} and {self.max_learning_rate}."
            )

    def __call__(self, step: int) -> float:
        top = self.max_learning_rate
        turn = self.warmup_share * self.total_steps
        if step < turn:
            return swing(top / 25, top, step / turn)
        return swing(top, top / 250_000, min((step - turn) / (self.total_steps - turn), 1.0))


def swing(start: float, stop: float, share: float) -> float:
    """Half a cosine from start (share 0) to stop (share 1)."""
    return stop + (start - stop) * (1 + math.cos(math.pi * share)) / 2


def check_steps(schedule: Schedule, name: str, value: int) -> None:
    """Raises ValueError unless it is above 0."""
    if value <= 0:
        raise ValueError(
            f"{type(schedule).__name__} expects {name} above 0; received {value}. Take the number "
            "of updates in the run: epochs times batches."
        )


SCHEDULES: Registry[type[Schedule]] = Registry("schedule")
SCHEDULES.add("piecewise_constant", PiecewiseConstantDecay)
SCHEDULES.add("exponential", ExponentialDecay)
SCHEDULES.add("cosine", CosineDecay)
SCHEDULES.add("polynomial", PolynomialDecay)
SCHEDULES.add("inverse_time", InverseTimeDecay)
SCHEDULES.add("one_cycle", OneCycle)
