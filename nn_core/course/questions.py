"""What a learner is asked before an experiment runs, and how near the answer came to the truth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, ClassVar, Literal, Protocol

import numpy as np

from nn_core.course.measures import train
from nn_core.live.run import Run

# From here on an answer counts as having seen it coming.
GOOD = 0.8


def written(value: float) -> str:
    """Three significant digits as people write them, 0.0000421 or 423,000: no powers of ten."""
    rounded = float(f"{value:.3g}")
    if abs(rounded) >= 1000:
        return f"{rounded:,.0f}"
    return np.format_float_positional(rounded, trim="-")


@dataclass(frozen=True)
class Score:
    """points: 0 (nothing of it) to 1 (all of it); gap: what lies between guess and truth."""

    points: float
    gap: str

    @property
    def good(self) -> bool:
        return self.points >= GOOD


class Question(Protocol):
    """A kind of question. `kind` names it in the class's answers."""

    kind: ClassVar[str]

    def score(self, guess: Any, truth: Any) -> Score: ...


@dataclass(frozen=True)
class Choice:
    """One of the options that stand in the words; guess and truth are their places."""

    kind: ClassVar[str] = "choice"

    def score(self, guess: int, truth: int) -> Score:
        right = guess == truth
        return Score(float(right), "You saw it coming." if right else "It came out otherwise.")


@dataclass(frozen=True)
class Sign:
    """The sign of a number: guess is -1, 0 or 1, truth the number itself."""

    kind: ClassVar[str] = "sign"

    def score(self, guess: int, truth: float) -> Score:
        right = guess == np.sign(truth)
        said = {-1: "negative", 0: "zero", 1: "positive"}
        return Score(float(right), f"You said {said[int(guess)]}; it is {truth:+.3g}.")


@dataclass(frozen=True)
class Order:
    """The options from first to last; guess and truth are tuples of their places."""

    kind: ClassVar[str] = "order"

    def score(self, guess: Sequence[int], truth: Sequence[int]) -> Score:
        """Points are the share of pairs that stand in the right order."""
        place = {option: at for at, option in enumerate(truth)}
        pairs = list(combinations(guess, 2))
        right = sum(place[first] < place[second] for first, second in pairs)
        return Score(right / len(pairs), f"{right} of {len(pairs)} pairs stand in the right order.")


@dataclass(frozen=True)
class Number:
    """A number between low and high. On a log scale a factor counts, otherwise a distance."""

    low: float
    high: float
    unit: str = ""
    scale: Literal["linear", "log"] = "linear"

    kind: ClassVar[str] = "number"

    @property
    def step(self) -> float:
        """What a press of + or - adds: a power of ten, some hundred of which are the range."""
        return float(10.0 ** np.floor(np.log10((self.high - self.low) / 50)))

    def score(self, guess: float, truth: float) -> Score:
        """No points are left at a fifth of the range, or at a factor of ten."""
        if self.scale == "log":
            factor = max(guess, truth) / min(guess, truth)
            return Score(
                max(0.0, 1 - float(np.log10(factor))), f"A factor of {written(factor)} apart."
            )
        far = abs(guess - truth)
        lost = far / (self.high - self.low) * 5
        return Score(max(0.0, 1 - lost), f"{written(far)}{self.unit} apart.")


@dataclass(frozen=True)
class Curve:
    """A curve over `updates`, drawn between low and high; guess and truth are its heights at as
    many evenly spaced places."""

    updates: int
    low: float
    high: float
    what: str = "loss"

    kind: ClassVar[str] = "curve"
    PLACES: ClassVar[int] = 21

    def score(self, guess: Sequence[float], truth: Sequence[float]) -> Score:
        """Points fall with the mean distance: none are left at a third of the height."""
        apart = np.abs(np.clip(truth, self.low, self.high) - np.array(guess))
        gap = float(apart.mean())
        lost = 3 * gap / (self.high - self.low)
        worst = int(apart.argmax()) * self.updates // (len(guess) - 1)
        said = f"{gap:.3g} apart on the mean, most of all around update {worst:,}."
        return Score(max(0.0, 1 - lost), said)

    @property
    def steps(self) -> tuple[int, ...]:
        """After how many updates the curve is looked at."""
        return tuple(round(at) for at in np.linspace(0, self.updates, self.PLACES))

    def along(self, run: Run, measure: Callable[[Run], float]) -> tuple[float, ...]:
        """Trains a run to its end -> `measure(run)` at every place, the first before any update."""
        found = [float(measure(run))]
        for before, after in pairwise(self.steps):
            found.append(float(measure(train(run, after - before))))
        return tuple(found)
