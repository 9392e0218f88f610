"""A play: one viewer's run, a state machine that is moved one turn at a time."""

import math
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.company import Company, company
from nn_core.live.judge import Judge, Judgement
from nn_core.live.orders import ORDERS
from nn_core.live.pictures import frame, hello
from nn_core.live.run import Run, Script
from nn_core.live.samples import Samples, samples_depend
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.walk import Walk
from nn_core.network import QUIET

CREDITS = 4
# One operation of slow motion stands this long, in seconds.
OPERATION_TIME = 1.25


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
        self.state = "paused"
        self.walk: Walk | Samples | None = None
        self.news = {"hello": True, "reset": True, "settings": True, "flush": True}
        self._now = self._due = 0.0
        self._owed = 0.0
        self._moved = 0.0

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
        """Whether it trains by itself and its viewer can keep up."""
        return self.state == "playing" and self.visible and self.has_credit

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
            self._owed = 0.0
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
        self.state, self._moved, self._owed = "playing", now, 0.0

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
            self.walk = kind.begin(run.model, run.sets, batch, self.sample_at(batch))
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

    def sample_at(self, batch: Array | None = None) -> tuple[str, int]:
        """Which point's numbers are shown: the clicked one, or the first there is.

        While a batch is walked through that is its first, so that the walk ends in an update in
        which the point takes part; sample by sample it is the one whose turn it is.
        """
        if batch is None and self.walk is not None:
            return self.walk.shown
        settings = self.settings
        if settings.sample is None:
            return "train", 0 if batch is None else int(batch[0])
        name = settings.sample_set if settings.sample_set in self.run.sets else "train"
        return name, min(settings.sample, len(self.run.sets[name][0]) - 1)

    def sample(self, at: tuple[str, int]) -> tuple[Array, Array]:
        """The input (1, D) and target (1, U) of a point of `sample_at`."""
        name, index = at
        x, y = self.run.sets[name]
        return x[index : index + 1], y[index : index + 1]

    def company(self) -> Company | None:
        """The batch among which the sample is shown: the one walked through, or the next."""
        run = self.run
        if not samples_depend(run.model):
            return None
        batch = self.walk.batch if self.walk else run.peek()
        return company(run.model, run.sets, batch, self.sample_at())

    def judged(self) -> tuple[Judgement, bool]:
        """Loss and metric over all samples, and whether they are new since the last picture.

        At rest they always belong to the present weights; in motion a costly network is judged
        less often, and the judgement says after which step.
        """
        run, last = self.run, self.judge.last
        if last is not None and not self.news["reset"]:
            if last.step == run.step:
                return last, False
            if self.moving and not self.judge.rested(self._now):
                return last, False
        return self.judge.look(run.model, run.step, run.sets, self._now, self.crowd), True

    # Turns

    def turn(self, now: float, slice_s: float, period: float) -> float | None:
        """Obeys, trains for at most slice_s, sends a picture -> when to be called again.

        None: not until a message arrives. period: seconds from one picture to the next.
        """
        self._now = now
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
        if not self.run.stopped and not np.isfinite(self.run.model.weights.vector).all():
            self.run.stop(math.nan)
            self.state = "paused"
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
            self.walk_on(Walk)
            return True
        rate = math.inf if self.settings.speed == "max" else float(self.settings.speed)
        # After a pause of its own a play does not catch up with what it has missed.
        passed = min(now - self._moved, max(0.25, 1 / rate))
        self._moved = now
        self._owed = 0.0 if rate == math.inf else min(self._owed + passed * rate, 20 * rate)
        done = 0
        until = time.monotonic() + min(slice_s, period)
        while (rate == math.inf or self._owed >= 1) and not self.run.stopped:
            self.train()
            self._owed -= 0.0 if rate == math.inf else 1.0
            done += 1
            if time.monotonic() > until:
                break
        if rate != math.inf and self._owed >= 1 and not self.run.stopped:
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
        picture = frame(self)
        self.size = len(picture)
        send(picture)
        self.news = dict.fromkeys(self.news, False)
