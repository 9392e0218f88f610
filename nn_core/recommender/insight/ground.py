"""Where the small studies are made: a shop small enough that a fit takes a fraction of a second.

Its products are the PRODUCTS with most buyers, its judges at most JUDGES customers. What is found
there compares fits with each other; the numbers are not those of the main judgement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.goods import in_order
from nn_core.recommender.histories import Histories, Numbers, categories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import padded
from nn_core.recommender.judge.ranked import chunks
from nn_core.recommender.matrix import Matrix, row_sizes, without
from nn_core.recommender.metrics import Values, hits, ndcg
from nn_core.recommender.models import Fitted, Recommender
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import TrainingData

PRODUCTS, JUDGES, ENOUGH = 1_500, 2_000, 10
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """rows: every purchase of every customer, of these products; no customer is ever dropped, so
    that a customer has one number in all studies."""

    rows: Histories
    customers: pd.Index
    products: pd.Index
    goods: pd.DataFrame
    model: Recommender
    how: SplitOptions
    task: str
    k: int

    @classmethod
    def of(
        cls, shop: Interactions, model: Recommender, how: SplitOptions, task: str, k: int
    ) -> Ground:
        rows = Histories.from_frame(shop.frame, how.ordered)
        order = np.argsort(-rows.buyers, kind="stable")[:PRODUCTS]
        chosen = order[rows.buyers[order] >= how.min_buyers]
        ids = categories(shop.frame, "product")[chosen]
        people = categories(shop.frame, "customer")
        goods = in_order(shop.goods, ids)
        return cls(rows.renumbered(chosen), people, ids, goods, model, how, task, k)

    def train(self, histories: Histories) -> TrainingData:
        """These purchases as a model reads them."""
        now = None if histories.time is None else float(histories.time.max(initial=0.0))
        return TrainingData(self.customers, self.products, histories, now, self.how, self.goods)

    def fitted(self, histories: Histories) -> Fitted:
        return self.model.learn(self.train(histories))

    def wanted(self, before: Histories, after: Histories) -> Matrix:
        """(N, I) what counts as right for the study's question; only purchases do."""
        new = without(after.bought, before.bought)
        if self.task == "discover":
            return new
        return after.bought if self.task == "all" else without(after.bought, new)

    def judges(self, able: Mask, seed: int) -> Numbers:
        """able: (N,) -> at most JUDGES of them, drawn by the seed, in order."""
        found = np.flatnonzero(able)
        if len(found) <= JUDGES:
            return found
        return np.sort(np.random.default_rng(seed).choice(found, JUDGES, replace=False))

    def judged(
        self,
        fitted: Fitted,
        histories: Histories,
        known: Matrix,
        wanted: Matrix,
        customers: Numbers,
        ignored: Matrix | None = None,
    ) -> Values:
        """(len(customers),) NDCG of each.

        histories: what the model is told of them; known: (N, I) what they had bought; ignored:
        (N, I) products that are neither right nor wrong and stand on no list.
        """
        found = [np.empty(0)]
        for chunk in chunks(customers, len(self.products)):
            scores = only(fitted.scores(histories.of(chunk)), self.task, known[chunk])
            if ignored is not None:
                scores = scores.copy()
                scores[ignored[chunk].nonzero()] = -np.inf
            ranked = padded([top(scores, self.k)], self.k)
            found.append(ndcg(hits(ranked, wanted[chunk]), row_sizes(wanted[chunk])))
        return np.concatenate(found)
