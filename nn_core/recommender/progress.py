"""How far a study is: one share from 0 to 1 over all its models, and the seconds that are left."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nn_core.recommender.models.base import Report


class Progress:
    """Weighs each model by what it costs, and turns a model's own share into the study's.

    say(event) hears dictionaries with `event`, `model`, `share`, `seconds_left` (None at first,
    when any number would be a guess) and whatever the model adds (`epoch`, `loss`, ...).
    """

    def __init__(self, costs: Mapping[str, float], say: Callable[[dict[str, Any]], None]) -> None:
        self.costs = dict(costs)
        self.say = say
        self.finished = 0.0
        self.begun = time.monotonic()
        self.begun_at = 0.0

    def skip(self, model: str) -> None:
        """This model was finished before the study was stopped and started again."""
        self.finished += self.costs[model]
        self.begun_at = self.finished / sum(self.costs.values())

    def report(self, model: str, stage: int, stages: int, home: Path | None) -> Report:
        """For one fit of a model that is fitted `stages` times; its checkpoint is its own."""
        checkpoint = home / f"checkpoint-{stage}.npz" if home else None
        self.within(model, {"done": stage / stages, "stage": stage})

        def say(event: dict[str, Any]) -> None:
            done = (stage + float(event.get("done", 0.0))) / stages
            self.within(model, {**event, "done": done, "stage": stage})

        return Report(say, checkpoint)

    def within(self, model: str, event: dict[str, Any]) -> None:
        """A model is `done` (0 to 1) through its fit."""
        done = float(event.get("done", 0.0))
        self._say("fit", model, self.finished + done * self.costs[model], event)

    def finish(self, model: str, facts: dict[str, Any]) -> None:
        self.finished += self.costs[model]
        self._say("model", model, self.finished, facts)

    def _say(self, kind: str, model: str, cost: float, more: dict[str, Any]) -> None:
        share = cost / sum(self.costs.values())
        spent, gained = time.monotonic() - self.begun, share - self.begun_at
        left = spent / gained * (1 - share) if gained > 0.02 else None
        seconds_left = None if left is None else round(left, 1)
        self.say(
            {"event": kind, "model": model, "share": round(share, 4), "seconds_left": seconds_left}
            | more
        )
