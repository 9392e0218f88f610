"""A learning curve carried on: quality = a - b * amount^-c, fitted by least squares.

Curves of learning bend like this in many fields (Hestness and others, 2017). It is a guess beyond
the last point; its interval tells what other judging customers would have given, not whether the
curve goes on as before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.recommender.judge.difference import CONFIDENCE, Draws, Table

POWERS = np.linspace(0.1, 2.0, 20)
"""c is one of these: for each of them a and b are a straight line's."""


@dataclass(frozen=True)
class Curve:
    """a, b, c of one fit, or of R fits, each (R,)."""

    a: Table
    b: Table
    c: Table

    def at(self, amount: float) -> Table:
        return self.a - self.b * amount**-self.c


def fitted(amounts: Table, quality: Table) -> Curve:
    """amounts: (P,), 1 for all there is; quality: (R, P) -> R curves that never fall."""
    best = np.full(len(quality), np.inf)
    found = np.zeros((3, len(quality)))
    for power in POWERS:
        x = amounts**-power
        away = x - x.mean()
        b = np.maximum(0.0, -(quality @ away) / (away @ away))
        a = quality.mean(axis=1) + b * x.mean()
        error = np.square(quality - a[:, None] + b[:, None] * x).sum(axis=1)
        better = error < best
        best[better] = error[better]
        found[:, better] = np.stack([a, b, np.full_like(a, power)])[:, better]
    return Curve(*found)


def forecast(amounts: Table, draws: Draws, to: float = 2.0) -> dict[str, Any]:
    """What `to` times the data would bring. `now` is the last point as it was measured, `gain` what
    the curve adds on the way there, `low` and `high` its interval over customers; `then` is their
    sum, and `level` its interval: that of the measurement and of the gain in one. `a`, `b`, `c`
    draw the curve."""
    one, many = fitted(amounts, draws.mean[None, :]), fitted(amounts, draws.drawn)
    tail = (1 - CONFIDENCE) / 2
    gains = many.at(to) - many.at(1.0)
    low, high = np.quantile(gains, [tail, 1 - tail]).tolist()
    level = np.quantile(draws.drawn[:, -1] + gains, [tail, 1 - tail]).tolist()
    now, gain = float(draws.mean[-1]), float((one.at(to) - one.at(1.0))[0])
    curve = {"a": float(one.a[0]), "b": float(one.b[0]), "c": float(one.c[0])}
    found = {"gain": gain, "low": low, "high": high, "level": level}
    return {"times": to, "now": now, "then": now + gain, **found, **curve}


def expected(study: Mapping[str, Any]) -> dict[str, Any]:
    """A learning curve's `now`, `then` and the ends of `then`, None in a run of before, where `now`
    was the curve's value and two curves of one fit told two."""
    found, now = study["forecast"], study["points"][-1]["ndcg"]
    low, high = found.get("level", (None, None))
    return {"now": now, "then": now + found["gain"], "low": low, "high": high}
