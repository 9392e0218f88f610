"""Why a model recommends a product: what each purchase adds, and what happens without it.

Where the score is a sum over the history (item kNN, EASE), the parts of the sum are the reasons.
Elsewhere the real model is asked again, without one product of the history at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.customer.what_if import asked, rank_of, scores_without
from nn_core.recommender.histories import Histories
from nn_core.recommender.models import Fitted

NAMED = 8
"""Reasons that are told one by one; the others are added up."""


@dataclass(frozen=True)
class Reason:
    """A product of the history, by how much it raises the score (negative: lowers it), and the
    rank that the recommended product has without it."""

    product: int
    effect: float
    rank_without: int


@dataclass(frozen=True)
class Explanation:
    """Why one product stands where it stands in one customer's list.

    exact     the effects of all reasons and `others` add up to the score; else an effect is what
              the score loses when the model does not know of that product
    reasons   those of most effect, the largest first
    others    what all other products of the history add up to (exact), or how many they are
    words     the reason in a sentence where it is the same for everybody; then there are no reasons
    """

    product: int
    score: float
    rank: int
    exact: bool
    reasons: tuple[Reason, ...]
    others: float
    unnamed: int
    words: str | None = None


def explain(fitted: Fitted, history: Histories, product: int, task: str) -> Explanation:
    """history: of one customer; product: one that the task asks about."""
    fitted = fitted.on(task)
    history = fitted.read(history)
    scores = asked(fitted.scores(history), task, history)
    score, rank = float(scores[0, product]), int(rank_of(scores, product)[0])
    words = fitted.model.reason(fitted.arrays, product)
    if words is not None:
        return Explanation(product, score, rank, True, (), 0.0, 0, words)
    bought = np.unique(history.product)
    added = fitted.model.contributions(fitted.arrays, history, product)
    if added is None:
        return left_out(fitted, history, product, task, Standing(score, rank, bought))
    return summed(fitted, history, product, task, Standing(score, rank, bought), added)


@dataclass(frozen=True)
class Standing:
    """Score and rank of the product that is explained, and the different products bought."""

    score: float
    rank: int
    bought: NDArray[np.int64]


def summed(
    fitted: Fitted,
    history: Histories,
    product: int,
    task: str,
    now: Standing,
    added: NDArray[np.float32],
) -> Explanation:
    """added: (I,) the parts of the score."""
    strongest = now.bought[np.argsort(-np.abs(added[now.bought]), kind="stable")]
    named = strongest[:NAMED][added[strongest[:NAMED]] != 0]
    named = named[np.argsort(-added[named], kind="stable")]
    places = ranks_without(fitted, history, product, task, named)[1]
    reasons = tuple(Reason(int(n), float(added[n]), int(place)) for n, place in zip(named, places))
    rest = np.setdiff1d(now.bought, named)
    others = float(added[rest].sum(dtype=np.float64))
    return Explanation(product, now.score, now.rank, True, reasons, others, len(rest))


def left_out(
    fitted: Fitted, history: Histories, product: int, task: str, now: Standing
) -> Explanation:
    """One product of the history out at a time, all in one batch."""
    scores, places = ranks_without(fitted, history, product, task, now.bought)
    effects = now.score - scores
    strongest = np.argsort(-np.abs(effects), kind="stable")[:NAMED]
    strongest = strongest[np.argsort(-effects[strongest], kind="stable")]
    reasons = tuple(
        Reason(int(now.bought[n]), float(effects[n]), int(places[n]))
        for n in strongest
        if effects[n] != 0
    )
    unnamed = len(now.bought) - len(reasons)
    return Explanation(product, now.score, now.rank, False, reasons, 0.0, unnamed)


def ranks_without(
    fitted: Fitted, history: Histories, product: int, task: str, each: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """each: (N,) products of the history -> the product's score and rank without each, (N,)."""
    out = np.zeros((len(each), history.products), np.bool_)
    out[np.arange(len(each)), each] = True
    scores = asked(scores_without(fitted, history, out), task, history)
    return scores[:, product], rank_of(scores, product)
