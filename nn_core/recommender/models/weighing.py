"""How much each model counts in a blend: two ways to find weights, and who vouches for them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import optimize
from threadpoolctl import threadpool_limits

from nn_core.recommender.models.window import Contest

Rows = NDArray[np.int64]
Weights = NDArray[np.float64]
Way = Callable[[Contest, Rows], Weights]
"""(contest, the customers that count) -> (P,) weights of 0 or more that sum to 1."""

ROUNDS = 60
"""Of L-BFGS: it has come to rest before."""
STEPS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0)
"""Weights that are tried for one model beside the others'."""
LEAST = 0.03
"""The share below which a part is left out: it would cost its whole fit, and change little."""


def vouched(contest: Contest) -> tuple[float, Weights]:
    """NDCG@10 as foreseen, and the weights, of the way that half of the customers vouch for to the
    other half; equal weights where nothing can tell one model from the other."""
    everybody, count = np.arange(len(contest.relevant)), len(contest.standard)
    if len(everybody) < 2 or not contest.right.any():
        return 0.0, np.full(count, 1 / count)
    together, way = max(
        ((foreseen(contest, way), way) for way in (learned, climbed)), key=lambda found: found[0]
    )
    return together, way(contest, everybody)


def foreseen(contest: Contest, way: Way) -> float:
    """NDCG@10 with weights that one half of the customers chose, on the other half."""
    every = np.arange(len(contest.relevant))
    halves = every[::2], every[1::2]
    found = [contest.ndcg(way(contest, a), b) for a, b in (halves, halves[::-1])]
    return float(np.average(found, weights=[len(halves[1]), len(halves[0])]))


def learned(contest: Contest, rows: Rows) -> Weights:
    """(P,) the weights: those of one neuron without a bias, its inputs the P scores of a product,
    under a softmax over the candidates and cross-entropy, by L-BFGS.

    NDCG moves in jumps, this does not: where little is bought of much, such weights hold better
    for customers that they were not learned from.
    """
    count, found = len(contest.standard), rows[contest.right[rows].any(axis=1)]
    if not len(found):
        return np.full(count, 1 / count)
    # As in NDCG@10 every customer counts alike, who bought more than ten a little more.
    right = contest.right[found] / np.minimum(contest.relevant[found], 10)[:, None]
    scores = contest.standard[:, found]
    with threadpool_limits(1, "blas"):  # threads would wait for each other at every step
        least = optimize.minimize(
            cross_entropy,
            np.full(count, 1 / count),
            (scores, right.astype(np.float32)),
            "L-BFGS-B",
            True,
            bounds=[(0, None)] * count,
            options={"maxiter": ROUNDS},
        )
    weights = (least.x if least.x.any() else np.ones(count)) / (least.x.sum() or count)
    return kept(weights)


def cross_entropy(
    weights: NDArray[np.float64], scores: NDArray[np.float32], right: NDArray[np.float32]
) -> tuple[float, NDArray[np.float64]]:
    """scores: (P, C, K), right: (C, K) what each candidate counts for -> the mean over customers of
    -sum right ln(softmax(sum over models of weight * score)), and its gradient (P,)."""
    together = np.tensordot(weights.astype(np.float32), scores, axes=1)
    together -= together.max(axis=1, keepdims=True)
    likely = np.exp(together)
    total = likely.sum(axis=1, keepdims=True)
    loss = right.sum(axis=1) @ np.log(total[:, 0]) - np.vdot(right, together)
    slope = likely * (right.sum(axis=1, keepdims=True) / total) - right
    gradient = scores.reshape(len(scores), -1) @ slope.ravel()
    return float(loss) / len(right), gradient.astype(np.float64) / len(right)


def climbed(contest: Contest, rows: Rows) -> Weights:
    """(P,) the weights: from the best model alone, by steps of one at a time while NDCG@10 gains.

    It looks at the first ten places alone: where many purchases are right, as the repeated ones
    are, the others would lead away from them.
    """
    count = len(contest.standard)
    alone = [contest.ndcg(weights, rows) for weights in np.eye(count)]
    best, weights = max(alone), np.eye(count)[int(np.argmax(alone))]
    for place in [*range(count)] * 2:
        for step in STEPS:
            tried = weights.copy()
            tried[place] = step
            if tried.any() and (value := contest.ndcg(tried, rows)) > best + 1e-5:
                best, weights = value, tried
    return kept(weights / weights.sum())


def kept(weights: Weights) -> Weights:
    """Without the small ones."""
    large = np.where(weights < LEAST, 0, weights)
    return large / large.sum()
