"""Several models as one: their scores on one scale, added up by weights found in the past."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays, Fitted, Recommender, Report
from nn_core.recommender.models.parts import named, part
from nn_core.recommender.models.weighing import vouched
from nn_core.recommender.models.window import PRODUCTS, Contest, Window
from nn_core.recommender.split import TASKS, TrainingData


@dataclass(frozen=True)
class Blend(Recommender):
    """score = sum over models m of weight_m * z_m; z = a customer's scores minus their mean, over
    their standard deviation, both among the best sellers. Weights are 0 or more and sum to 1, and
    each task has its own.

    parts    the models' names
    options  {name: its options}, the model's own where none are given
    weights  {task: a weight for each part}; None finds them on a window inside of the training
             part (`weighing.py`)
    """

    name: ClassVar[str] = "blend"
    label: ClassVar[str] = "Several models as one (blend)"
    spoken: ClassVar[str] = "the blend of several models"
    hints: ClassVar[bool] = True  # each part reads what it can
    scoring: ClassVar[float] = 200e-9
    parts: tuple[str, ...] = ("repeats", "recent-popularity", "time-ease", "next-window")
    options: dict[str, dict[str, Any]] | None = None
    weights: dict[str, list[float]] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(self.parts))

    def models(self) -> list[Recommender]:
        from nn_core.recommender.models import make_model

        return [make_model(name, **(self.options or {}).get(name, {})) for name in self.parts]

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        models, weights = self.models(), self.weights
        if weights is None:
            window = Window.of(train)
            weights = self.equal() if window is None else self.found(window, models)
        report.say({"done": 0.5})
        arrays: Arrays = {f"weights_{task}": np.array(weights[task]) for task in TASKS}
        for place, model in enumerate(models):
            arrays |= named(f"part{place}", model.learn(train).arrays)
            report.say({"done": 0.5 + 0.5 * (place + 1) / len(models)})
        return arrays

    def equal(self) -> dict[str, list[float]]:
        """Where nothing can tell one from the other."""
        return {task: [1 / len(self.parts)] * len(self.parts) for task in TASKS}

    def found(self, window: Window, models: list[Recommender]) -> dict[str, list[float]]:
        scores = [standard(model.learn(window.before).scores(window.histories)) for model in models]
        return {task: vouched(Contest.of(window, task, scores))[1].tolist() for task in TASKS}

    def scores(
        self, arrays: Arrays, histories: Histories, task: str = "discover"
    ) -> NDArray[np.float32]:
        blended = np.zeros((len(histories), histories.products), np.float32)
        for place, weight in enumerate(arrays[f"weights_{task}"]):
            if weight:
                own = Fitted(self.models()[place], part(f"part{place}", arrays))
                blended += np.float32(weight) * standard(own.scores(histories))
        return blended

    def on(self, fitted: Fitted, task: str) -> Fitted:
        """The same with this task's weights in the place of those of *discover*."""
        weights = fitted.arrays[f"weights_{task}"]
        return Fitted(self, fitted.arrays | {"weights_discover": weights})

    def settled(self, arrays: Arrays) -> Blend:
        weights = {task: arrays[f"weights_{task}"].tolist() for task in TASKS}
        settled = {
            model.name: asdict(model.settled(part(f"part{place}", arrays)))
            for place, model in enumerate(self.models())
        }
        return replace(self, weights=weights, options=settled)

    def seconds(self, extent: Extent) -> float:
        return 2 * sum(model.seconds(extent) for model in self.models())


def standard(scores: NDArray[np.float32], best: int = PRODUCTS) -> NDArray[np.float32]:
    """Every row with mean 0 and deviation 1 among the `best` first products, those that weights
    were found on: beside a long tail of products that hardly anybody buys a score would stand
    higher. What a model does not rank is as good as the lowest that it ranks, and a row of equal
    scores says nothing."""
    ranked = np.isfinite(scores)
    lowest = np.min(scores, axis=1, keepdims=True, where=ranked, initial=np.inf)
    filled = np.where(ranked, scores, np.where(np.isfinite(lowest), lowest, 0))
    centred = filled - filled[:, :best].mean(axis=1, keepdims=True)
    deviation = filled[:, :best].std(axis=1, keepdims=True)
    return np.asarray(centred / np.where(deviation > 1e-12, deviation, 1), np.float32)
