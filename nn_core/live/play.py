"""A play: one viewer's live training, a state machine that is moved one turn at a time."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.judge import Judge, Judgement
from nn_core.live.pictures import frame, hello
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.verdict import why_not_finite
from nn_core.live.walk import Walk
from nn_core.network import QUIET
from nn_core.training import batches

CREDITS = 4
# One operation of slow motion stands this long, in seconds.
OPERATION_TIME = 1.25


class Play:
    """Data, network, settings and where the run is. Only the trainer calls what is not `post`."""

    def __init__(self, spec: Spec, settings: Settings) -> None:
        spec.check()
        settings.check()
        self.spec = spec
        self.settings = settings
        self.data = spec.data()
        self.x = spec.inputs(self.data.train_x)
        self.test_x = spec.inputs(self.data.test_x)
        self.inbox: deque[dict[str, Any]] = deque()
        self.send: Callable[[bytes], None] | None = None
        self.lock = threading.Lock()
        self.seen = time.monotonic()
        self.seq = 0
        self.acknowledged = 0
        self.visible = True
        self.note: str | None = None
        self.news = {"hello": True, "reset": True, "settings": True, "flush": True}
        self._due = 0.0
        self.begin()

    def begin(self) -> None:
        """Weights as they start, all counters at zero; settings stay."""
        self.model = self.spec.model(self.settings.activations)
        self.model.compile(self.settings.rule, self.spec.loss)
        self.y = self.targets(self.data.train_y)
        self.test_y = self.targets(self.data.test_y)
        self.judge = Judge(self.spec.task)
        self.step = 0
        self.epoch = 0
        self.state = "paused"
        self.stopped: str | None = None
        self.walk: Walk | None = None
        self._before = self.model.weights.vector.copy()
        self._queue: deque[Array] = deque()
        self._owed = 0.0
        self._moved = 0.0
        self.news |= {"reset": True, "settings": True, "flush": True}

    def targets(self, y: Array) -> Array:
        """y: (n,) -> as the loss reads it."""
        return self.model.target(self.spec.targets(y, self.model.output_shape[-1]), len(y))

    # Messages

    def post(self, message: dict[str, Any]) -> bool:
        """Takes a browser's message, from any thread -> whether the play wants its turn now."""
        self.seen = time.monotonic()
        if message["type"] != "ack":
            self.inbox.append(message)
            return True
        waited = not self.has_credit
        self.acknowledged = max(self.acknowledged, int(message["seq"]))
        return waited and self.has_credit

    @property
    def has_credit(self) -> bool:
        """Whether fewer than four pictures are on their way."""
        return self.seq - self.acknowledged < CREDITS

    @property
    def moving(self) -> bool:
        """Whether it trains by itself and its viewer can keep up."""
        return self.state == "playing" and self.visible and self.has_credit

    def obey(self, message: dict[str, Any], now: float) -> None:
        """Carries a message out; one that cannot be is answered by a sentence."""
        kind = message["type"]
        self.note = None
        self.news["flush"] = True
        if kind == "visible":
            self.visible = bool(message["value"])
        elif kind == "play" and not self.stopped:
            self.state, self._moved, self._owed = "playing", now, 0.0
        elif kind == "pause":
            self.state = "paused"
        elif kind == "step" and not self.stopped:
            self.state = "paused"
            self.move(message.get("kind", "batch"))
        elif kind == "reset":
            self.begin()
        elif kind == "set":
            try:
                self.change(self.settings.changed(message))
            except ValueError as error:
                self.note, self.news["settings"] = str(error), True
        elif kind == "hello":
            self.acknowledged, self.visible, self.news["hello"] = self.seq, True, True

    def change(self, settings: Settings) -> None:
        """Takes new settings in mid-run; the weights stay."""
        stack = self.spec.layers(settings.activations)
        for index, old, new in zip(
            self.spec.adjustable, self.settings.activations, settings.activations
        ):
            if new != old:
                self.model.replace_layer(index, stack[index])
                self.judge.last = None
        if settings.rule != self.model.optimizer:
            self.model.set_optimizer(settings.rule)
        if settings.batch_size != self.settings.batch_size:
            self._queue.clear()
        learns_otherwise = (settings.rule, settings.activations, settings.sample) != (
            self.settings.rule,
            self.settings.activations,
            self.settings.sample,
        )
        if learns_otherwise and self.walk:
            # The numbers of the walk no longer hold; its batch is walked through anew.
            self._queue.appendleft(self.walk.batch)
            self.walk = None
        if settings.speed != self.settings.speed:
            self._owed = 0.0
        self.settings = settings
        self.news["settings"] = True

    # Moving

    def move(self, kind: str) -> None:
        """One step: of an operation, a batch, or to the end of the epoch."""
        if kind == "operation":
            self.next_operation()
        elif kind == "epoch":
            epoch = self.epoch
            while self.epoch == epoch and not self.stopped:
                self.train()
        else:
            self.train()

    def next_operation(self) -> None:
        """Shows the next operation; at the last one the update is carried out."""
        if self.walk is None or self.walk.ended:
            batch = self.next_batch()
            self._queue.appendleft(batch)
            sample = self.sample(self.sample_at(batch))
            self.walk = Walk.begin(self.model, self.x, self.y, batch, sample)
            return
        self.walk.at += 1
        if self.walk.ended:
            walk = self.walk
            self.train()
            self.walk = walk

    def train(self) -> None:
        """One update; the gradient and what it changed are looked at when a picture is drawn."""
        self.walk = None
        batch = self.next_batch()
        np.copyto(self._before, self.model.weights.vector)
        loss = self.model.step(self.x[batch], self.y[batch])
        self.step += 1
        if not self._queue:
            self.epoch += 1
        if not math.isfinite(loss):
            self.stop(loss)

    def stop(self, loss: float) -> None:
        """Ends a run whose numbers are no longer finite, and says which one it was."""
        self.state = "paused"
        self.stopped = why_not_finite(self.model, loss, self.step, self.settings)

    @property
    def gradient(self) -> Array | None:
        """The last batch's gradient (P,); None before the first step."""
        return self.model.weights.gradient if self.step else None

    @property
    def update(self) -> Array | None:
        """What the last step added to the weights (P,); None before the first step."""
        return self.model.weights.vector - self._before if self.step else None

    def next_batch(self) -> Array:
        """Row numbers of the next batch; a new epoch shuffles anew."""
        if not self._queue:
            size = int(self.settings.batch_size)
            self._queue.extend(batches(len(self.x), size, self.model.rng))
        return self._queue.popleft()

    @property
    def steps_per_epoch(self) -> int:
        return -(-len(self.x) // int(self.settings.batch_size))

    def sample_at(self, batch: Array | None = None) -> tuple[str, int]:
        """Which point's numbers are shown: the clicked one, or the first there is.

        While a batch is walked through that is its first, so that the walk ends in an update in
        which the point takes part.
        """
        name, index = self.settings.sample_set, self.settings.sample
        batch = self.walk.batch if batch is None and self.walk else batch
        if index is None:
            return "train", 0 if batch is None else int(batch[0])
        return name, min(index, len(self.x if name == "train" else self.test_x) - 1)

    def sample(self, at: tuple[str, int]) -> tuple[Array, Array]:
        """The input (1, D) and target (1, U) of a point of `sample_at`."""
        name, index = at
        x, y = (self.x, self.y) if name == "train" else (self.test_x, self.test_y)
        return x[index : index + 1], y[index : index + 1]

    def judged(self) -> tuple[Judgement, bool]:
        """Loss and metric over all samples, and whether they are new since the last picture.

        At rest they always belong to the present weights; in motion a costly network is judged
        less often, and the judgement says after which step.
        """
        last = self.judge.last
        if last is not None and not self.news["reset"]:
            if last.step == self.step:
                return last, False
            if self.moving and not self.judge.rested:
                return last, False
        train, test = (self.x, self.y), (self.test_x, self.test_y)
        return self.judge.look(self.model, self.step, train, test), True

    # Turns

    def turn(self, now: float, slice_s: float, period: float) -> float | None:
        """Obeys, trains for at most slice_s, sends a picture -> when to be called again.

        None: not until a message arrives. period: seconds from one picture to the next.
        """
        with np.errstate(**QUIET):
            return self._turn(now, slice_s, period)

    def _turn(self, now: float, slice_s: float, period: float) -> float | None:
        while self.inbox:
            self.obey(self.inbox.popleft(), now)
        if self.send is None:
            return None
        moved = False
        if self.moving and (now >= self._due or self.news["flush"]):
            moved = self.advance(now, slice_s, period)
            self._due = now + max(period, self.wait(now))
        if not self.stopped and not np.isfinite(self.model.weights.vector).all():
            self.stop(math.nan)
        if moved or any(self.news.values()):
            self.picture()
        return self._due if self.moving else None

    def wait(self, now: float) -> float:
        """Seconds until something is due again at the chosen speed."""
        if self.settings.speed == "max":
            return 0.0
        if self.settings.speed == "slow":
            return self._moved + OPERATION_TIME - now
        return (1 - self._owed) / float(self.settings.speed)

    def advance(self, now: float, slice_s: float, period: float) -> bool:
        """Trains what is due since the last turn -> whether anything moved."""
        self.note = None
        if self.settings.speed == "slow":
            if now - self._moved < OPERATION_TIME and self.walk:
                return False
            self._moved = now
            self.next_operation()
            return True
        rate = math.inf if self.settings.speed == "max" else float(self.settings.speed)
        # After a pause of its own a play does not catch up with what it has missed.
        passed = min(now - self._moved, max(0.25, 1 / rate))
        self._moved = now
        self._owed = 0.0 if rate == math.inf else min(self._owed + passed * rate, 20 * rate)
        done = 0
        until = time.monotonic() + min(slice_s, period)
        while (rate == math.inf or self._owed >= 1) and not self.stopped:
            self.train()
            self._owed -= 0.0 if rate == math.inf else 1.0
            done += 1
            if time.monotonic() > until:
                break
        if rate != math.inf and self._owed >= 1 and not self.stopped:
            rest, self._owed = self._owed, 0.0
            per_second = done / (done + rest) * rate
            self.note = f"The server is busy: about {per_second:.0f} of {rate:.0f} updates a second"
        return done > 0

    def picture(self) -> None:
        """Encodes what has changed and hands it to the socket."""
        send = self.send
        if send is None:
            return
        if self.news["hello"]:
            send(hello(self))
        self.seq += 1
        send(frame(self))
        self.news = dict.fromkeys(self.news, False)
