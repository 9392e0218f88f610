"""What probabilities are worth: ROC, precision and recall, calibration, and a campaign's profit."""

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import Array

RESAMPLES = 400


@dataclass(frozen=True)
class Ranked:
    """What happens when those above a falling threshold are chosen: one entry a number of chosen
    customers, from none to all. hit: how many of the chosen bought; y ones and N - ones others."""

    hit: Array
    ones: int
    count: int

    @property
    def chosen(self) -> Array:
        return np.arange(self.count + 1)

    @property
    def recall(self) -> Array:
        """Of those who bought, the share that is chosen: the ROC curve's height."""
        return self.hit / self.ones

    @property
    def false_alarms(self) -> Array:
        """Of those who did not buy, the share that is chosen: the ROC curve's width."""
        return (self.chosen - self.hit) / (self.count - self.ones)

    @property
    def precision(self) -> Array:
        """Of the chosen, the share that bought; 1 where nobody is chosen."""
        return np.where(self.chosen > 0, self.hit / np.maximum(self.chosen, 1), 1.0)

    def profit(self, cost: float, margin: float) -> Array:
        """What a campaign brings that counts every purchase of a chosen customer as its own."""
        return margin * self.hit - cost * self.chosen


def ranked(probability: Array, y: Array) -> Ranked:
    """probability, y: (N,), the most probable first."""
    order = np.argsort(-probability, kind="stable")
    return Ranked(np.concatenate([[0.0], np.cumsum(y[order])]), int(y.sum()), len(y))


def area(probability: Array, y: Array) -> float:
    """Under the ROC curve: how often a buyer is ranked above a customer who does not buy, half of
    the ties counted."""
    values, place = np.unique(probability, return_inverse=True)
    buyers = np.bincount(place, y, len(values))
    others = np.bincount(place, 1 - y, len(values))
    below = np.cumsum(others) - others
    return float((buyers * (below + others / 2)).sum() / (buyers.sum() * others.sum()))


def loss(probability: Array, y: Array) -> Array:
    """(N,) the binary cross-entropy of each customer."""
    p = np.clip(probability, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def calibration(probability: Array, y: Array, bins: int = 10) -> tuple[Array, Array]:
    """Customers in bins of as many each, by their probability -> (what was foretold, what came)."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    said, came = ([float(v[part].mean()) for part in parts] for v in (probability, y))
    return np.array(said), np.array(came)


def area_apart(
    first: Array, second: Array, y: Array, rng: np.random.Generator
) -> tuple[float, float, float]:
    """(mean, low, high) of area(first) - area(second) over customers drawn anew with replacement:
    the middle 95%, both models always on the same draw."""
    drawn: list[float] = []
    for _ in range(RESAMPLES):
        who = rng.integers(len(y), size=len(y))
        drawn.append(area(first[who], y[who]) - area(second[who], y[who]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return area(first, y) - area(second, y), float(low), float(high)


def above(probability: Array, threshold: float) -> int:
    """How many customers lie above a threshold."""
    return int((probability > threshold).sum())
