"""A play: one viewer's run, a state machine that is moved one turn at a time."""

import math
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from nn_core.live.judge import Judge
from nn_core.live.orders import ORDERS
from nn_core.live.pace import Pace
from nn_core.live.pictures import frame, hello
from nn_core.live.run import Run, Script
from nn_core.live.samples import Samples, samples_depend
from nn_core.live.settings import Settings
from nn_core.live.showing import sample_at
from nn_core.live.spec import Spec
from nn_core.live.walk import Walk
from nn_core.network import QUIET

CREDITS = 4
# So late, in periods between pictures, a turn may come without making the next one late.
LATE = 0.5


class Play:
    """A run, what is shown of it, and its pace. Only the trainer calls what is not `post`."""

    def __init__(self, spec: Spec, settings: Settings, script: Script | None = None) -> None:
        self.run = Run(spec, settings, script)
        self.judge = Judge(spec.task)
        self.inbox: deque[dict[str, Any]] = deque()
        self.send: Callable[[bytes], None] | None = None
        self.seen = time.monotonic()
        self.seq = 0
        self.acknowledged = 0
        self.visible = True
        self.wanted: str | None = None
        self.size = 0
        self.crowd = 1
        self.note: str | None = None
        self.asked: frozenset[str] = frozenset()
        self.state = "paused"
        self.walk: Walk | Samples | None = None
        self.news = {"hello": True, "reset": True, "settings": True, "flush": True}
        self.now = self._due = 0.0
        self._pace = Pace()

    @property
    def spec(self) -> Spec:
        return self.run.spec

    @property
    def settings(self) -> Settings:
        return self.run.settings

    def begin(self) -> None:
        """Everything from the start."""
        self.run.reset()
        self.take(self.run)

    def take(self, run: Run) -> None:
        """Shows a run from its start."""
        self.run = run
        self.judge = Judge(self.spec.task)
        self.state, self.walk = "paused", None
        self.news |= {"reset": True, "settings": True, "flush": True}

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
        """Whether it trains by itself, and its viewer is there and can keep up."""
        watched = self.send is not None and self.visible
        return self.state == "playing" and watched and self.has_credit

    def obey(self, message: dict[str, Any], now: float) -> None:
        """Carries a message out; one that cannot be is answered by a sentence."""
        self.note = None
        self.news["flush"] = True
        try:
            ORDERS.get(message["type"])(self, message, now)
        except ValueError as error:
            self.note = str(error)

    def change(self, message: dict[str, Any]) -> None:
        """New settings. Raises ValueError on one that does not fit."""
        before = self.settings
        self.run.set(message)
        after = self.settings
        if after.activations != before.activations:
            self.judge.last = None
        if after.speed != before.speed:
            self._pace.forget()
        if self.run.shown_as(before) != after or after.sample != before.sample:
            # The numbers of the walk no longer hold; its batch is still the next one.
            self.walk = None

    def changed(self) -> None:
        """The weights are others than training made them: all that is shown is looked at anew."""
        self.walk, self.judge.last = None, None
        self.news["settings"] = True

    # Moving

    def start(self, now: float) -> None:
        """Trains by itself from now on."""
        self.state = "playing"
        self._pace.start(now)

    def move(self, kind: str) -> None:
        """One step: of an operation, a sample, a batch, or to the end of the epoch."""
        if kind == "operation":
            self.walk_on(Walk)
        elif kind == "sample" and not samples_depend(self.run.model):
            self.walk_on(Samples)
        elif kind == "epoch":
            epoch = self.run.epoch
            while self.run.epoch == epoch and not self.run.stopped:
                self.train()
        else:
            self.train()
            if kind == "sample":
                self.note = "The samples of a batch depend on each other here: this was all of it."

    def walk_on(self, kind: type[Walk] | type[Samples]) -> None:
        """Shows the next part of an update; at the last one it is carried out."""
        run = self.run
        if not isinstance(self.walk, kind) or self.walk.ended:
            batch = run.peek()
            self.walk = kind.begin(run.model, run.sets, batch, sample_at(self, batch))
            return
        self.walk.go_on(run.model)
        if self.walk.ended:
            walk = self.walk
            self.train()
            self.walk = walk

    def train(self) -> None:
        """One update; the gradient and what it changed are looked at when a picture is drawn."""
        self.walk = None
        before = self.settings
        self.run.train()
        if self.settings is not before:
            self.news["settings"] = True
        if self.run.stopped:
            self.state = "paused"

    # Turns

    def turn(self, now: float, slice_s: float, period: float) -> float | None:
        """Obeys, trains for at most slice_s, sends a picture -> when to be called again.

        None: not until a message arrives. period: seconds from one picture to the next.
        """
        self.now = now
        with np.errstate(**QUIET):
            return self._turn(now, slice_s, period)

    def _turn(self, now: float, slice_s: float, period: float) -> float | None:
        while self.inbox:
            self.obey(self.inbox.popleft(), now)
        if self.send is None:
            return None
        moved = False
        if self.moving and (now >= self._due or self.news["flush"]):
            moved = self._pace.advance(self, now, slice_s, period)
            # Who was called a little late is not late for the next picture.
            begun = min(now, max(self._due, now - LATE * period))
            self._due = max(begun + period, now + self._pace.wait(self.settings.speed, now))
        if not self.run.stopped and not np.isfinite(self.run.model.weights.vector).all():
            self.run.stop(math.nan)
            self.state = "paused"
        if moved or any(self.news.values()):
            self.picture()
        return self._due if self.moving else None

    def picture(self) -> None:
        """Encodes what has changed and hands it to the socket."""
        if (send := self.send) is None:
            return
        if self.news["hello"]:
            send(hello(self))
        self.seq += 1
        picture = frame(self)
        self.size = len(picture)
        send(picture)
        self.news = dict.fromkeys(self.news, False)
