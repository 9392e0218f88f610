"""Libraries that shops use today, under the same roof as ours: one split, one metric, one tuning.

Installed by hand, into the environment that runs the benchmark: `pip install torch==2.13.0`, then
`pip install lenskit rectools`; implicit stands in requirements.txt. Each is tuned over four
settings on the same window as ours. A square matrix takes the 8,000 products with most buyers.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.models.als import ALS
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.bm25 import BM25
from nn_core.recommender.split import TrainingData

LARGEST = 8_000
STRENGTHS = (300.0, 1000.0, 100.0, 3000.0)


@dataclass(frozen=True)
class ImplicitALS(ALS):
    """implicit's factors; a test holds our scores from them against the library's own."""

    name: ClassVar[str] = "implicit ALS"


@dataclass(frozen=True)
class ImplicitBM25(BM25):
    """implicit's similarities; a test holds them against the formula."""

    name: ClassVar[str] = "implicit BM25"


@dataclass(frozen=True)
class SquareMatrix(Recommender):
    """x B by a library's B."""

    regularization: float = 300.0

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        return tuple({"regularization": strength} for strength in STRENGTHS)

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        weights = arrays["weights"]
        ranked = np.asarray(histories.bought[:, : len(weights)] @ weights, np.float32)
        rest = np.full((len(histories), histories.products - len(weights)), -np.inf, np.float32)
        return np.hstack([ranked, rest])


def pairs(train: TrainingData) -> pd.DataFrame:
    """user, item: every pair once, of the products a square matrix takes."""
    customer, product = train.histories.bought.nonzero()
    kept = product < LARGEST
    return pd.DataFrame({"user": customer[kept], "item": product[kept]})


def in_order(weights: Any, known: Any, products: int) -> Arrays:
    """A library's matrix, whose items stand in the order `known`, in ours."""
    used = min(products, LARGEST)
    made = np.zeros((used, used), np.float32)
    known = np.asarray(known, np.int64)
    made[np.ix_(known, known)] = weights
    return {"weights": made}


@dataclass(frozen=True)
class LensKitEase(SquareMatrix):
    name: ClassVar[str] = "LensKit EASE"

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        from lenskit.data import from_interactions_df  # pyright: ignore
        from lenskit.knn import EASEScorer  # pyright: ignore

        table = pairs(train).rename(columns={"user": "user_id", "item": "item_id"})
        model: Any = EASEScorer(regularization=self.regularization)
        model.train(from_interactions_df(table))
        return in_order(model.weights, model.items.ids(), len(train.products))


@dataclass(frozen=True)
class RecToolsEase(SquareMatrix):
    name: ClassVar[str] = "RecTools EASE"

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        from rectools.dataset import Dataset  # pyright: ignore
        from rectools.models import EASEModel  # pyright: ignore

        table = pairs(train).rename(columns={"user": "user_id", "item": "item_id"})
        table = table.assign(weight=1.0, datetime=pd.Timestamp("2000-01-01"))
        data: Any = Dataset.construct(table)
        model: Any = EASEModel(regularization=self.regularization)
        model.fit(data)
        known = data.item_id_map.external_ids
        return in_order(model.weight, known, len(train.products))


PEERS: dict[str, type[Recommender]] = {
    peer.name: peer for peer in (ImplicitALS, ImplicitBM25, LensKitEase, RecToolsEase)
}
