"""A run: data, network, settings and every change made on the way, all of it repeatable.

Its spec, the settings it began with and its log (what was changed after
which step) give every number again. That is how it goes back, how a change is undone, and how a
link brings a run to somebody else.
"""

import math
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nn_core.live.learner import Learner
from nn_core.live.past import Past
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.network import QUIET
from nn_core.weight_names import locate

# The settings that a run's numbers depend on; the others are only about what is shown.
FATEFUL = ("learning_rate", "optimizer", "optimizer_options", "batch_size", "activations")
# Going back trains again from the moment before, for so many seconds at most.
PATIENCE = 0.5
# What the viewer did that can be taken back.
MOST_MARKS = 100


@dataclass(frozen=True)
class Change:
    """What was changed after `step` updates: some settings, or one weight by its name."""

    step: int
    settings: dict[str, Any] | None = None
    weight: str = ""
    value: float = 0.0


@dataclass(frozen=True)
class Script:
    """How a run went before: its changes, in the order of their steps, how far it came, and the
    data that was made for it."""

    log: tuple[Change, ...] = ()
    step: int = 0
    made: dict[str, Any] = field(default_factory=dict[str, Any])


class Run(Learner):
    """A learner that can go back: how it came here, and what is known of how it goes on."""

    def __init__(self, spec: Spec, settings: Settings, script: Script | None = None) -> None:
        """script: what is to be repeated. Raises ValueError on what does not hold."""
        super().__init__(spec.remade(script.made) if script else spec, settings)
        self.script = script or Script()
        # What a reset begins with; None: the settings as they are then.
        self.given = settings if self.script.log else None
        self.begin(settings, self.script)

    def begin(self, settings: Settings, script: Script) -> None:
        """Weights as they start, all counters at zero."""
        self.restart(settings)
        self._check(script.log)
        self.first, self.log, self.last = settings, list(script.log), script.step
        self.applied = self.cuts = 0
        self._marks: list[tuple[int, tuple[Change, ...]]] = []
        self.past = Past(self.moment())
        self._catch_up()

    def reset(self) -> None:
        """Begins again: as a link's script has it, or, once the viewer has changed something, with
        the settings as they are and the weights that the script began with."""
        again = self.settings if self.given is None else self.shown_as(self.given)
        self.begin(again, self.script)

    def train(self) -> None:
        """One update, and the changes that the log has for after it."""
        self.learn()
        if self.step > self.last:
            self.last = self.step
        if self.past.wants(self.step) and not self.stopped:
            self.past.keep(self.moment(self.applied))
        if self.applied < len(self.log):
            self._catch_up()

    # Changing

    def set(self, message: dict[str, Any]) -> None:
        """New settings in mid-run; the weights stay. Raises ValueError on one that does not fit."""
        settings = self.settings.changed(message)
        fateful = {name: message[name] for name in FATEFUL if name in message}
        if all(getattr(settings, name) == getattr(self.settings, name) for name in fateful):
            self.settings = settings
        else:
            self._alter(Change(self.step, settings=fateful))
            self.settings = self.shown_as(self.settings, settings)

    def edit(self, weight: str, value: float) -> None:
        """Sets one weight by hand. Raises ValueError on a name that is not there."""
        if not math.isfinite(value):
            raise ValueError(f"A weight must be a number; received {value}.")
        self._alter(Change(self.step, weight=weight, value=value))

    def _alter(self, change: Change) -> None:
        """Makes a change here and now; what was known of the time after it no longer holds."""
        mark = (self.step, tuple(self.log))
        self._apply(change)
        self._remember(mark)
        if self.applied < len(self.log) or self.step < self.last:
            self._cut(self.step, self.log[: self.applied])
        start = (c for c in self.script.log if c.weight and c.step == 0)
        self.given, self.script = None, Script(tuple(start))
        self.log.append(change)
        self.applied = len(self.log)

    def _cut(self, step: int, log: list[Change]) -> None:
        """Lets go of what was known after a step; the log is another one from here on."""
        self.log = log
        self.past.cut(step)
        self.updates.cut(step)
        self.last = step
        self.cuts += 1

    def _apply(self, change: Change) -> None:
        if change.settings is None:
            self.put(change.weight, change.value)
        else:
            self.take(self.settings.changed(change.settings))

    def _check(self, log: tuple[Change, ...]) -> None:
        """Raises ValueError if one of the changes to come cannot be made."""
        settings = self.settings
        for change in log:
            if change.settings is not None:
                settings = settings.changed(change.settings)
            elif not math.isfinite(change.value):
                raise ValueError(f"A weight must be a number; received {change.value}.")
            else:
                locate(self.model, change.weight)

    def _catch_up(self) -> None:
        """Applies what the log has for this step."""
        while self.applied < len(self.log) and self.log[self.applied].step <= self.step:
            self._apply(self.log[self.applied])
            self.applied += 1

    # Going back

    def go(self, step: int) -> None:
        """To a step of the past, or of the future that is known; training on repeats it."""
        moment = self.past.before(max(0, min(step, self.last)))
        self.restore(moment)
        self.applied = moment.applied
        self._catch_up()
        until = time.monotonic() + PATIENCE
        with np.errstate(**QUIET):
            while self.step < min(step, self.last) and time.monotonic() < until:
                self.train()

    def mark(self) -> None:
        """Remembers where the viewer is about to do something, for `undo`."""
        self._remember((self.step, tuple(self.log)))

    def _remember(self, mark: tuple[int, tuple[Change, ...]]) -> None:
        if not self._marks or self._marks[-1] != mark:
            self._marks = [*self._marks[1 - MOST_MARKS :], mark]

    @property
    def undoable(self) -> bool:
        """Whether there is something to take back."""
        here = (self.step, tuple(self.log))
        return any(mark != here for mark in self._marks)

    def undo(self) -> None:
        """Back to before the last thing that the viewer did. Raises ValueError if there is none."""
        here = (self.step, tuple(self.log))
        while self._marks:
            step, log = mark = self._marks.pop()
            if mark == here:
                continue
            if log != here[1]:
                self._cut(step, list(log))
            self.last = max(self.last, step)
            self.go(step)
            return
        raise ValueError("There is nothing to undo.")
