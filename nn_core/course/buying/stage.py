"""The built-in shop's customers on the stage: eight numbers, and whether they buy again."""

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import Array
from nn_core.course.buying.year import moments
from nn_core.datasets import Split
from nn_core.live.points import Hidden
from nn_core.live.table import Table

# The eight numbers, in their order, by names that fit beside an input.
SHORT = ("last order", "orders", "spend", "basket", "age", "categories", "gap", "trend")
RECENT, CATEGORIES = SHORT.index("last order"), SHORT.index("categories")


@dataclass(frozen=True)
class Customers(Table):
    """Trained on the customers at the first cut, tested on them at the second: a split in time,
    whatever the seed. The purchases are read when they are first asked for."""

    columns: tuple[str, ...] = SHORT
    answer: str = "buys within 30 days"
    classes: tuple[str, ...] = ("stays away", "buys again")
    plane: tuple[int, int] = (RECENT, CATEGORIES)
    hidden: tuple[Hidden, ...] = (Hidden(10, "relu"), Hidden(8, "relu"))
    label: str = "month"

    @property
    def table(self) -> Array:
        split = self.unscaled()
        x = np.concatenate([split.train_x, split.test_x])
        return np.column_stack([x, np.concatenate([split.train_y, split.test_y])])

    @property
    def fixed(self) -> int:
        """The customers at the first cut: a file of this run, opened again, keeps the split."""
        return len(moments()[0].x)

    def unscaled(self) -> Split:
        learnt, judged = moments()
        return Split(learnt.x, learnt.y[self.label], judged.x, judged.y[self.label])


@dataclass(frozen=True)
class Leaking(Customers):
    """One neuron; in place of the trend, what the customer spends in the very days asked about."""

    columns: tuple[str, ...] = (*SHORT[:-1], "spent after")
    answer: str = "buys within 7 days"
    hidden: tuple[Hidden, ...] = ()
    label: str = "week"

    def unscaled(self) -> Split:
        split = super().unscaled()
        learnt, judged = moments()
        x = np.column_stack([split.train_x[:, :-1], learnt.spent])
        test_x = np.column_stack([split.test_x[:, :-1], judged.spent])
        return split._replace(train_x=x, test_x=test_x)
