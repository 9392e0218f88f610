"""Best sellers: the same list for everybody. The first thing a better model has to beat."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.split import TrainingData


@dataclass(frozen=True)
class Popularity(Recommender):
    """score(product) = how many different customers bought it."""

    name: ClassVar[str] = "popularity"
    label: ClassVar[str] = "Best sellers of all time"
    spoken: ClassVar[str] = "the list of best sellers of all time"

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        return {"buyers": train.histories.buyers}

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        return np.tile(self.same_scores(arrays), (len(histories), 1))

    def same_scores(self, arrays: Arrays) -> NDArray[np.float32]:
        return arrays["buyers"].astype(np.float32)

    def reason(self, arrays: Arrays, product: int) -> str:
        return f"{counted(int(arrays['buyers'][product]))} bought it."


@dataclass(frozen=True)
class RecentPopularity(Popularity):
    """score(product) = how many different customers bought it in the last `days` days of training.

    Without time it is popularity, and says so.
    """

    name: ClassVar[str] = "recent-popularity"
    label: ClassVar[str] = "Best sellers of the last days"
    spoken: ClassVar[str] = "the list of best sellers of the last days"
    days: int = 30

    @classmethod
    def called(cls, dated: bool) -> tuple[str, str]:
        if dated:
            return super().called(dated)
        return "Best sellers, without dates", "the list of best sellers without dates"

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        time = train.histories.time
        if time is None or train.now is None:
            note = np.array("The data has no dates, so these are the best sellers of all time.")
            return {"buyers": train.histories.buyers, "note": note}
        return {"buyers": train.histories.keep(time >= train.now - self.days).buyers}

    def reason(self, arrays: Arrays, product: int) -> str:
        if "note" in arrays:
            return super().reason(arrays, product)
        who = counted(int(arrays["buyers"][product]))
        return f"{who} bought it in the last {self.days} days."


def counted(customers: int) -> str:
    return "1 customer" if customers == 1 else f"{customers:,} customers"
