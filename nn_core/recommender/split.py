"""What a model may learn from and what it is judged on: one cut through a shop's purchases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.goods import in_order, nothing_known
from nn_core.recommender.histories import Histories, Numbers, categories
from nn_core.recommender.holdout import HOLDOUTS, SplitOptions, check_options, lying
from nn_core.recommender.matrix import Matrix, without
from nn_core.recommender.pairs import count_pairs
from nn_core.recommender.shelf import Shelf

TASKS = {
    "discover": "products new to the customer",
    "all": "all purchases, new or repeated",
    "buy-again": "products the customer bought before",
}


@dataclass(frozen=True)
class TrainingData:
    """All that a model may see: the purchases before the cut.

    customers  (N,) their ids; a customer's number is the place in here
    products   (I,) the ids of the products that are ranked, those with most buyers first: equal
               scores then rank the more popular product higher, for every model
    histories  of these customers, over these products
    now        the moment of its last purchase in days since 1970; None without time
    how        how the cut was made, so that a model can make another one inside of its data
    goods      (I rows) what is known of the products, in their order: those of name, category,
               price, margin, stock that are known; missing cells are "" or NaN
    """

    customers: pd.Index
    products: pd.Index
    histories: Histories
    now: float | None
    how: SplitOptions
    goods: pd.DataFrame = field(default_factory=nothing_known)

    def of_purchases(self) -> TrainingData:
        """Without views and other rows that are no purchase."""
        return replace(self, histories=self.histories.purchases)

    def validation(self) -> tuple[TrainingData, Matrix] | None:
        """A cut like the outer one inside of this data: what is before it, and what was new after.

        For choices: nothing in it comes from the test. None when too little is left on one side.
        """
        held = self.validation_mask()
        before = self.histories.keep(~held)
        new = without(self.histories.keep(held).bought, before.bought)
        if new.nnz < 20 or before.product.size < held.sum():
            return None
        now = None if before.time is None else float(before.time.max())
        return replace(self, histories=before, now=now), new

    def validation_mask(self) -> NDArray[np.bool_]:
        """Which of the purchases lie behind the inner cut."""
        method = self.how.inner(self.histories)
        return HOLDOUTS[method](self.histories, self.how, self.now)


@dataclass(frozen=True)
class Split:
    """train, and what its customers bought after it (`test`, (N, I) binary).

    `pairs` has a row for each task: how many different customer-product pairs the test holds, how
    many can be judged, and the share left out for each reason.
    """

    train: TrainingData
    test: Matrix
    pairs: dict[str, dict[str, float]]
    words: str

    def relevant(self, task: str) -> Matrix:
        """(N, I) what counts as right for this task."""
        return self._relevant[task]

    @cached_property
    def shelf(self) -> Shelf:
        """What the judge needs to know of the products, from before the cut."""
        return Shelf.of(self.train.histories, self.train.goods)

    @cached_property
    def _relevant(self) -> dict[str, Matrix]:
        seen = self.train.histories.bought
        new = without(self.test, seen)
        return {"discover": new, "all": self.test, "buy-again": without(self.test, new)}


def make_split(
    shop: Interactions, options: SplitOptions, test: Interactions | None = None
) -> Split:
    """One cut; with `test`, that table is what comes after. ShopDataError when none can be."""
    options = options.of_data(shop.has_time)
    check_options(options, shop, second_file=test is not None)
    if test is not None:
        frame, second = under_common_categories(shop.frame, test.frame)
        before = Histories.from_frame(frame, options.ordered)
        after = Histories.from_frame(second, options.ordered)
        options = replace(options, lies=lying(before, after))
    else:
        frame = shop.frame
        rows = Histories.from_frame(frame, options.ordered)
        held = HOLDOUTS[options.method](rows, options, None)
        before, after = rows.keep(~held), rows.keep(held)
    if not before.product.size or not after.product.size:
        raise ShopDataError(empty_side(shop, options, test_is_empty=not after.product.size))
    train, customers, products = vocabulary(shop.goods, frame, before, options)
    test_pairs = after.of(customers).renumbered(products).bought
    pairs = count_pairs(before, after, options.min_buyers)
    return Split(train, test_pairs, pairs, options.words())


def everything(shop: Interactions, options: SplitOptions) -> TrainingData:
    """All purchases to learn from and none to judge by: for the lists of today."""
    rows = Histories.from_frame(shop.frame, options.ordered)
    return vocabulary(shop.goods, shop.frame, rows, options)[0]


def vocabulary(
    goods: pd.DataFrame, frame: pd.DataFrame, before: Histories, options: SplitOptions
) -> tuple[TrainingData, Numbers, Numbers]:
    """What is before the cut under its own numbers; the customers and products they are."""
    buyers = before.buyers
    order = np.lexsort((np.arange(len(buyers)), -buyers))
    products = order[buyers[order] >= options.min_buyers]
    customers = np.flatnonzero(np.diff(before.start))
    if not len(products):
        raise ShopDataError(
            f"No product has {options.min_buyers} buyers in the training part, so there is nothing "
            "to rank. Give more data, or lower the buyers needed (--min-buyers)."
        )
    ids = categories(frame, "product")[products]
    train = TrainingData(
        customers=categories(frame, "customer")[customers],
        products=ids,
        histories=before.of(customers).renumbered(products),
        now=None if before.time is None else float(before.time.max()),
        how=options,
        goods=in_order(goods, ids),
    )
    return train, customers, products


def under_common_categories(*frames: pd.DataFrame) -> list[pd.DataFrame]:
    """The tables with one numbering of customers and products, the first table's numbers first."""
    tables: list[Any] = [frame.copy(deep=False) for frame in frames]
    for column in ("customer", "product"):
        common: Any = pd.api.types.union_categoricals([table[column] for table in tables])
        for table in tables:
            table[column] = table[column].cat.set_categories(common.categories)
    return tables


def empty_side(shop: Interactions, options: SplitOptions, test_is_empty: bool) -> str:
    if test_is_empty:
        return (
            f"The split '{options.method}' leaves nothing to judge on: no customer has a purchase "
            "to hold out. Hold something else out (--split)."
        )
    if options.method == "time" and shop.has_time:
        time: Any = shop.frame["time"]
        return (
            f"All purchases lie within the last {options.test_days} days ({time.min():%Y-%m-%d} to "
            f"{time.max():%Y-%m-%d}), so nothing is left to learn from. Hold out fewer days "
            "(--test-days)."
        )
    return (
        f"The split '{options.method}' leaves nothing to learn from: every customer has one order "
        "only. Hold something else out (--split)."
    )
