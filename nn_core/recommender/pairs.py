"""How many pairs of customer and product the test can judge, and why not the others."""

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories


def count_pairs(
    before: Histories, after: Histories, min_buyers: int
) -> dict[str, dict[str, float]]:
    """task -> pairs in the test, pairs that can be judged, the share left out and why."""
    buyers = before.buyers
    customer, product = after.bought.nonzero()
    repeated = np.asarray(before.bought[customer, product]).ravel() > 0
    reason = np.select(
        [np.diff(before.start)[customer] == 0, buyers[product] == 0, buyers[product] < min_buyers],
        ["unknown_customer", "unknown_product", "too_few_buyers"],
        "",
    )
    of = {"discover": ~repeated, "all": np.full(len(reason), True), "buy-again": repeated}
    return {task: shares(reason[mask]) for task, mask in of.items()}


def shares(reason: NDArray[np.str_]) -> dict[str, float]:
    count = max(len(reason), 1)
    left_out = {
        why: round(float((reason == why).sum() / count), 6)
        for why in ("unknown_customer", "unknown_product", "too_few_buyers")
    }
    return {"pairs": len(reason), "judged": int((reason == "").sum()), **left_out}
