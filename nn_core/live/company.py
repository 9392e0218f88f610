"""Company: the batch in which a sample is shown, where what it does depends on the others.

BatchNormalization takes mean and variance over the batch, and Dropout draws one mask for all of it:
a sample alone would not be what training does. It is shown as a row of the next batch, whose
numbers are drawn with a copy of the generator: they are those of the update to come.
"""

from typing import Any, NamedTuple

import numpy as np

from nn_core.arrays import Array
from nn_core.live.samples import samples_depend
from nn_core.network import Sequential


class Company(NamedTuple):
    """x: (N, ...), y: (N, ...) of a batch; row: which of it is the shown sample.

    guest: whether it stands there in place of the first one, because it is not in that batch.
    """

    x: Array
    y: Array
    row: int
    guest: bool

    @property
    def header(self) -> dict[str, Any]:
        """What the stage says of it."""
        return {"rows": len(self.x), "row": self.row, "guest": self.guest}


def company(
    model: Sequential,
    sets: dict[str, tuple[Array, Array]],
    batch: Array,
    shown: tuple[str, int],
) -> Company | None:
    """The shown sample (its set and number) within the train rows `batch`.

    None where samples do not depend on each other: each is then shown alone.
    """
    if not samples_depend(model):
        return None
    x, y = sets["train"]
    row = row_of(batch, shown)
    if row is not None:
        return Company(x[batch], y[batch], row, False)
    own_x, own_y = sets[shown[0]]
    rows, targets = x[batch], y[batch]
    rows[0], targets[0] = own_x[shown[1]], own_y[shown[1]]
    return Company(rows, targets, 0, True)


def row_of(batch: Array, shown: tuple[str, int]) -> int | None:
    """Where in a batch a sample stands; None if it is not in it."""
    found = np.flatnonzero(batch == shown[1])
    return int(found[0]) if shown[0] == "train" and len(found) else None
