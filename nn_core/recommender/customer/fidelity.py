"""How far an explanation can be trusted: the named reasons are taken away, then as many others.

A deletion test (after Samek et al., 2017): if the products that an explanation names really carry
the recommendation, it must fall further without them than without as many products drawn by lot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nn_core.recommender.customer.explain import Explanation
from nn_core.recommender.customer.what_if import asked, rank_of, scores_without
from nn_core.recommender.histories import Histories
from nn_core.recommender.models import Fitted

TAKEN = 3
"""Reasons that are taken away together."""
DRAWS = 40
SURE, FAIR = 0.9, 0.7


@dataclass(frozen=True)
class Fidelity:
    """taken: how many products; rank, without, by_lot: the recommended product's rank with all of
    the history, without the named ones, and the median without as many others.

    score: the share of draws after which it stands better than without the named ones, a tie
    counting one half. 1: the named products move it further than any others; 0.5: no further.
    """

    taken: int
    rank: int
    without: int
    by_lot: int
    score: float
    draws: int = DRAWS

    def words(self) -> str:
        """What was found, and what to make of it."""
        these = "the product named first" if self.taken == 1 else f"the {self.taken} named first"
        others = "any other one" if self.taken == 1 else f"any other {self.taken}"
        found = (
            f"Without {these} it goes from rank {self.rank:,} to {self.without:,}; "
            f"without {others}, drawn by lot {self.draws} times, to {self.by_lot:,} (median). "
        )
        percent = f"{self.score:.0%} of the draws"
        if self.score >= SURE:
            return f"{found}That moved it further than {percent}: these reasons carry it."
        if self.score >= FAIR:
            return f"{found}That moved it further than {percent}: they carry a part of it."
        return (
            f"{found}That moved it further than only {percent}: do not lean on these reasons, many "
            "purchases carry it together."
        )


def fidelity(
    fitted: Fitted, history: Histories, found: Explanation, task: str, rng: np.random.Generator
) -> Fidelity | None:
    """None where there are no reasons, or not as many other products to draw from."""
    fitted = fitted.on(task)
    history = fitted.read(history)
    bought = np.unique(history.product)
    raising = [reason.product for reason in found.reasons if reason.effect > 0]
    taken = min(TAKEN, len(raising), len(bought) // 2)
    if not taken:
        return None
    others = np.setdiff1d(bought, raising[:taken])
    sets = [raising[:taken], *(rng.choice(others, taken, replace=False) for _ in range(DRAWS))]
    out = np.zeros((len(sets), history.products), np.bool_)
    for row, products in zip(out, sets):
        row[products] = True
    scores = asked(scores_without(fitted, history, out), task, history)
    place, value = rank_of(scores, found.product), scores[:, found.product]
    # Further down is a worse rank, or the same rank at a lower score.
    better = (place[1:] < place[0]) | ((place[1:] == place[0]) & (value[1:] > value[0]))
    same = (place[1:] == place[0]) & (value[1:] == value[0])
    score = float((better + 0.5 * same).mean())
    by_lot = int(np.median(place[1:]))
    return Fidelity(taken, found.rank, int(place[0]), by_lot, score)
