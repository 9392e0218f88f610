"""Rows of somebody's own file: two or more columns of numbers to read, one column to answer."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.datasets import Split
from nn_core.layers import Dense
from nn_core.live.points import Points
from nn_core.live.spec import evenly, parted

FILE = "own file"
MOST_COLUMNS, MOST_CLASSES, FEWEST_ROWS = 8, 10, 10
# The map shows scaled columns from -3 to 3 deviations around their means.
REACH = (-3.0, 3.0)


@dataclass(frozen=True)
class Table(Points):
    """Columns of numbers, scaled to mean 0 and deviation 1 as the train rows have them.

    rows: float64 (n, D + 1) as bytes, the answer last: a class's number or, without classes, a
    height, which is scaled like the rest. plane: the two columns of the map, the others at their
    means; told: the class whose probability the map shows. cut: the first so many rows train and
    the others test, as where time decides; 0 draws them by the seed.
    """

    dataset: str = FILE
    columns: tuple[str, ...] = ()
    answer: str = ""
    classes: tuple[str, ...] = ()
    rows: bytes = b""
    plane: tuple[int, int] = (0, 1)
    told: int = 1
    cut: int = 0

    @property
    def task(self) -> str:
        return "classification" if self.classes else "regression"

    @property
    def about(self) -> dict[str, Any]:
        centre, spread = self.scaling
        known: dict[str, Any] = {
            "dataset": self.answer,
            "features": self.columns,
            "domain": REACH,
            "plane": self.plane,
            "told": self.told,
            "scaling": {"mean": centre.tolist(), "deviation": spread.tolist()},
        }
        return known | ({"classes": self.classes} if self.classes else {})

    @property
    def input_shape(self) -> Shape:
        return (len(self.columns),)

    @property
    def table(self) -> Array:
        """(n, D + 1), the answer last."""
        return np.frombuffer(self.rows).reshape(-1, len(self.columns) + 1)

    @property
    def fixed(self) -> int:
        """How many of the first rows train, whatever the seed; 0 where it draws them."""
        return self.cut

    def unscaled(self) -> Split:
        """Train and test rows as the file has them."""
        x, y = self.table[:, :-1], self.table[:, -1]
        if self.cut:
            return Split(x[: self.cut], y[: self.cut], x[self.cut :], y[self.cut :])
        if self.classes:
            return evenly(x, y, self.train_share, self.seed)
        order = np.random.default_rng(self.seed).permutation(len(x))
        return parted(x[order], y[order], self.train_share)

    @property
    def scaling(self) -> tuple[Array, Array]:
        """Means and deviations (D + 1,) of the train rows; 0 and 1 for a class, which has none."""
        train = self.unscaled()
        # In one order of memory, so that a file opened again adds up in the same order.
        all_columns = np.ascontiguousarray(np.column_stack([train.train_x, train.train_y]))
        centre, spread = all_columns.mean(axis=0), all_columns.std(axis=0)
        spread[spread == 0] = 1.0
        if self.classes:
            centre[-1], spread[-1] = 0.0, 1.0
        return centre, spread

    def data(self) -> Split:
        centre, spread = self.scaling
        train_x, train_y, test_x, test_y = self.unscaled()
        return Split(
            (train_x - centre[:-1]) / spread[:-1],
            (train_y - centre[-1]) / spread[-1],
            (test_x - centre[:-1]) / spread[:-1],
            (test_y - centre[-1]) / spread[-1],
        )

    def inputs(self, x: Array) -> Array:
        return x.astype(np.float32)

    def shown(self, data: Split) -> dict[str, Array]:
        """Where the rows lie on the map: their two columns, and whether they are of the class."""
        found: dict[str, Array] = {}
        for name, x, y in (
            ("train", data.train_x, data.train_y),
            ("test", data.test_x, data.test_y),
        ):
            found[f"{name}_x"] = np.clip(x[:, self.plane], *REACH).astype(np.float32)
            found[f"{name}_y"] = (y == self.told if self.classes else y).astype(np.float32)
        return found

    @property
    def output(self) -> Dense:
        if len(self.classes) > 2:
            units = len(self.classes)
            return Dense(units, activation="softmax", kernel_regularizer=self.regularizer)
        return super().output

    def check(self) -> None:
        if not 2 <= len(self.columns) <= MOST_COLUMNS:
            raise ValueError(f"The lab reads 2 to {MOST_COLUMNS} columns of numbers.")
        rows, classes = len(self.table), len(self.classes)
        if rows < FEWEST_ROWS:
            raise ValueError(f"The file has {rows} whole rows; {FEWEST_ROWS} are needed.")
        if classes == 1 or classes > MOST_CLASSES:
            raise ValueError(f"The answer has {classes} classes; 2 to {MOST_CLASSES} fit.")
        if self.loss not in losses_of(classes):
            raise ValueError(f"{self.answer} does not go with the loss {self.loss}.")


def losses_of(classes: int) -> list[str]:
    """The losses that fit so many classes, or with none a height; the usual one first."""
    if not classes:
        return ["mse"]
    if classes == 2:
        return ["binary_crossentropy", "mse", "categorical_crossentropy"]
    return ["categorical_crossentropy", "sparse_categorical_crossentropy"]
