"""A small part of the built-in grocery year: its best sellers and some households, quickly read."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from nn_core.course.shared import answer
from nn_core.network import Sequential
from nn_core.optimizers import Adam
from nn_core.recommender.data.builtin import data_folder
from nn_core.recommender.data.columns import Columns
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import judge
from nn_core.recommender.matrix import row_sizes
from nn_core.recommender.metrics import ndcg
from nn_core.recommender.models import make_model
from nn_core.recommender.models.course import Course
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import Split, make_split

PRODUCTS, HOUSEHOLDS, LENGTH = 200, 500, 10
# Of the course's network: samples an epoch, drawn by lot, so that it takes a second.
EPOCHS, BATCH, AN_EPOCH = 10, 32, 3_000
COLUMNS = {
    "customer": "household_id",
    "order": "basket_id",
    "time": "transaction_timestamp",
    "product": "product_id",
}


@cache
def best_sellers() -> Interactions:
    """The purchases of the products with most buyers, of all households."""
    columns = list(COLUMNS.values())
    rows: Any = pq.read_table(data_folder() / "transactions.parquet", columns=columns).to_pandas()
    buyers: Any = rows[["household_id", "product_id"]].drop_duplicates()["product_id"]
    kept = rows["product_id"].isin(buyers.value_counts().index[:PRODUCTS])
    return Interactions.from_frame(rows[kept], Columns(**COLUMNS))


@cache
def households(seed: int) -> Interactions:
    """Some households, drawn by lot."""
    shop = best_sellers()
    customer: Any = shop.frame["customer"]
    drawn = np.random.default_rng(seed).choice(customer.cat.categories, HOUSEHOLDS, replace=False)
    return replace(shop, frame=shop.frame[customer.isin(drawn)])


@cache
def parted(seed: int, method: str = "time") -> Split:
    """Their purchases with the last 31 days held out, or a random fifth."""
    return make_split(households(seed), SplitOptions(method=method, seed=seed))


@cache
def course_network(seed: int) -> Sequential:
    """Dense 64 relu -> Dense 32 relu -> softmax, learnt from each history before a basket -> it."""
    split, model = parted(seed), Course(seed=seed)
    products = len(split.train.products)
    network = Sequential(model.layers(products), (products,), seed=seed)
    network.compile(Adam(0.001), "categorical_crossentropy")
    samples, rng = model.pairs(split.train.histories, 0), np.random.default_rng(seed)
    for _ in range(EPOCHS):
        drawn = rng.permutation(len(samples))[:AN_EPOCH]
        for first in range(0, len(drawn), BATCH):
            network.train_on_batch(*samples.batch(drawn[first : first + BATCH], products))
    return network


def lists(scores: Any, split: Split, task: str) -> Any:
    """(N, 10) products: the best by scores (N, I), of the customers whom this task can judge."""
    return top(only(scores, task, split.train.histories.of(asked(split, task)).bought), LENGTH)


def asked(split: Split, task: str) -> Any:
    """The customers whom a task can judge."""
    return np.flatnonzero(row_sizes(split.relevant(task)))


def network_scores(seed: int, task: str) -> Any:
    """(N, I) of the course's network."""
    split = parted(seed)
    known = split.train.histories.of(asked(split, task)).bought.toarray()
    return answer(course_network(seed), known)


def model_scores(name: str, split: Split, task: str, **options: Any) -> Any:
    """(N, I) of a recommender, fitted on the split's training part."""
    fitted = make_model(name, **options).learn(split.train)
    return fitted.scores(split.train.histories.of(asked(split, task)))


def quality(scores: Any, split: Split, task: str) -> dict[str, float]:
    """Every metric of the lists that these scores make, named as in `ndcg@10`."""
    return judge(split, task, lists(scores, split, task)).metrics()


def with_as_many(scores: Any, split: Split, like: Split, rng: np.random.Generator) -> float:
    """NDCG where each customer keeps only as many right products, drawn by lot, as there are in
    another test: so much of a difference is not owed to how many they are."""
    who = asked(split, "all")
    right = split.relevant("all")[who].toarray() > 0
    counts = dict(zip(like.train.customers, row_sizes(like.relevant("all"))))
    for row, customer in zip(right, split.train.customers[who]):
        held = np.flatnonzero(row)
        row[rng.permutation(held)[counts.get(customer, 0) :]] = False
    kept = right.any(axis=1)
    hits = np.take_along_axis(right, lists(scores, split, "all"), axis=1)
    return float(ndcg(hits[kept], right[kept].sum(axis=1)).mean())


def ever_bought(split: Split, task: str) -> Any:
    """(N, I) the scores of own repeats that knows neither how often nor when: what was bought at
    all first, then best sellers."""
    popular = model_scores("popularity", split, task)
    known = split.train.histories.of(asked(split, task)).bought.toarray()
    return known + popular / (popular.max() + 1)
