"""How far a study is: a share from 0 to 1 of all that it does, and the seconds that are left."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nn_core.recommender.models.base import Report

KNOWS_AFTER = 3.0
"""Seconds of work before a time is told."""
TRUST = 10.0
"""Expected seconds that count as worked at the expected pace, so that a slow moment is one."""

KINDS = {"evaluate": "judge", "insight": "insight"}
"""step -> the event that tells of it; any other is a fit."""


class Progress:
    """Weighs each step by the seconds that it is expected to take, and corrects these by the pace
    of this machine: of the step itself as far as it has come, of all steps for those to come.

    expected: {model: {step: seconds}}. say(event) hears dictionaries with `event` (fit, judge,
    insight or model), `model`, `share`, `seconds_left` (None as long as any number would be a
    guess) and whatever the model adds (`epoch`, `loss`, ...); `stage` 1 is the second fit, on all
    purchases.
    """

    def __init__(
        self,
        expected: Mapping[str, Mapping[str, float]],
        say: Callable[[dict[str, Any]], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.expected = expected
        self.say = say
        self.now = now
        self.total = sum(sum(steps.values()) for steps in expected.values())
        self.finished = 0.0  # expected seconds of the steps that have ended
        self.given = 0.0  # those of them that an earlier worker had done
        self.size = 0.0  # of the step at work, 0 between two steps
        self.begun = self.step_begun = now()
        self.found: float | None = None  # where the step at work took up, in 0 to 1

    def skip(self, model: str) -> None:
        """This model was finished before the study was stopped and started again."""
        self.given += sum(self.expected[model].values())
        self.finished += sum(self.expected[model].values())

    def begin(self, model: str, step: str, home: Path | None = None) -> Report:
        """For one step of a model; a fit's checkpoint is its own."""
        stage = int(step == "refit")
        checkpoint = home / f"checkpoint-{stage}.npz" if home else None
        kind = KINDS.get(step, "fit")
        self.finished += self.size  # of the step before
        self.size, self.step_begun, self.found = self.expected[model][step], self.now(), None

        def say(event: dict[str, Any]) -> None:
            if self.found is None:
                self.found = float(event["done"])
                self.given += self.found * self.size
            self._say(kind, model, float(event["done"]), {**event, "stage": stage})

        self._say(kind, model, 0.0, {"done": 0.0, "stage": stage})
        return Report(say, checkpoint)

    def finish(self, model: str, facts: dict[str, Any]) -> None:
        self.finished += self.size
        self.size = 0.0
        self._say("model", model, 0.0, facts)

    def _say(self, kind: str, model: str, done: float, more: dict[str, Any]) -> None:
        share = (self.finished + done * self.size) / self.total
        seconds = self._left(done)
        left = None if seconds is None else round(seconds, 1)
        event = {"event": kind, "model": model, "share": round(share, 4), "seconds_left": left}
        self.say(event | more)

    def _left(self, done: float) -> float | None:
        """Expected seconds still to come, each times the pace: real seconds for an expected one."""
        spent = self.now() - self.begun
        worked = self.finished + done * self.size - self.given
        if spent < KNOWS_AFTER:
            return None
        pace = (spent + TRUST) / (worked + TRUST)
        own_spent = self.now() - self.step_begun
        own_worked = (done - (self.found or 0.0)) * self.size
        own_pace = (own_spent + TRUST * pace) / (own_worked + TRUST)
        later = self.total - self.finished - self.size
        return (1 - done) * self.size * own_pace + later * pace
