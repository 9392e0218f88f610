"""Every update of a run: its batch's loss, in bounded memory."""

from typing import NamedTuple

import numpy as np

from nn_core.arrays import Array

# A run keeps so many updates; when there are more, every second one goes.
MOST = 50_000
FIRST = 1_000


class Known(NamedTuple):
    """Of every `every`-th update: losses (k,) of its batch, epochs (k,) that had ended with it."""

    every: int
    losses: Array
    epochs: Array


class Updates:
    """The updates in their order. Going back and training again writes the same numbers anew."""

    def __init__(self, most: int = MOST) -> None:
        self.every, self._most, self._count = 1, most, 0
        self._losses = np.full(min(FIRST, most), np.nan)
        self._epochs = np.zeros(len(self._losses), np.int32)

    def add(self, step: int, loss: float, epoch: int) -> None:
        """loss: of the batch that update number `step` was made with; epoch: how many ended.

        A copy of a run that begins in its middle does not know the updates before: they are NaN.
        """
        while step // self.every > len(self._losses):
            self._make_room()
        if step % self.every:
            return
        at = step // self.every - 1
        self._losses[at], self._epochs[at] = loss, epoch
        self._count = max(self._count, at + 1)

    def _make_room(self) -> None:
        """Twice the room, or at its end every second update. Arrays once handed out stay whole."""
        size = len(self._losses)
        if size < self._most:
            larger = min(2 * size, self._most)
            self._losses = np.append(self._losses, np.full(larger - size, np.nan))
            self._epochs = np.append(self._epochs, np.zeros(larger - size, np.int32))
            return
        self.every *= 2
        self._count //= 2
        for name in ("_losses", "_epochs"):
            old = getattr(self, name)
            fresh = np.full_like(old, np.nan if old.dtype.kind == "f" else 0)
            fresh[: self._count] = old[1::2][: self._count]
            setattr(self, name, fresh)

    def cut(self, step: int) -> None:
        """Forgets what came after a step: it will not come again."""
        self._count = min(self._count, step // self.every)

    @property
    def known(self) -> Known:
        """All of it, without a copy."""
        return Known(self.every, self._losses[: self._count], self._epochs[: self._count])
