"""What one candidate of the automatic choice may spend, and what it tries within that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.models.base import Recommender, Report
from nn_core.recommender.models.blend import standard
from nn_core.recommender.models.window import Window
from nn_core.recommender.split import TASKS

Choice = dict[str, Any]
"""{"name": a model, "options": its options}"""
Line = dict[str, Any]
"""A trial as the log shows it."""


class OverBudgetError(Exception):
    """The seconds are over, and the network has not finished one epoch."""


@dataclass
class Budget:
    """Processor seconds, so that a busy machine takes nothing away, for all trials of a candidate
    together. A trial that has begun goes to its end; a network ends after the last epoch that
    fits."""

    seconds: float
    now: Callable[[], float] = time.process_time
    begun: float = field(init=False)
    asked: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.asked = self.now()

    @property
    def spent(self) -> float:
        return self.now() - self.begun

    @property
    def share(self) -> float:
        return min(1.0, self.spent / self.seconds)

    def begin(self) -> None:
        """Another trial: what came before is no epoch of it."""
        self.asked = self.now()

    def enough(self) -> bool:
        """Would one more epoch, as long as the one before, be too much?"""
        now, before = self.now(), self.asked
        self.asked = now
        return now + (now - before) > self.begun + self.seconds

    def hear(self, event: dict[str, Any]) -> None:
        """OverBudgetError in the first epoch of a network, which has nothing to show yet."""
        if event.get("epoch") == 1 and "batch" in event and self.spent > self.seconds:
            raise OverBudgetError


@dataclass(frozen=True)
class Trial:
    """A model with some options, and how it did: task -> NDCG@10; scores: standardised."""

    choice: Choice
    ndcgs: dict[str, float]
    scores: NDArray[np.float32]
    seconds: float

    def line(self) -> Line:
        return {
            "model": self.choice["name"],
            "options": self.choice["options"],
            "ndcg@10": {task: round(value, 5) for task, value in self.ndcgs.items()},
            "seconds": round(self.seconds, 2),
        }


def tried(
    name: str, window: Window, most: int, budget: Budget, say: Callable[[dict[str, Any]], None]
) -> Iterator[tuple[Line, Trial | None]]:
    """One candidate's trials within its budget, each with its line; a line without a trial says
    what was left out, and why."""
    from nn_core.recommender.models import MODELS, make_model

    def hear(event: dict[str, Any]) -> None:
        budget.hear(event)
        say(paced(event))

    report, seconds = Report(hear, None, budget.enough), budget.seconds
    ways = MODELS[name].trials()[:most]
    for place, options in enumerate(ways):
        if place and budget.spent > seconds:
            missed = f"{len(ways) - place} of {len(ways)} settings: the {seconds:g} s were over"
            yield left_out(name, missed, 0.0), None
            return
        budget.begin()
        begun = budget.spent
        try:
            trial = one(make_model(name, **options), options, window, report)
        except OverBudgetError:
            yield left_out(name, f"no epoch within {seconds:g} s", budget.spent - begun), None
            return
        made = Trial(*trial, budget.spent - begun)
        yield made.line(), made


def one(
    model: Recommender, options: dict[str, Any], window: Window, report: Report
) -> tuple[Choice, dict[str, float], NDArray[np.float32]]:
    """Fitted before the window and judged in it; the choice has what the fit itself decided, such
    as the epochs of a network, so that it can be fitted again in as many."""
    fitted = model.learn(window.before, report)
    scores = fitted.scores(window.histories)
    ndcgs = {task: window.ndcg(scores, task) for task in TASKS}
    usual = asdict(type(model)())
    settled = asdict(model.settled(fitted.arrays))
    found = {option: value for option, value in settled.items() if value != usual[option]}
    return {"name": model.name, "options": options | found}, ndcgs, standard(scores)


def paced(event: dict[str, Any]) -> dict[str, Any]:
    """What says that an event is one of many, which need not all be told."""
    return {"batch": event["batch"]} if "batch" in event else {}


def left_out(name: str, why: str, seconds: float) -> Line:
    about = {"model": name, "options": {}, "ndcg@10": {}, "seconds": round(seconds, 2)}
    return about | {"left_out": f"Left out: {why}."}
