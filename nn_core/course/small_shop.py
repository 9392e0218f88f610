"""A shop of eight products for the stage: two groups of customers, and what each buys next."""

from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.points import Hidden
from nn_core.live.table import Table
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.synthetic import planted_shop
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.baskets import bought_next

CUSTOMERS, BASKETS, GROUPS, EACH = 400, 6, 2, 4


def small_shop(seed: int = 0) -> Table:
    """x: 1 where a product was bought before; the answer: the one that was bought next."""
    shop = planted_shop(CUSTOMERS, GROUPS, EACH, BASKETS, basket_size=1, seed=seed)
    columns = Columns("customer", "product", time="time", order="order")
    frame: Any = shop.frame
    products = frame[["product", "name"]].drop_duplicates().sort_values("name")
    rows = Interactions.from_frame(frame, columns).frame
    rows = rows.assign(product=rows["product"].cat.set_categories(products["product"]))
    x, y = pairs(Histories.from_frame(rows, ordered=False))
    # A name has to fit beside an input of the stage.
    names = tuple(name.replace("Garden", "Yard") for name in products["name"])
    return Table(
        columns=names,
        answer="bought next",
        classes=names,
        rows=np.column_stack([x, y]).astype(np.float64).tobytes(),
        hidden=(Hidden(8, "relu"), Hidden(6, "relu")),
        loss="categorical_crossentropy",
    )


def pairs(histories: Histories) -> tuple[Array, Array]:
    """The history before each basket but the first, (N, I) multi-hot, and its product (N,)."""
    samples = bought_next(histories, np.random.default_rng(0))
    x, y = samples.batch(np.arange(len(samples)), histories.products)
    return x, y.argmax(axis=1)


def of_best_sellers(train: Array, test: Array, products: int) -> float:
    """The cross-entropy of a list that is the same for everybody: each product by its share of the
    train answers. train, test: class numbers (N,)."""
    share = np.bincount(train.astype(int), minlength=products) + 1.0
    return float(-np.log(share / share.sum())[test.astype(int)].mean())
