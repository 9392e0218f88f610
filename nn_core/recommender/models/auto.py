"""The choice among models as a model: tries, chooses by the past alone, and shows what it tried."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays, Fitted, Recommender, Report
from nn_core.recommender.models.blend import climbed, foreseen, standard
from nn_core.recommender.models.parts import named, part
from nn_core.recommender.models.window import Contest, Window
from nn_core.recommender.split import TASKS, TrainingData

CANDIDATES = (
    *("recent-popularity", "repeats", "item-knn", "bm25"),
    *("ease", "time-ease", "next-window", "als"),
)
Choice = dict[str, Any]
"""{"name": a model, "options": its options}"""


@dataclass(frozen=True)
class Trial:
    """A model with some options, and how it did: task -> NDCG@10; scores: standardised."""

    choice: Choice
    ndcgs: dict[str, float]
    scores: NDArray[np.float32]
    seconds: float


@dataclass(frozen=True)
class Auto(Recommender):
    """Each of the `candidates` is fitted `trials_each` times, with other options each time, on all
    but the last window of the training part. For each task the best by NDCG@10 in that window is
    chosen, or a blend of the best of each, if half of the customers vouch for it to the other
    half; what is chosen is then fitted on all of the training part.

    chosen   {task: {"name", "options"}} as an earlier fit chose; None to choose
    """

    name: ClassVar[str] = "auto"
    label: ClassVar[str] = "Automatic: what did best in the past (auto)"
    hints: ClassVar[bool] = True  # what is chosen reads what it can
    scoring: ClassVar[float] = 200e-9
    candidates: tuple[str, ...] = CANDIDATES
    trials_each: int = 4
    chosen: dict[str, Choice] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(self.candidates))
        # As a file gives it back: lists, never tuples.
        object.__setattr__(self, "chosen", json.loads(json.dumps(self.chosen)))
        if not self.candidates or {"auto", "blend"} & {*self.candidates}:
            raise ShopDataError("Auto chooses among one or more models; blends it makes itself.")

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        chosen, log = self.chosen, list[dict[str, Any]]()
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
        words = "; ".join(f"{task}: {said(chosen[task])}" for task in TASKS)
        return arrays | {"place": place_of, "note": np.array(f"Chosen by the past: {words}.")}

    def choose(
        self, train: TrainingData, report: Report
    ) -> tuple[dict[str, Choice], list[dict[str, Any]]]:
        """{task: choice}, and what was tried in the order it was tried."""
        window = Window.of(train)
        if window is None:
            return {task: {"name": "popularity", "options": {}} for task in TASKS}, []
        log: list[dict[str, Any]] = []
        best: dict[str, dict[str, Trial]] = {task: {} for task in TASKS}
        for place, name in enumerate(self.candidates):
            for trial in self.tried(name, window):
                log.append(line(trial))
                done = 0.7 * (place + 1) / len(self.candidates)
                report.say({"done": done, "trial": log[-1]})
                for task, leaders in best.items():
                    if name not in leaders or trial.ndcgs[task] > leaders[name].ndcgs[task]:
                        leaders[name] = trial
        chosen = {task: decided(window, task, [*best[task].values()], log) for task in TASKS}
        for event in log[-len(TASKS) :]:
            report.say({"done": 0.8, "trial": event})
        return chosen, log

    def tried(self, name: str, window: Window) -> list[Trial]:
        """One candidate's trials, an equal number for each."""
        from nn_core.recommender.models import MODELS, make_model

        trials: list[Trial] = []
        for options in MODELS[name].trials()[: self.trials_each]:
            begun = time.perf_counter()
            fitted = make_model(name, **options).learn(window.before)
            scores = fitted.scores(window.histories)
            ndcgs = {task: window.ndcg(scores, task) for task in TASKS}
            seconds = time.perf_counter() - begun
            choice = {"name": name, "options": options}
            trials.append(Trial(choice, ndcgs, standard(scores), seconds))
        return trials

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
        return 40.0 + 2 * made({"name": "time-ease", "options": {}}).seconds(extent)


def made(choice: Choice) -> Recommender:
    from nn_core.recommender.models import make_model

    return make_model(choice["name"], **choice["options"])


def line(trial: Trial) -> dict[str, Any]:
    """A trial as it stands in the log."""
    ndcgs = {task: round(value, 5) for task, value in trial.ndcgs.items()}
    return {
        "model": trial.choice["name"],
        "options": trial.choice["options"],
        "ndcg@10": ndcgs,
        "seconds": round(trial.seconds, 2),
    }


def decided(window: Window, task: str, leaders: list[Trial], log: list[dict[str, Any]]) -> Choice:
    """The best of the leaders, or their blend; the blend's line goes into the log."""
    begun = time.perf_counter()
    single = max(leaders, key=lambda trial: trial.ndcgs[task])
    contest = Contest.of(window, task, [trial.scores for trial in leaders])
    together = foreseen(contest)
    weights = climbed(contest)
    used = np.flatnonzero(weights)
    parts = [leaders[place].choice for place in used]
    options = {
        "parts": [choice["name"] for choice in parts],
        "options": {choice["name"]: choice["options"] for choice in parts},
        "weights": {each: weights[used].tolist() for each in TASKS},
    }
    seconds = round(time.perf_counter() - begun, 2)
    log.append(
        {
            "model": "blend",
            "options": {"parts": options["parts"], "weights": weights[used].round(3).tolist()},
            "ndcg@10": {task: round(together, 5)},
            "seconds": seconds,
        }
    )
    if together > single.ndcgs[task] and len(used) > 1:
        return {"name": "blend", "options": options}
    return single.choice


def said(choice: Choice) -> str:
    """ "blend of ease and repeats"."""
    if choice["name"] != "blend":
        return str(choice["name"])
    return "a blend of " + " and ".join(choice["options"]["parts"])
