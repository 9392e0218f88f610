"""From a fitted model to lists: each customer's best of what a question asks about."""

from collections.abc import Iterator, Sequence

import numpy as np

from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.matrix import Matrix
from nn_core.recommender.models import Fitted
from nn_core.recommender.ranking import Scores, only, same_for_all, top

CELLS = 20_000_000
"""Scores held at a time (80 MB), however many customers and products there are."""
STRIP = 2_000_000
"""Scores ranked at a time."""


def ranked(
    fitted: Fitted, histories: Histories, k: int, tasks: Sequence[str]
) -> Iterator[tuple[str, Numbers, Scores]]:
    """task, (N, k or I if fewer) products, the best first, -1 where a list ends, their scores; what
    answers several tasks is scored once."""
    known: Fitted | None = None
    scores: Scores = np.empty((0, 0), np.float32)
    for task in tasks:
        answering = fitted.on(task)
        same = answering.same_scores
        if same is not None:
            best = same_for_all(same, task, histories.bought, k)
            yield task, best, same[best]
            continue
        if answering is not known:
            known, scores = answering, answering.scores(histories)
        yield task, *listed(scores, task, histories.bought, k)


def listed(scores: Scores, task: str, bought: Matrix, k: int) -> tuple[Numbers, Scores]:
    """scores: (N, I), bought: (N, I) -> (N, k or I if fewer) products and their scores, some
    customers at a time, whose scores stay near the processor."""
    size = max(1, STRIP // max(scores.shape[1], 1))
    best: list[Numbers] = []
    shown: list[Scores] = []
    for first in range(0, max(len(scores), 1), size):
        some = slice(first, first + size)
        asked = only(scores[some], task, bought[some])
        best.append(top(asked, k))
        shown.append(np.take_along_axis(asked, best[-1], axis=1))
    return np.concatenate(best), np.concatenate(shown)


def ranked_for_all(
    fitted: Fitted, histories: Histories, k: int, task: str
) -> Iterator[tuple[Numbers, Numbers, Scores]]:
    """Some customers' numbers, their lists and the scores on these, until everybody was there."""
    for customers in chunks(np.arange(len(histories)), histories.products):
        for _, best, scores in ranked(fitted, histories.of(customers), k, [task]):
            yield customers, best, scores


def chunks(customers: Numbers, products: int) -> Iterator[Numbers]:
    """The customers, so many at a time that their scores stay within CELLS."""
    size = max(1, CELLS // max(products, 1))
    for first in range(0, len(customers), size):
        yield customers[first : first + size]
