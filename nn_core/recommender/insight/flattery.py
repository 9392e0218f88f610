"""How much a split promises too much: one model, one set of customers, three ways to hold out.

All three are judged by the same customers, each with as many right products in one split as in
the others: of those who have more, some are drawn, and the rest is neither right nor wrong.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from nn_core.recommender.histories import Numbers
from nn_core.recommender.holdout import HOLDOUTS
from nn_core.recommender.insight.ground import ENOUGH, Ground
from nn_core.recommender.insight.steps import CannotTellError, Steps
from nn_core.recommender.judge.difference import resampled
from nn_core.recommender.judge.standing import described
from nn_core.recommender.matrix import Matrix, csr, row_sizes, without
from nn_core.recommender.metrics import Values

STEPS = 3


def flattery(ground: Ground, steps: Steps, seed: int) -> dict[str, Any]:
    """`rows`: split, ndcg, its interval, difference to the split by time."""
    if ground.rows.basket is None:
        raise CannotTellError("Nobody knows what came first, so there is no split by time.")
    real = "last-rows" if ground.rows.time is None else "time"
    cuts = {method: cut(ground, method, seed) for method in (real, "leave-last", "random")}
    size = np.min([row_sizes(wanted) for _, wanted in cuts.values()], axis=0)
    judges = ground.judges(size > 0, seed)
    if len(judges) < ENOUGH:
        raise CannotTellError(f"Only {len(judges)} customers can be judged under all three splits.")
    values: list[Values] = []
    for method, (held, wanted) in cuts.items():
        before = ground.rows.keep(~held)
        right = drawn(wanted, size, np.random.default_rng(seed))
        rest = without(wanted, right)

        def made(before: Any = before, right: Matrix = right, rest: Matrix = rest) -> Values:
            fitted = ground.fitted(before)
            return ground.judged(fitted, before, before.bought, right, judges, rest)

        values.append(steps.values(f"split {method}", made))
    table = np.stack(values, axis=1)
    draws = resampled(table, np.random.default_rng(seed))
    others = draws.of([1, 2]).minus(draws.of([0])).together()
    ends = draws.alone()
    rows = [
        {"split": method, "ndcg": float(draws.mean[n]), "low": ends[n][0], "high": ends[n][1]}
        | {"difference": described(others[n - 1]) if n else None}
        for n, method in enumerate(cuts)
    ]
    return {"rows": rows, "customers": len(judges), "pairs": int(size[judges].sum())}


def cut(ground: Ground, method: str, seed: int) -> tuple[Any, Matrix]:
    """(held out, what was right); at random as large a share as by time."""
    rows = ground.rows
    by_time = HOLDOUTS["time"](rows, ground.how, None)
    how = replace(ground.how, method=method, test_share=float(by_time.mean()), seed=seed)
    held = HOLDOUTS[method](rows, how, None)
    return held, ground.wanted(rows.keep(~held), rows.keep(held))


def drawn(wanted: Matrix, size: Numbers, rng: np.random.Generator) -> Matrix:
    """(N, I): of each row's entries `size` (N,), drawn at random."""
    row = np.repeat(np.arange(wanted.shape[0]), np.diff(wanted.indptr))
    by = np.lexsort((rng.random(len(row)), row))
    place = np.arange(len(row)) - wanted.indptr[row]
    kept = np.sort(by[place < size[row]])
    start = np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=wanted.shape[0]))])
    return csr(wanted.data[kept], wanted.indices[kept], start, wanted.shape)
