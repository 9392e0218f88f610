"""What if: one customer's basket as it might have been, and how each model's list moves with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.recommender.arrays import let_go
from nn_core.recommender.customer.desk import Ranked, bought, history_of, moved, product
from nn_core.recommender.customer.what_if import edited, side_by_side
from nn_core.recommender.histories import Histories
from nn_core.recommender.models import Fitted
from nn_core.recommender.ranking import only
from nn_core.recommender.runs.runs import Run


@dataclass(frozen=True)
class Changed:
    """The customer (None: nobody), and the numbers of the products put in and taken out."""

    customer: str | None
    put_in: tuple[int, ...] = ()
    taken_out: tuple[int, ...] = ()

    def histories(self, run: Run) -> tuple[Histories, Histories]:
        """The customer's purchases as they are, and as they would be."""
        own = history_of(run.catalogue, self.customer)
        put_in, taken_out = (np.array(side, np.int64) for side in (self.put_in, self.taken_out))
        return own, edited(own, put_in, taken_out, run.now)


def moving(
    run: Run, changed: Changed, models: Sequence[str], task: str, k: int
) -> dict[str, list[Any]]:
    """{"basket": rows, "lists": a list of rows for each model}; a row is as `row` makes it."""
    own, after = changed.histories(run)
    new = set(changed.put_in)
    return {
        "basket": [row(run, n, times, "put in" if n in new else "") for n, times in bought(after)],
        "lists": [rows(run, run.model(name), own, after, task, k) for name in models],
    }


def rows(
    run: Run, fitted: Fitted, own: Histories, after: Histories, task: str, k: int
) -> list[dict[str, Any]]:
    """One model's list for the changed basket, each product with how far it moved."""
    was, now = both(fitted, own, after, task)
    return [
        row(run, n, place, moved(int(was.places[n]), place, k))
        for place, n in enumerate(now.first(k), 1)
    ]


def both(fitted: Fitted, own: Histories, after: Histories, task: str) -> tuple[Ranked, Ranked]:
    """Before and after as two customers whom the model scores at once: that takes hardly longer
    than one."""
    two = side_by_side(own, after)
    scores = only(fitted.on(task).scores(two), task, two.bought)
    let_go(fitted.arrays)
    return Ranked(scores[0]), Ranked(scores[1])


def row(run: Run, n: int, number: int, mark: str) -> dict[str, Any]:
    """n: which product; number: its place, or how often it was bought."""
    shown = product(run.catalogue, n)
    return {
        "n": n,
        "number": number,
        "name": shown.name,
        "facts": shown.facts(),
        "mark": mark,
    }
