"""Two towers: a customer and a product as two vectors, near where one buys the other.

A product's vector also stands on its category and price, so one that nobody bought yet has its
place too (after Covington et al., 2016; Yi et al., 2019, for the correction for best sellers).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.layers import Dense, Layer
from nn_core.network import Sequential
from nn_core.recommender.goods import in_order
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, csr
from nn_core.recommender.models.base import Arrays
from nn_core.recommender.models.baskets import last_rows, whole
from nn_core.recommender.models.batches import Batches, log_shares
from nn_core.recommender.models.features import categories_of, learned_features, prices_of
from nn_core.recommender.models.network import ROWS, Network, blank
from nn_core.recommender.split import TrainingData

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class TwoTower(Network):
    """Product: [own vector, its category's, price, sales] -> Dense(units) = v (D,). Customer:
    the mean of the v of the last `length` purchases, recent ones first -> Dense(units, relu) ->
    Dense(units) = u (D,). score = u . v; the loss is a softmax over products, whose target is the
    next basket. In a large shop these are the batch's targets and others by lot, `candidates` in
    all, each with u . v - log p, where p is how likely it was to be among them: without it best
    sellers would be pushed away for being everybody's wrong answer.

    In training a product's own vector is left out with probability `dropout`, so that category and
    price learn to stand for it: they are all that a product has which nobody bought.
    """

    name: ClassVar[str] = "two-tower"
    label: ClassVar[str] = "Two towers over customers and the catalogue"
    spoken: ClassVar[str] = "the two-tower network"
    epochs: int = 15
    batch_size: int = 64
    learning_rate: float = 0.002
    largest: int = 50_000
    candidates: int = 4_096
    units: int = 64
    length: int = 50
    dropout: float = 0.2
    half_life: float = 30.0
    input_half_life: float = 30.0

    def layers(self, products: int) -> list[Layer]:
        """Of a history whose weights have the sum 1: mean of the v, customer's tower, u . v."""
        return [
            Dense(self.units, use_bias=False),
            Dense(self.units, "relu"),
            Dense(self.units),
            Dense(products, "softmax", use_bias=False),
        ]

    def input_shape(self, products: int) -> tuple[int, ...]:
        return (products,)

    def weight_names(self, products: int) -> list[str]:
        names = ["own", "category", "product_kernel", "product_bias"]
        return [*names, "kernel_1", "bias_1", "kernel_2", "bias_2"]

    def step_seconds(self, products: int) -> float:
        return 1e-2 + min(products, self.candidates) * 4e-6 + products * self.units * 1e-8

    def known(self, train: TrainingData) -> Arrays:
        """Categories, prices and sales of the products in turn, as the network reads them."""
        goods = in_order(train.goods, train.products)
        features = learned_features(goods)
        sales = log_shares(train.histories, train.now, self.half_life)
        sales = (sales - sales.mean()) / max(sales.std(), 1e-3)
        facts = np.column_stack([prices_of(features, goods), sales]).astype(np.float32)
        kinds = categories_of(features, goods)
        return super().known(train) | features | {"category_of": kinds, "facts": facts}

    def batches(self, train: TrainingData, epoch: int) -> Batches:
        from nn_core.recommender.models.two_tower_training import batches

        return batches(self, train, epoch)

    def keras_model(self, keras: Any, train: TrainingData) -> Any:
        from nn_core.recommender.models.two_tower_training import keras_model

        categories = len(self.known(train)["categories"])
        return keras_model(self, keras, len(train.products), categories)

    def losses(self, keras: Any, model: Any) -> Callable[..., Any]:
        from nn_core.recommender.models.two_tower_training import losses

        return losses(keras, model)

    # How the server reads it

    def scores(self, arrays: Arrays, histories: Histories) -> Vectors:
        """(N, I) u . v, whose softmax is what `stack` predicts."""
        v = of_products(arrays)
        scores = np.full((len(histories), histories.products), -np.inf, np.float32)
        for first in range(0, len(histories), ROWS):
            some = np.arange(first, min(first + ROWS, len(histories)))
            scores[some, : len(v)] = self.of_customers(arrays, v, histories.of(some)) @ v.T
        return scores

    def scores_of_goods(self, arrays: Arrays, histories: Histories, goods: pd.DataFrame) -> Vectors:
        """(N, J) of products that it was not trained on, by category and price alone, as if
        they sold like the usual product.

        goods: one row for each of them, with those of `category` and `price` that are known. The
        scores compare with those of `scores`.
        """
        own, usual_sales = np.zeros(len(goods), np.int64), np.zeros((len(goods), 1), np.float32)
        facts = np.hstack([prices_of(arrays, goods), usual_sales])
        v = vectors(arrays, own, categories_of(arrays, goods), facts)
        return self.of_customers(arrays, of_products(arrays), histories) @ v.T

    def of_customers(self, arrays: Arrays, v: Vectors, histories: Histories) -> Vectors:
        """(N, D) u, from v (I, D) of the products."""
        mean = np.asarray(self.mixed(arrays, histories) @ v, np.float32)
        deep = np.maximum(mean @ arrays["kernel_1"] + arrays["bias_1"], 0)
        return deep @ arrays["kernel_2"] + arrays["bias_2"]

    def mixed(self, arrays: Arrays, histories: Histories) -> Matrix:
        """(N, I) the share of each of the last purchases, those of one customer of the sum 1."""
        products = len(arrays["own"]) - 1
        mine = histories.keep(histories.product < products)
        rows, there = last_rows(whole(mine), np.arange(len(mine)), self.length)
        rows = np.where(there, rows, 0)
        age = None
        if mine.time is not None and "now" in arrays and mine.product.size:
            age = arrays["now"].item() - mine.time[rows]
        share = weighed(there, age, self.input_half_life)
        columns = mine.product[rows] if mine.product.size else rows
        start = np.arange(0, rows.size + 1, self.length)
        return csr(share.ravel(), columns.ravel(), start, (len(mine), products))

    def item_vectors(self, arrays: Arrays) -> Vectors:
        return of_products(arrays)

    def inputs(self, arrays: Arrays, histories: Histories) -> Vectors:
        return np.asarray(self.mixed(arrays, histories).toarray(), np.float32)

    def stack(self, arrays: Arrays, products: int) -> Sequential:
        v = of_products(arrays)
        model = Sequential(blank(self.layers(len(v))), self.input_shape(len(v)))
        tower = [arrays[name] for name in ("kernel_1", "bias_1", "kernel_2", "bias_2")]
        model.set_weights([v, *tower, v.T])
        model.compile(loss=self.engine_loss())
        return model


def vectors(arrays: Arrays, own: NDArray[Any], kind: NDArray[Any], facts: Vectors) -> Vectors:
    """(J, D) v of products by their numbers from 1 (0: none of its own), categories and facts."""
    read = [arrays["own"][own], arrays["category"][kind], facts]
    return np.concatenate(read, axis=1) @ arrays["product_kernel"] + arrays["product_bias"]


def of_products(arrays: Arrays) -> Vectors:
    """(I, D) v of the products that it was trained on."""
    own = np.arange(1, len(arrays["own"]))
    return vectors(arrays, own, arrays["category_of"], arrays["facts"])


def weighed(there: NDArray[np.bool_], age: NDArray[Any] | None, half_life: float) -> Vectors:
    """(N, T) 0.5 + 0.5 * 0.5^(age / half_life) where there is a purchase, each row's sum 1 (or 0).

    age: (N, T) in days, None where nobody knows; a purchase of the future counts as one of today.
    """
    recent = 1.0 if age is None else 0.5 + 0.5 * np.exp2(-np.maximum(age, 0) / half_life)
    share = np.where(there, recent, 0.0)
    return (share / np.maximum(share.sum(axis=1, keepdims=True), 1e-12)).astype(np.float32)
