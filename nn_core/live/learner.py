"""A learner: data, a network, settings, and one update after the other. It knows no clock."""

import copy
import math
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.epochs import Epochs
from nn_core.live.past import Moment
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.updates import Updates
from nn_core.live.verdict import why_not_finite
from nn_core.network import Sequential
from nn_core.training import batches
from nn_core.weight_names import locate


class Learner:
    """Where training stands; everything that the next update depends on."""

    def __init__(self, spec: Spec, settings: Settings) -> None:
        """Raises ValueError on what does not hold."""
        spec.check()
        settings.check()
        if len(settings.activations) != len(spec.adjustable):
            raise ValueError(
                f"The network has {len(spec.adjustable)} layers with an activation to choose; "
                f"received {len(settings.activations)} activations."
            )
        self.spec = spec
        self.data = spec.data()
        self.own: tuple[Array, Array] | None = None
        self.x = spec.inputs(self.data.train_x)
        self.test_x = spec.inputs(self.data.test_x)

    def restart(self, settings: Settings) -> None:
        """Weights as they start, all counters at zero."""
        self.settings = settings
        self.model = self.network(settings)
        self.y = self.targets(self.data.train_y)
        self.test_y = self.targets(self.data.test_y)
        self.step = self.epoch = 0
        self.stopped: str | None = None
        self.batch: Array | None = None
        self.epochs = Epochs()
        self.updates = Updates()
        self._before = self.model.weights.vector.copy()
        self._queue: deque[Array] = deque()
        self._undrawn: Mapping[str, Any] | None = None

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

    def learn(self) -> None:
        """One update."""
        batch = self.batch = self.next_batch()
        self._undrawn = None
        np.copyto(self._before, self.model.weights.vector)
        loss = self.model.step(self.x[batch], self.y[batch])
        self.step += 1
        self.epochs.add(self.step, loss, len(batch))
        if not self._queue:
            self.epoch += 1
            self.epochs.end(self.epoch, len(self.x))
        self.updates.add(self.step, loss, self.epoch)
        if not math.isfinite(loss):
            self.stop(loss)

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

    def take(self, settings: Settings) -> None:
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

    def put(self, weight: str, value: float) -> None:
        """Sets one weight by its name. Raises ValueError if it is not there."""
        at = locate(self.model, weight)
        moved = np.float32(value) - self.model.weights.vector[at]
        self.model.weights.vector[at] = value
        # What the last step added to it stays what it was.
        self._before[at] += moved

    def moment(self, applied: int = 0) -> Moment:
        """All of the present, in copies. applied: how many changes have been made."""
        model = self.model
        return Moment(
            self.step,
            self.epoch,
            applied,
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

    def restore(self, moment: Moment) -> None:
        """Back to a moment; speed and shown sample stay as they are."""
        self.take(self.shown_as(moment.settings))
        moment.give(self.model)
        self._before[...] = moment.before
        self._queue, self._undrawn = deque(moment.queue), None
        self.step, self.epoch = moment.step, moment.epoch
        self.batch, self.stopped = moment.batch, moment.stopped
