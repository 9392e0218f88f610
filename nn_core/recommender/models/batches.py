"""What a network's epoch consists of, and what it may know before the first one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories, Numbers

Batch = tuple[NDArray[Any], ...]


@dataclass(frozen=True)
class Batches:
    """The samples of one epoch: how many there are, and the arrays of some of them.

    arrays(which, rng)  (N,) numbers of samples -> arrays with N rows each, for the model's losses
    chance              (count,) how likely each is drawn, with replacement; None: each once, by lot
    """

    count: int
    arrays: Callable[[Numbers, np.random.Generator], Batch]
    chance: NDArray[np.float64] | None = None

    def order(self, most: int, rng: np.random.Generator) -> Numbers:
        """Which samples an epoch of `most` at most sees, in turn."""
        if self.chance is None:
            return rng.permutation(self.count)[:most]
        share = self.chance / self.chance.sum()
        return rng.choice(self.count, min(self.count, most), p=share)


def log_shares(histories: Histories, now: float | None, half_life: float) -> NDArray[np.float32]:
    """(I,) the logarithm of each product's share of all purchases, each 0.5^(age / half_life).

    As the bias before a softmax it lets a network begin as the list of recent best sellers, and
    learn only how customers differ from it. Every product counts as bought once more.
    """
    time = histories.time
    weight = None if time is None or now is None else np.exp2((time - now) / half_life)
    bought = np.bincount(histories.product, weight, histories.products) + 1
    return np.log(bought / bought.sum()).astype(np.float32)
