"""An exercise: what is given, what is to be found, a drawing; new numbers from a seed."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from nn_core.course.byhand.expressions import NOTHING
from nn_core.course.byhand.marking import Blank, Mark, Marking, value
from nn_core.registry import Registry

ATTEMPTS = 1000
LARGEST = 100.0


@dataclass(frozen=True)
class Given:
    """A number that is given. shown: in the table beside the drawing; else the drawing has it."""

    name: str
    value: float
    shown: bool = True


def given(values: Mapping[str, float], drawn: Iterable[str] = ()) -> tuple[Given, ...]:
    """Numbers by their symbols; those that the drawing has are not said twice."""
    there = set(drawn)
    return tuple(Given(name, number, name not in there) for name, number in values.items())


def solved(blanks: Iterable[Blank], start: Mapping[str, float]) -> dict[str, float]:
    """What comes into the blanks, each computed from what stands before it."""
    values = dict(start)
    for blank in blanks:
        values[blank.name] = blank.expression.value(values)
    return {name: number for name, number in values.items() if name not in start}


@dataclass(frozen=True)
class Exercise:
    """given, then blanks, each in terms of what stands before it; picture: an SVG.

    confused   a symbol -> the one that is taken for it
    """

    given: tuple[Given, ...]
    blanks: tuple[Blank, ...]
    picture: str = ""
    confused: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def solution(self) -> dict[str, float]:
        """Every number by its symbol, the given ones too, in full precision."""
        start = {one.name: one.value for one in self.given}
        return start | solved(self.blanks, start)

    def rounded(self) -> dict[str, float]:
        """The solution as it is written down."""
        exact = self.solution()
        return exact | {b.name: round(exact[b.name], b.decimals) for b in self.blanks}

    def mark(self, answers: Mapping[str, str]) -> dict[str, Mark]:
        """Each blank's mark, from what a learner wrote by the blanks' names."""
        return self.marking(answers).marks()

    def marking(self, answers: Mapping[str, str]) -> Marking:
        return Marking(self.blanks, self.solution(), answers, self.confused)

    def sound(self) -> bool:
        """No number vanishes or overflows by accident, and every slip shows in the answer."""
        try:
            marking = self.marking({})
        except (ArithmeticError, ValueError):
            return False
        return all(sized(b, marking.exact) and telling(b, marking) for b in self.blanks)


def sized(blank: Blank, values: Mapping[str, float]) -> bool:
    """Neither too small to be read off its decimals nor too large to be written."""
    size = abs(values[blank.name])
    small = 0 if blank.may_vanish else 10 * blank.half or 1
    return math.isfinite(size) and small <= size <= LARGEST


def telling(blank: Blank, marking: Marking) -> bool:
    """Whether each slip makes another number than the right one, beyond all rounding."""
    right = value(blank.expression, marking.exact)
    room = 2 * (blank.half + marking.spread(blank.expression, marking.exact))
    slips = blank.slips if blank.ties else blank.all_slips(marking.confused)
    made = [value(slip.expression, marking.exact) for slip in slips if not slip.subtle]
    return all(not math.isfinite(number) or abs(number - right) > room for number in made)


Make = Callable[[np.random.Generator], Exercise | None]
EXERCISES: Registry[Callable[[int], Exercise]] = Registry("exercise")


def exercise(name: str) -> Callable[[Make], Callable[[int], Exercise]]:
    """Registers a function that draws an exercise; what it draws is drawn anew until it is sound.

    It may return None itself where the numbers do not suit it.
    """

    def register(make: Make) -> Callable[[int], Exercise]:
        def of_seed(seed: int) -> Exercise:
            for attempt in range(ATTEMPTS):
                found = make(np.random.default_rng([seed, attempt]))
                if found is not None and found.sound():
                    return found
            raise ValueError(
                f"The exercise {name!r} found no numbers that suit it with seed {seed}: "
                f"{ATTEMPTS} draws were unsound. Widen what it draws from."
            )

        return EXERCISES.add(name, of_seed)

    return register
