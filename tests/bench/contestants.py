"""Who takes part in `speed.py`: our models, and the libraries' own, as their manuals use them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.matrix import older
from nn_core.recommender.models import make_model
from nn_core.recommender.split import TrainingData
from tests.bench.recommender import lists_for_all

REGULARIZATION, NEIGHBOURS, FACTORS = 300.0, 100, 64


@dataclass(frozen=True)
class Contestant:
    """fit(train) -> what was learned; lists(learned, train): ten new products for everybody."""

    kind: str
    fit: Callable[[TrainingData], Any]
    lists: Callable[[Any, TrainingData], Any]


def ours(name: str, **options: Any) -> Contestant:
    return Contestant(name, lambda train: make_model(name, **options).learn(train), our_lists)


def our_lists(fitted: Any, train: TrainingData) -> None:
    lists_for_all(fitted, train.histories)


def implicit_model(train: TrainingData, model: Any) -> Any:
    model.fit(older(train.histories.counts), show_progress=False)
    return model


def implicit_lists(model: Any, train: TrainingData) -> Any:
    customers = np.arange(len(train.histories))
    return model.recommend(customers, older(train.histories.counts), N=10)


def implicit_als(train: TrainingData) -> Any:
    from implicit.cpu.als import AlternatingLeastSquares

    options: dict[str, Any] = {
        "factors": FACTORS,
        "regularization": 1.0,
        "alpha": 10.0,
        "iterations": 15,
    }
    return implicit_model(train, AlternatingLeastSquares(**options))


def implicit_bm25(train: TrainingData) -> Any:
    from implicit.nearest_neighbours import BM25Recommender

    return implicit_model(train, BM25Recommender(K=NEIGHBOURS, K1=1.2, B=0.75))


def implicit_cosine(train: TrainingData) -> Any:
    from implicit.nearest_neighbours import CosineRecommender

    return implicit_model(train, CosineRecommender(K=NEIGHBOURS))


def table(train: TrainingData) -> pd.DataFrame:
    """Every pair once."""
    customer, product = train.histories.bought.nonzero()
    return pd.DataFrame({"user_id": customer, "item_id": product})


def lenskit_model(train: TrainingData, scorer: Any) -> Any:
    from lenskit.data import from_interactions_df  # pyright: ignore
    from lenskit.pipeline import topn_pipeline  # pyright: ignore

    pipeline: Any = topn_pipeline(scorer, n=10)
    pipeline.train(from_interactions_df(table(train)))
    return pipeline


def lenskit_ease(train: TrainingData) -> Any:
    from lenskit.knn import EASEScorer  # pyright: ignore

    return lenskit_model(train, EASEScorer(regularization=REGULARIZATION))


def lenskit_popular(train: TrainingData) -> Any:
    from lenskit.basic import PopScorer  # pyright: ignore

    return lenskit_model(train, PopScorer())


def lenskit_lists(pipeline: Any, train: TrainingData) -> Any:
    from lenskit.batch import recommend  # pyright: ignore

    return recommend(pipeline, np.arange(len(train.histories)), 10, n_jobs=1)


def rectools_model(train: TrainingData, model: Any) -> Any:
    from rectools.dataset import Dataset  # pyright: ignore

    pairs = table(train).assign(weight=1.0, datetime=pd.Timestamp("2000-01-01"))
    data: Any = Dataset.construct(pairs)
    model.fit(data)
    return model, data


def rectools_ease(train: TrainingData) -> Any:
    from rectools.models import EASEModel  # pyright: ignore

    return rectools_model(train, EASEModel(regularization=REGULARIZATION))


def rectools_popular(train: TrainingData) -> Any:
    from rectools.models import PopularModel  # pyright: ignore

    return rectools_model(train, PopularModel())


def rectools_lists(learned: Any, train: TrainingData) -> Any:
    model, data = learned
    known = data.user_id_map.external_ids  # who bought nothing that is ranked is not asked for
    return model.recommend(known, data, k=10, filter_viewed=True)


CONTESTANTS = {
    "popularity": ours("popularity"),
    "LensKit popularity": Contestant("popularity", lenskit_popular, lenskit_lists),
    "RecTools popularity": Contestant("popularity", rectools_popular, rectools_lists),
    "item-knn": ours("item-knn", neighbours=NEIGHBOURS),
    "implicit cosine": Contestant("item-knn", implicit_cosine, implicit_lists),
    "bm25": ours("bm25", neighbours=NEIGHBOURS),
    "implicit BM25": Contestant("bm25", implicit_bm25, implicit_lists),
    "ease": ours("ease", regularization=REGULARIZATION),
    "LensKit EASE": Contestant("ease", lenskit_ease, lenskit_lists),
    "RecTools EASE": Contestant("ease", rectools_ease, rectools_lists),
    "als": ours("als", factors=FACTORS),
    "implicit ALS": Contestant("als", implicit_als, implicit_lists),
}
OURS = {"popularity", "item-knn", "bm25", "ease", "als"}
