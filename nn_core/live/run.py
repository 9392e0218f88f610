"""A run: data, network, settings and every change made on the way, all of it repeatable.

A run knows no viewer. Its spec, the settings it began with and its log (what was changed after
which step) give every number again. That is how it goes back, how a change is undone, and how a
link brings a run to somebody else.
"""

import copy
import math
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.epochs import Epochs
from nn_core.live.past import Moment, Past
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.verdict import why_not_finite
from nn_core.network import QUIET, Sequential
from nn_core.training import batches
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


class Run:
    """Where training stands, how it came there, and what is known of how it goes on."""

    def __init__(self, spec: Spec, settings: Settings, script: Script | None = None) -> None:
        """script: what is to be repeated. Raises ValueError on what does not hold."""
        spec = spec.remade(script.made) if script else spec
        spec.check()
        settings.check()
        if len(settings.activations) != len(spec.adjustable):
            raise ValueError(
                f"The network has {len(spec.adjustable)} layers with an activation to choose; "
                f"received {len(settings.activations)} activations."
            )
        self.spec = spec
        self.script = (settings, script or Script())
        self.data = spec.data()
        self.own: tuple[Array, Array] | None = None
        self.x = spec.inputs(self.data.train_x)
        self.test_x = spec.inputs(self.data.test_x)
        self.begin(*self.script)

    def begin(self, settings: Settings, script: Script) -> None:
        """Weights as they start, all counters at zero."""
        self.first = self.settings = settings
        self.model = self.network(settings)
        self.y = self.targets(self.data.train_y)
        self.test_y = self.targets(self.data.test_y)
        self.log = list(script.log)
        self.applied = self.step = self.epoch = self.cuts = 0
        self.last = script.step
        self.stopped: str | None = None
        self.batch: Array | None = None
        self._before = self.model.weights.vector.copy()
        self._queue: deque[Array] = deque()
        self._undrawn: Mapping[str, Any] | None = None
        self._marks: list[tuple[int, tuple[Change, ...]]] = []
        self._check(script.log)
        self.past = Past(self.moment())
        self.epochs = Epochs()
        self._catch_up()

    def reset(self) -> None:
        """Begins again, with the settings as they are, or as a link's script has them."""
        settings, script = self.script
        self.begin(self.shown_as(settings) if script.log else self.settings, script)

    def network(self, settings: Settings) -> Sequential:
        """A network compiled as the settings say, with the weights of the start."""
        model = self.spec.model(settings.activations)
        model.compile(settings.rule, self.spec.loss)
        return model

    @property
    def sets(self) -> dict[str, tuple[Array, Array]]:
        """x: (n, ...) and y: (n, ...) of the train and of the test samples, and of a drawn one."""
        known = {"train": (self.x, self.y), "test": (self.test_x, self.test_y)}
        if self.own is None:
            return known
        x, labels = self.own
        return known | {"own": (x, self.targets(labels))}

    def labels(self, name: str) -> Array:
        """Labels or heights (n,) of a set, as the data has them."""
        if name == "own" and self.own is not None:
            return self.own[1]
        return self.data.train_y if name == "train" else self.data.test_y

    def targets(self, y: Array) -> Array:
        """y: (n,) -> as the loss reads it."""
        return self.model.target(self.spec.targets(y, self.model.output_shape[-1]), len(y))

    # Training

    def train(self) -> None:
        """One update, and the changes that the log has for after it."""
        batch = self.batch = self.next_batch()
        self._undrawn = None
        np.copyto(self._before, self.model.weights.vector)
        loss = self.model.step(self.x[batch], self.y[batch])
        self.step += 1
        if self.step > self.last:
            self.last = self.step
        self.epochs.add(self.step, loss, len(batch))
        if not self._queue:
            self.epoch += 1
            self.epochs.end(self.epoch, len(self.x))
        if not math.isfinite(loss):
            self.stop(loss)
        elif self.past.wants(self.step):
            self.past.keep(self.moment())
        if self.applied < len(self.log):
            self._catch_up()

    def next_batch(self) -> Array:
        """Row numbers of the next batch; a new epoch shuffles anew."""
        if not self._queue:
            self._undrawn = self.model.rng.bit_generator.state
            size = int(self.settings.batch_size)
            self._queue.extend(batches(len(self.x), size, self.model.rng))
        return self._queue.popleft()

    def peek(self) -> Array:
        """Row numbers of the next batch, which stays the next."""
        batch = self.next_batch()
        self._queue.appendleft(batch)
        return batch

    def stop(self, loss: float) -> None:
        """Ends a run whose numbers are no longer finite, and says which one it was."""
        self.stopped = why_not_finite(self.model, loss, self.step, self.settings)

    @property
    def steps_per_epoch(self) -> int:
        return -(-len(self.x) // int(self.settings.batch_size))

    @property
    def gradient(self) -> Array | None:
        """The last batch's gradient (P,); None before the first step."""
        return self.model.weights.gradient if self.step else None

    @property
    def update(self) -> Array | None:
        """What the last step added to the weights (P,); None before the first step."""
        return self.model.weights.vector - self._before if self.step else None

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
        self.script = (self.first, Script())
        self.log.append(change)
        self.applied = len(self.log)

    def _cut(self, step: int, log: list[Change]) -> None:
        """Lets go of what was known after a step; the log is another one from here on."""
        self.log = log
        self.past.cut(step)
        self.last = step
        self.cuts += 1

    def _apply(self, change: Change) -> None:
        if change.settings is not None:
            self._take(self.settings.changed(change.settings))
            return
        at = locate(self.model, change.weight)
        moved = np.float32(change.value) - self.model.weights.vector[at]
        self.model.weights.vector[at] = change.value
        # What the last step added to it stays what it was.
        self._before[at] += moved

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

    def _take(self, settings: Settings) -> None:
        """Makes the network learn as the settings say."""
        stack = self.spec.layers(settings.activations)
        old = self.settings.activations
        for at, before, after in zip(self.spec.adjustable, old, settings.activations):
            if after != before:
                self.model.replace_layer(at, stack[at])
        if settings.rule != self.model.optimizer:
            self.model.set_optimizer(settings.rule)
        if settings.batch_size != self.settings.batch_size:
            if self._undrawn is not None:
                # Nobody has trained on this shuffle: it is drawn again in batches of the new size.
                self.model.rng.bit_generator.state = self._undrawn
            self._queue.clear()
        self.settings = settings

    def shown_as(self, settings: Settings, current: Settings | None = None) -> Settings:
        """Settings with the speed and the sample of the current ones."""
        now = current or self.settings
        return replace(settings, speed=now.speed, sample=now.sample, sample_set=now.sample_set)

    # Going back

    def moment(self) -> Moment:
        """All of the present, in copies."""
        model = self.model
        return Moment(
            self.step,
            self.epoch,
            self.applied,
            self.settings,
            model.weights.vector.copy(),
            self._before.copy(),
            model.weights.gradient.copy(),
            {name: slot.copy() for name, slot in model.slots.items()},
            model.iterations,
            copy.deepcopy(model.states),
            model.rng.bit_generator.state,
            tuple(self._queue),
            self.batch,
            self.stopped,
        )

    def go(self, step: int) -> None:
        """To a step of the past, or of the future that is known; training on repeats it."""
        self._restore(self.past.before(max(0, min(step, self.last))))
        until = time.monotonic() + PATIENCE
        with np.errstate(**QUIET):
            while self.step < min(step, self.last) and time.monotonic() < until:
                self.train()

    def _restore(self, moment: Moment) -> None:
        self._take(self.shown_as(moment.settings))
        moment.give(self.model)
        self._before[...] = moment.before
        self._queue, self._undrawn = deque(moment.queue), None
        self.step, self.epoch, self.applied = moment.step, moment.epoch, moment.applied
        self.batch, self.stopped = moment.batch, moment.stopped
        self._catch_up()

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
