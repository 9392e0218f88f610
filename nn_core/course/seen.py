"""What a lesson sees of a run on the stage: where it stands, in a copy that holds still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from nn_core.arrays import Array
from nn_core.live.play import Play
from nn_core.live.run import Run
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.walk import Walk
from nn_core.network import QUIET, Sequential
from nn_core.trace import Trace, record
from nn_core.weight_names import locate


@dataclass(frozen=True)
class Seen:
    """A run after so many updates.

    changes: how often its viewer changed something by hand; known: what the update in slow motion
    has computed so far ("dense_1/dz"); asked: the questions that panels of the stage have put.
    """

    spec: Spec
    settings: Settings
    step: int
    epoch: int
    playing: bool
    walking: bool
    changes: int
    stopped: str | None
    model: Sequential
    sets: dict[str, tuple[Array, Array]]
    classes: dict[str, Array]
    known: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, run: Run, playing: bool = False, walking: bool = False) -> Seen:
        """The present of a run; the copy of its weights is not touched by what it does next."""
        model = run.network(run.settings)
        model.weights.vector[...] = run.model.weights.vector
        classes = {name: run.labels(name) for name in ("train", "test")}
        return cls(
            run.spec,
            run.settings,
            run.step,
            run.epoch,
            playing,
            walking,
            len(run.log),
            run.stopped,
            model,
            run.sets,
            classes,
        )

    @classmethod
    def playing_on(cls, play: Play) -> Seen:
        """The present of a play that somebody watches."""
        walk = play.walk
        known = frozenset(walk.known() if isinstance(walk, Walk) else ())
        seen = cls.of(play.run, play.state == "playing", walk is not None)
        return replace(seen, known=known, asked=play.asked)

    def weight(self, name: str) -> float:
        """One weight, by its name: "dense_1/kernel[0,2]"."""
        return float(self.model.weights.vector[locate(self.model, name)])

    def loss(self, which: str = "train") -> float:
        """The mean loss over the train or test samples."""
        with np.errstate(**QUIET):
            return float(self.model.evaluate(*self.sets[which]))

    def accuracy(self, which: str = "train") -> float:
        """The share of the train or test samples that are put into their class."""
        out = self.model.predict(self.sets[which][0])
        named = out[:, 0] > 0.5 if out.shape[-1] == 1 else out.argmax(axis=-1)
        return float(np.mean(named == self.classes[which]))

    def trace(self, which: str = "train") -> Trace:
        """Every intermediate of forward and backward pass over all samples of a set."""
        with np.errstate(**QUIET):
            return record(self.model, *self.sets[which])


# Whether the learner has done what a step of a lesson asks for: how it was when the step began, and
# how it is now.
Done = Callable[[Seen, Seen], bool]


def trained(updates: int) -> Done:
    """So many updates or more since the step began."""
    return lambda before, now: now.step >= before.step + updates


def changed(weight: str) -> Done:
    """The weight of that name was set by hand."""
    return lambda before, now: (
        now.changes > before.changes and now.weight(weight) != before.weight(weight)
    )


def moved(weight: str, by: float) -> Done:
    """The weight of that name was set by hand to so much more or less than it was, or beyond."""
    return lambda before, now: abs(now.weight(weight) - before.weight(weight)) >= by - 1e-6


def chose(**settings: object) -> Done:
    """The settings of these names have these values."""
    return lambda before, now: all(
        getattr(now.settings, name) == value for name, value in settings.items()
    )


def pointed(before: Seen, now: Seen) -> bool:
    """Another sample was picked."""
    return (now.settings.sample, now.settings.sample_set) != (
        before.settings.sample,
        before.settings.sample_set,
    )


def reached(value: str) -> Done:
    """Slow motion has come to where this value is computed ("dense_1/dz"), or beyond."""
    return lambda before, now: value in now.known or now.step > before.step


def asked(question: str) -> Done:
    """A panel of the stage has put this question ("gradient_receipt") since the step began, or
    had done so before: what it shows stays."""
    return lambda before, now: question in now.asked


def stepped(value: str) -> Done:
    """Slow motion stands where this value is computed, or behind it; to train on is not enough."""
    return lambda before, now: value in now.known
