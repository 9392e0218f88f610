"""The judge: each customer's list out of the whole catalogue, against what was then bought."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nn_core.recommender.histories import Numbers
from nn_core.recommender.judge.list_metrics import LIST_METRICS, Shown
from nn_core.recommender.judge.ranked import chunks, ranked
from nn_core.recommender.matrix import row_sizes
from nn_core.recommender.metrics import METRICS, Values, hits
from nn_core.recommender.models import Fitted
from nn_core.recommender.ranking import Scores
from nn_core.recommender.split import TASKS, Split


class Taker(Protocol):
    """Who wants more than the judge keeps: the first `depth` places of every list."""

    depth: int

    def take(self, task: str, customers: Numbers, best: Numbers, scores: Scores) -> None:
        """customers: (C,); best: (C, depth or fewer) products, the best first; scores: theirs."""
        ...


@dataclass(frozen=True)
class Judgement:
    """One model on one task: each metric for each customer, so that two models can be paired.

    customers: (N,) their numbers; values: metric -> (N,); lists: (N, k) what they were shown;
    about: metric -> what all lists together are like, None where it cannot be known.
    """

    task: str
    k: int
    customers: Numbers
    values: dict[str, Values]
    lists: Numbers
    about: dict[str, float | None]

    def metrics(self) -> dict[str, float]:
        """Means over the customers and what the lists are like, named as in `ndcg@10`."""
        means = {
            name: float(value.mean()) if value.size else 0.0 for name, value in self.values.items()
        }
        known = {name: value for name, value in self.about.items() if value is not None}
        return {f"{name}@{self.k}": value for name, value in (means | known).items()}


def evaluate(
    fitted: Fitted,
    split: Split,
    k: int = 10,
    tasks: Sequence[str] = tuple(TASKS),
    done: Callable[[float], None] | None = None,
    taker: Taker | None = None,
) -> dict[str, Judgement]:
    """task -> Judgement. `done` hears the share of customers that are ranked; `taker` is shown
    everybody's list on the way, because to score anew takes as long as to judge."""
    depth = max(k, taker.depth) if taker else k
    wanted = {task: split.relevant(task) for task in tasks}
    lists: dict[str, list[Numbers]] = {task: [] for task in tasks}
    scored = {task: row_sizes(matrix) > 0 for task, matrix in wanted.items()}
    anyone = np.flatnonzero(np.logical_or.reduce(list(scored.values())))
    for chunk in chunks(anyone, len(split.train.products)):
        histories = split.train.histories.of(chunk)
        for task, best, scores in ranked(fitted, histories, depth, tasks):
            lists[task].append(best[scored[task][chunk], :k])
            if taker:
                taker.take(task, chunk, best, scores)
        if done:
            done(float(np.searchsorted(anyone, chunk[-1]) + 1) / len(anyone))
    return {task: judge(split, task, padded(lists[task], k)) for task in tasks}


def judge(split: Split, task: str, ranked: Numbers) -> Judgement:
    """ranked: (N, k) the lists of the customers whom this task can judge, in their order."""
    wanted = split.relevant(task)
    customers = np.flatnonzero(row_sizes(wanted))
    relevant = wanted[customers]
    found, count = hits(ranked, relevant), row_sizes(relevant)
    values = {name: metric.values(found, count) for name, metric in METRICS.items()}
    shown = Shown(ranked, found, relevant, split.shelf)
    about = {name: metric.value(shown) for name, metric in LIST_METRICS.items()}
    return Judgement(task, ranked.shape[1], customers, values, ranked, about)


def padded(lists: list[Numbers], k: int) -> Numbers:
    """One below the other, -1 where there are fewer than k products in all."""
    ranked = np.concatenate(lists) if lists else np.empty((0, k), np.int64)
    return np.pad(ranked, ((0, 0), (0, k - ranked.shape[1])), constant_values=-1)
