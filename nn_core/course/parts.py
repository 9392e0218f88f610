"""The parts a lesson is made of: to read, to watch, to predict, to solve, to compute by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from nn_core.course.questions import Choice, Question
from nn_core.course.scenario import Evidence, Start
from nn_core.course.seen import Done, Seen

Numbers = Mapping[str, Any]


def no_numbers() -> Numbers:
    """Of a text that quotes none."""
    return {}


class Experiment(Protocol):
    """What settles a question: a Scenario is one, and so is a measurement."""

    def evidence(self, seed: int | None = None) -> Evidence: ...


@dataclass(frozen=True)
class Measured:
    """An experiment that is not a run on the stage. weigh: seed -> what it showed; chance: whether
    anything in it is drawn, so that another seed can show something else."""

    weigh: Callable[[int], Evidence]
    chance: bool = True

    def evidence(self, seed: int | None = None) -> Evidence:
        return self.weigh(1 if seed is None else seed)


@dataclass(frozen=True)
class Part:
    """name: of its section in the lesson's Markdown."""

    name: str


@dataclass(frozen=True)
class Read(Part):
    """A text. numbers: computes those that it quotes; show: a picture to play with, by the name it
    has among the pages' shows."""

    numbers: Callable[[], Numbers] = no_numbers
    show: str = ""


@dataclass(frozen=True)
class Notice:
    """One step of a Live part: what of the stage lights up, and when the learner has done it.

    lit: names of numbers ("dense_1/kernel[0,0]"), or of regions of the stage as "#curves" (see
    assets/stage/lit.js). done: None if the learner says so.
    """

    lit: tuple[str, ...] = ()
    done: Done | None = None


@dataclass(frozen=True)
class Live(Part):
    """A run on the stage, and steps that point at it and wait. hide: controls that are left out."""

    start: Start
    notices: tuple[Notice, ...] = ()
    hide: tuple[str, ...] = ()


@dataclass(frozen=True)
class Predict(Part):
    """A question, an experiment that answers it, and why."""

    experiment: Experiment
    question: Question = field(default_factory=Choice)


@dataclass(frozen=True)
class Check:
    """Whether a goal is reached, and how far off it is, in words."""

    reached: bool
    said: str


@dataclass(frozen=True)
class Task(Part):
    """A goal that can be checked on the stage.

    answer: a run that reaches it after `updates`. controls: whether the network itself may be
    changed, at the left.
    """

    start: Start
    goal: Callable[[Seen], Check]
    answer: Start
    updates: int
    controls: bool = False
    hide: tuple[str, ...] = ()


@dataclass(frozen=True)
class ByHand(Part):
    """An exercise with blanks, by its name (see byhand/)."""

    exercise: str
