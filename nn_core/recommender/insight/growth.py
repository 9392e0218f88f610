"""Learning curves: quality by the share of customers learned from, and by months of history."""

from __future__ import annotations

from typing import Any

import numpy as np

from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import HOLDOUTS
from nn_core.recommender.insight.ground import ENOUGH, Ground
from nn_core.recommender.insight.power_law import forecast
from nn_core.recommender.insight.steps import CannotTellError, Steps
from nn_core.recommender.judge.difference import resampled
from nn_core.recommender.matrix import row_sizes
from nn_core.recommender.metrics import Values

SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)
MONTHS = (1, 2, 4, 8, 16, 32)
MONTH = 365.25 / 12
FEWEST_POINTS = 3
STEPS = len(SHARES) + len(MONTHS)


def by_customers(ground: Ground, steps: Steps, seed: int) -> dict[str, Any]:
    """The model learns from some of the customers, and is told the whole history of each whom it
    is judged by; smaller groups are parts of the larger ones."""
    before, after = cut(ground)
    there = np.flatnonzero(np.diff(before.start))
    order = np.random.default_rng(seed).permutation(there)
    counts = [max(ENOUGH, round(share * len(order))) for share in SHARES]
    learned = [before.of(np.sort(order[:count])) for count in counts]
    told = [before] * len(learned)
    return curve(ground, steps, "customers", counts, learned, told, after, seed)


def by_months(ground: Ground, steps: Steps, seed: int) -> dict[str, Any]:
    """Only these months are known; what is new to a customer is decided by all there is."""
    before, after = cut(ground)
    if before.time is None:
        raise CannotTellError("Without dates nobody knows how old a purchase is.")
    end, span = before.time.max(), float(np.ptp(before.time)) / MONTH
    whole = [*(float(m) for m in MONTHS if m < 0.9 * span), round(span, 1)]
    months = whole[-len(SHARES) :]
    learned = [before.keep(before.time >= end - m * MONTH) for m in months]
    return curve(ground, steps, "months", months, learned, learned, after, seed, before)


def cut(ground: Ground) -> tuple[Histories, Histories]:
    """As the main study cuts."""
    held = HOLDOUTS[ground.how.inner(ground.rows)](ground.rows, ground.how, None)
    return ground.rows.keep(~held), ground.rows.keep(held)


def curve(
    ground: Ground,
    steps: Steps,
    name: str,
    amounts: list[int] | list[float],
    learned: list[Histories],
    told: list[Histories],
    after: Histories,
    seed: int,
    known: Histories | None = None,
) -> dict[str, Any]:
    """`points`: amount, ndcg and interval, and the `forecast` for twice as much."""
    known = known or told[-1]
    if len(amounts) < FEWEST_POINTS:
        raise CannotTellError("The purchases cover too short a time for a curve.")
    wanted = ground.wanted(known, after)
    judges = ground.judges((row_sizes(wanted) > 0) & (np.diff(known.start) > 0), seed)
    if len(judges) < ENOUGH:
        raise CannotTellError(f"Only {len(judges)} customers can be judged.")
    values: list[Values] = []
    for amount, some, history in zip(amounts, learned, told):

        def made(some: Histories = some, history: Histories = history) -> Values:
            return ground.judged(ground.fitted(some), history, known.bought, wanted, judges)

        values.append(steps.values(f"{name} {amount:g}", made))
    draws = resampled(np.stack(values, axis=1), np.random.default_rng(seed))
    points = [
        {"amount": amount, "ndcg": mean, "low": low, "high": high}
        for amount, mean, (low, high) in zip(amounts, draws.mean.tolist(), draws.alone())
    ]
    share = np.asarray(amounts, np.float64) / amounts[-1]
    return {"points": points, "customers": len(judges), "forecast": forecast(share, draws)}
