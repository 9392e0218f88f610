"""The choice among models as a model: tries, chooses by the past alone, and shows what it tried."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays, Fitted, Recommender, Report
from nn_core.recommender.models.deciding import decided, said
from nn_core.recommender.models.parts import named, part
from nn_core.recommender.models.trying import Budget, Choice, Line, Trial, tried
from nn_core.recommender.models.window import PRODUCTS, Window
from nn_core.recommender.split import TASKS, TrainingData

CANDIDATES = (
    *("recent-popularity", "categories", "repeats", "item-knn", "bm25"),
    *("ease", "time-ease", "next-window", "als"),
    *("course", "mult-vae", "two-tower", "gru", "lstm"),
)
CHOOSING = 40.0
"""Seconds that finding the weights of the blends takes."""
USUAL = ("repeats", "time-ease", "next-window")
"""What is often chosen, for the seconds of fitting it on everything."""

ASKED = {"discover": "to discover", "all": "for all purchases", "buy-again": "to buy again"}


@dataclass(frozen=True)
class Auto(Recommender):
    """Each of the `candidates` may spend `budget` seconds of the processor: it is fitted with up to
    `trials_each` different options on all but the last window of the training part, a network once
    for as many epochs as fit. For each task the best by NDCG@10 in that window is chosen, or a
    blend of the best of each, if half of the customers vouch for it to the other half; what is
    chosen is then fitted on all of the training part. The log says what was left out, and why.

    chosen   {task: {"name", "options"}} as an earlier fit chose; None to choose
    """

    name: ClassVar[str] = "auto"
    label: ClassVar[str] = "Automatic: what did best in the past (auto)"
    spoken: ClassVar[str] = "the automatic choice"
    hints: ClassVar[bool] = True  # what is chosen reads what it can
    scoring: ClassVar[float] = 200e-9
    candidates: tuple[str, ...] = CANDIDATES
    trials_each: int = 4
    budget: float = 20.0
    chosen: dict[str, Choice] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(self.candidates))
        # As a file gives it back: lists, never tuples.
        object.__setattr__(self, "chosen", json.loads(json.dumps(self.chosen)))
        if not self.candidates or {"auto", "blend"} & {*self.candidates}:
            raise ShopDataError("Auto chooses among one or more models; blends it makes itself.")
        if not self.budget > 0:
            raise ShopDataError(f"Auto's budget is above 0 s a model; received {self.budget!r}.")

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        chosen, log = self.chosen, list[Line]()
        if chosen is None:
            chosen, log = self.choose(train, report)
        arrays: Arrays = {"log": np.array(json.dumps(log))} if log else {}
        texts = [json.dumps(chosen[task], sort_keys=True) for task in TASKS]
        different = list(dict.fromkeys(texts))
        for place, text in enumerate(different):
            fitted = made(json.loads(text)).learn(train)
            arrays |= named(f"choice{place}", fitted.arrays) | {f"choice{place}": np.array(text)}
            report.say({"done": 0.8 + 0.2 * (place + 1) / len(different)})
        place_of = np.array([different.index(text) for text in texts])
        dated = train.now is not None
        words = "; ".join(f"{said(chosen[task], dated)} {asked}" for task, asked in ASKED.items())
        return arrays | {
            "place": place_of,
            "note": np.array(f"Takes what did best in the past: {words}."),
        }

    def choose(self, train: TrainingData, report: Report) -> tuple[dict[str, Choice], list[Line]]:
        """{task: choice}, and what was tried in the order it was tried."""
        window = Window.of(train)
        if window is None:
            return {task: {"name": "popularity", "options": {}} for task in TASKS}, []
        log: list[Line] = []
        best: dict[str, dict[str, Trial]] = {task: {} for task in TASKS}
        for line, trial in self.search(window, narrow(Extent.of(train.histories)), report):
            log.append(line)
            if trial:
                lead(best, trial)
        tries = len(log)
        chosen = {task: decided(window, task, [*best[task].values()], log) for task in TASKS}
        for line in log[tries:]:
            report.say({"done": 0.8, "trial": line})
        return chosen, log

    def search(
        self, window: Window, extent: Extent, report: Report
    ) -> Iterator[tuple[Line, Trial | None]]:
        """All trials of all candidates, each of which has a budget of its own."""
        seconds = self.expected(extent)
        ends = (np.cumsum(seconds) / sum(seconds)).tolist()
        for name, begin, end in zip(self.candidates, [0.0, *ends], ends):
            budget = Budget(self.budget)

            say = partial(heard, report, name, begin, end, budget)
            for line, trial in tried(name, window, self.trials_each, budget, say):
                say({"trial": line})
                yield line, trial

    def on(self, fitted: Fitted, task: str) -> Fitted:
        place = int(fitted.arrays["place"][list(TASKS).index(task)])
        choice = json.loads(str(np.ravel(fitted.arrays[f"choice{place}"])[0]))
        return Fitted(made(choice), part(f"choice{place}", fitted.arrays)).on(task)

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        return self.on(Fitted(self, arrays), "discover").scores(histories)

    def settled(self, arrays: Arrays) -> Auto:
        fitted = Fitted(self, arrays)
        chosen = {
            task: {"name": on.model.name, "options": asdict(on.model.settled(on.arrays))}
            for task in TASKS
            for on in [self.on(fitted, task)]
        }
        return replace(self, chosen=chosen)

    def seconds(self, extent: Extent) -> float:
        if self.chosen:
            return sum(made(choice).seconds(extent) for choice in self.chosen.values())
        usual = sum(made({"name": name, "options": {}}).seconds(extent) for name in USUAL)
        return sum(self.expected(narrow(extent))) + CHOOSING + usual

    def expected(self, extent: Extent) -> list[float]:
        """Seconds of each candidate's trials, in turn."""
        from nn_core.recommender.models import MODELS, make_model

        return [
            min(
                self.budget,
                sum(make_model(name, **way).seconds(extent) for way in MODELS[name].trials()),
            )
            for name in self.candidates
        ]


def lead(best: dict[str, dict[str, Trial]], trial: Trial) -> None:
    """best: task -> model -> its best trial so far, among which this one may be."""
    name = trial.choice["name"]
    for task, leaders in best.items():
        if name not in leaders or trial.ndcgs[task] > leaders[name].ndcgs[task]:
            leaders[name] = trial


def heard(report: Report, name: str, begin: float, end: float, budget: Budget, event: Line) -> None:
    """Tells on: this candidate's trials go from `begin` to `end` of all trials."""
    done = begin + budget.share * (end - begin)
    report.say({"done": 0.7 * done, "tries": name, **event})


def made(choice: Choice) -> Recommender:
    from nn_core.recommender.models import make_model

    return make_model(choice["name"], **choice["options"])


def narrow(extent: Extent) -> Extent:
    """What a window shows of it."""
    return replace(extent, products=min(PRODUCTS, extent.products))
