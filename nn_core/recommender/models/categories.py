"""What is new to many, in the categories that the customer buys."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.popularity import counted
from nn_core.recommender.split import TrainingData

SEEN = 0.3
"""What a product that nobody new bought counts for, in buyers: its logarithm is no infinity."""


@dataclass(frozen=True)
class Categories(Recommender):
    """score(customer, product) = ln(newcomers + 0.3) + strength * ln(share / usual share).

    newcomers: customers who bought the product for the first time in the last `days` days. share:
    of its category in what the customer bought, each purchase fading by half in `half_life` days,
    with `prior` purchases of everybody added; usual share: of that category in what everybody
    bought. Without a catalogue's categories the second term is 0, without dates every buyer is a
    newcomer and nothing fades.
    """

    name: ClassVar[str] = "categories"
    label: ClassVar[str] = "New to many, in the customer's categories (categories)"
    spoken: ClassVar[str] = "the list of what is new to many in the customer's categories"
    days: int = 31
    strength: float = 1.0
    half_life: float = 120.0
    prior: float = 20.0

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        ways = ((31, 1.0), (62, 0.5), (31, 0.5), (14, 1.0))
        return tuple({"days": days, "strength": strength} for days, strength in ways)

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        codes, known = categories(train)
        arrays: Arrays = {"newcomers": self.newcomers(train), "category": codes}
        if train.now is not None:
            arrays["now"] = np.array(train.now)
        bought = self.shelves(arrays, train.histories, int(codes.max(initial=0)) + 1).sum(axis=0)
        arrays["usual"] = (bought / bought.sum()).astype(np.float32)
        missing = [] if known else ["The catalogue names no categories, so all products are one."]
        if train.now is None:
            missing.append("The data has no dates, so every buyer counts as new.")
        return arrays | ({"note": np.array(" ".join(missing))} if missing else {})

    def newcomers(self, train: TrainingData) -> NDArray[np.int64]:
        """(I,) customers who bought each product for the first time in the last `days` days."""
        histories = train.histories
        if histories.time is None or train.now is None:
            return histories.buyers
        before = histories.keep(histories.time < train.now - self.days)
        return histories.buyers - before.buyers

    def shelves(
        self, arrays: Arrays, histories: Histories, count: int | None = None
    ) -> NDArray[np.float64]:
        """(N, K) purchases of each customer in each category, faded by their age."""
        width = len(arrays["usual"]) if count is None else count
        place = histories.customer * width + arrays["category"][histories.product]
        faded = None
        if histories.time is not None and "now" in arrays:
            age = np.maximum(0.0, arrays["now"].item() - histories.time)
            faded = np.exp2(-age / self.half_life)
        counts = np.bincount(place, faded, len(histories) * width)
        return counts.reshape(len(histories), width).astype(np.float64)

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        usual = np.maximum(arrays["usual"].astype(np.float64), 1e-12)
        own = self.shelves(arrays, histories)
        share = (own + self.prior * usual) / (own.sum(axis=1, keepdims=True) + self.prior)
        lifted = self.strength * np.log(share / usual)
        many = np.log(arrays["newcomers"] + SEEN)
        return np.asarray(many + lifted[:, arrays["category"]], np.float32)

    def reason(self, arrays: Arrays, product: int) -> str | None:
        """With categories the answer is another one for every customer, and no such sentence."""
        if len(arrays["usual"]) > 1:
            return None
        who = counted(int(arrays["newcomers"][product]))
        return f"{who} bought it" + (
            f" for the first time in the last {self.days} days." if "now" in arrays else "."
        )


def categories(train: TrainingData) -> tuple[NDArray[np.int64], bool]:
    """(I,) the number of each product's category, and whether the catalogue names any."""
    if "category" not in train.goods:
        return np.zeros(len(train.products), np.int64), False
    codes = train.goods["category"].astype("category").cat.codes.to_numpy().astype(np.int64)
    # A product without a category stands with the others that have none.
    return np.where(codes < 0, codes.max(initial=-1) + 1, codes), True
