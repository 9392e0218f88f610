"""What a model loses as it ages: fitted anew every week, every fourth week, or never again.

In each of the last weeks the three are judged by the same customers on what these bought in that
week. All three are told every purchase before the week; only what they learned from is of another
age. Products that came after a fit are unknown to it: that is a part of its age.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nn_core.recommender.insight.ground import ENOUGH, Ground
from nn_core.recommender.insight.steps import CannotTellError, Steps
from nn_core.recommender.judge.difference import Draws, resampled
from nn_core.recommender.judge.standing import described
from nn_core.recommender.matrix import row_sizes
from nn_core.recommender.metrics import Values
from nn_core.recommender.models import Fitted

WEEKS, WEEK = 8, 7.0
POLICIES = {"weekly": 1, "monthly": 4, "never": WEEKS}
"""name -> weeks from one fit to the next."""
STEPS = WEEKS


def ageing(ground: Ground, steps: Steps, seed: int) -> dict[str, Any]:
    """`weeks`: for each week and policy the NDCG; `policies`: mean over weeks, interval, and the
    difference to fitting every week."""
    time = ground.rows.time
    if time is None:
        raise CannotTellError("Without dates nobody knows how old a model is.")
    weeks = int(min(WEEKS, np.ptp(time) / WEEK / 3))
    if weeks < 2:
        raise CannotTellError("The purchases cover too few weeks.")
    start = float(time.max()) - weeks * WEEK
    fits: dict[int, Fitted] = {}
    table = np.stack(
        [
            steps.values(f"week {week}", lambda week=week: judged(ground, fits, start, week, seed))
            for week in range(weeks)
        ],
        axis=1,
    )
    counted = (~np.isnan(table[:, :, 0])).sum(axis=0)
    if counted.min() < ENOUGH:
        raise CannotTellError(f"In one week only {counted.min()} customers can be judged.")
    draws = resampled(table.reshape(len(table), -1), np.random.default_rng(seed))
    return told(draws, counted, int((~np.isnan(table)).any(axis=(1, 2)).sum()))


def judged(ground: Ground, fits: dict[int, Fitted], start: float, week: int, seed: int) -> Values:
    """(N, policies) of all customers, NaN for those whom this week does not judge."""
    time = ground.rows.time
    assert time is not None  # noqa: S101  the caller looked
    moment = start + week * WEEK
    before = ground.rows.keep(time < moment)
    after = ground.rows.keep((time >= moment) & (time < moment + WEEK))
    wanted = ground.wanted(before, after)
    known = np.diff(ground.rows.keep(time < start).start) > 0
    judges = ground.judges(known & (row_sizes(wanted) > 0), seed)
    found = np.full((len(before), len(POLICIES)), np.nan)
    by_fit: dict[int, Values] = {}
    for place, weeks in enumerate(POLICIES.values()):
        last = week // weeks * weeks
        if last not in fits:
            fits[last] = ground.fitted(ground.rows.keep(time < start + last * WEEK))
        if last not in by_fit:
            by_fit[last] = ground.judged(fits[last], before, before.bought, wanted, judges)
        found[judges, place] = by_fit[last]
    return found


def told(draws: Draws, counted: Values, customers: int) -> dict[str, Any]:
    """draws: columns week * policies + policy; customers: judged in any week."""
    weeks, kinds = len(counted), len(POLICIES)
    each = draws.mean.reshape(weeks, kinds)
    drawn = draws.drawn.reshape(-1, weeks, kinds).mean(axis=1)
    mean = Draws(each.mean(axis=0), drawn, np.full(kinds, customers))
    behind = [None, *mean.of([1, 2]).minus(mean.of([0])).together()]
    return {
        "weeks": [
            {"week": n + 1, "customers": int(counted[n])} | dict(zip(POLICIES, each[n].tolist()))
            for n in range(weeks)
        ],
        "policies": [
            {"policy": name, "ndcg": value, "low": low, "high": high}
            | {"difference": found and described(found)}
            for name, value, (low, high), found in zip(
                POLICIES, mean.mean.tolist(), mean.alone(), behind
            )
        ],
    }
