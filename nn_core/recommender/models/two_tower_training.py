"""How the two towers are trained: which products a batch asks for, and the two towers in Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Numbers
from nn_core.recommender.models.baskets import bought_next, chance, last_rows, multi_hot
from nn_core.recommender.models.batches import Batch, Batches
from nn_core.recommender.models.features import PRICES
from nn_core.recommender.split import TrainingData

if TYPE_CHECKING:
    from nn_core.recommender.models.two_tower import TwoTower

FACTS = PRICES + 1
"""Numbers that a product's tower reads beside the vectors: its price, and its recent sales."""


def batches(model: TwoTower, train: TrainingData, epoch: int) -> Batches:
    """A sample for each basket: what was bought before it, and its products among candidates."""
    from nn_core.recommender.models.two_tower import weighed

    histories, known = train.histories, model.known(train)
    samples = bought_next(histories, np.random.default_rng([model.seed, epoch]))
    products = histories.products
    q = np.bincount(histories.product, minlength=products) / max(len(histories.product), 1)
    # Product 0 is none; it has no category, price or sales.
    kind = np.append(0, known["category_of"])
    facts = np.vstack([np.zeros((1, FACTS), np.float32), known["facts"]])

    def arrays(which: Numbers, rng: np.random.Generator) -> Batch:
        rows, there = last_rows(samples.known, which, model.length)
        bought = np.where(there, samples.product[rows] + 1, 0)
        time = histories.time
        age = None if time is None else time[samples.wanted.begin[which], None] - time[rows]
        share = weighed(there, age, model.input_half_life)[..., None]
        y = multi_hot(samples.product, samples.wanted, which, products)
        among, log_p = candidates(y, q, min(model.candidates, products), rng)
        y = y[:, among] / np.maximum(y[:, among].sum(axis=1, keepdims=True), 1)
        asked = among[None] + 1
        own, own_asked = (x * (rng.random(x.shape) >= model.dropout) for x in (bought, asked))
        read = (own, kind[bought], facts[bought], share)
        return (*read, own_asked, kind[asked], facts[asked], y, log_p[None])

    return Batches(
        len(samples), arrays, chance(histories, samples.wanted, train.now, model.half_life)
    )


def candidates(
    y: NDArray[np.float32], q: NDArray[np.float64], count: int, rng: np.random.Generator
) -> tuple[Numbers, NDArray[np.float32]]:
    """y: (N, I) targets, q: (I,) shares of sales -> (C,) products that take part in the softmax,
    the targets first and others by lot, and log p (C,): how likely each was to be there."""
    if count == len(q):
        return np.arange(count), np.zeros(count, np.float32)
    targets = np.flatnonzero(y.any(axis=0))[:count]
    others = np.setdiff1d(np.arange(len(q)), targets, assume_unique=True)
    by_lot = (count - len(targets)) / max(len(others), 1)
    among = np.append(targets, rng.choice(others, count - len(targets), replace=False))
    missed = (1 - q[among]) ** np.count_nonzero(y) * (1 - by_lot)
    return among, np.log1p(-missed).astype(np.float32)


def keras_model(model: TwoTower, keras: Any, products: int, categories: int) -> Any:
    """Own numbers, categories, facts and shares of a history (N, T), and the first three of
    candidates (1, C) -> u (N, D), v (1, C, D)."""
    draws = iter(range(model.seed, model.seed + 5))

    def dense(activation: str | None = None) -> Any:
        first = keras.initializers.GlorotUniform(next(draws))
        return keras.layers.Dense(model.units, activation, kernel_initializer=first)

    def table(rows: int) -> Any:
        first = keras.initializers.RandomNormal(stddev=0.1, seed=next(draws))
        return keras.layers.Embedding(rows, model.units, embeddings_initializer=first)

    own, category = table(products + 1), table(categories + 1)
    product, deep, out = dense(), dense("relu"), dense()

    def v(number: Any, kind: Any, facts: Any) -> Any:
        return product(keras.ops.concatenate([own(number), category(kind), facts], axis=-1))

    def taken(n: int) -> list[Any]:
        numbers = [keras.Input((n,), dtype="int32") for _ in range(2)]
        return [*numbers, keras.Input((n, FACTS))]

    read, asked = taken(model.length), taken(min(model.candidates, products))
    share = keras.Input((model.length, 1))
    mean = keras.ops.sum(share * v(*read), axis=1)
    return keras.Model([*read, share, *asked], [out(deep(mean)), v(*asked)])


def losses(keras: Any, model: Any) -> Callable[..., Any]:
    """Softmax over the candidates, each u . v less log p."""
    ops = keras.ops

    def losses(*batch: Any) -> Any:
        *read, y, log_p = batch
        u, v = model(read, training=True)
        logits = ops.matmul(u, ops.transpose(v[0])) - log_p[:1]
        return keras.losses.categorical_crossentropy(y, logits, from_logits=True)

    return losses
