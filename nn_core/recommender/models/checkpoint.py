"""What a network's training needs to go on after a stop, written after every epoch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = list[NDArray[Any]]


@dataclass(frozen=True)
class Checkpoint:
    """How far a training has come.

    state: the variables of model and optimizer; losses, ndcgs: of the epochs so far (ndcgs may be
    empty); best: the weights after `best_epoch` epochs, those to keep if it ended now.
    """

    state: Values
    best: Values
    losses: tuple[float, ...] = ()
    ndcgs: tuple[float, ...] = ()
    best_epoch: int = 0

    @property
    def stale(self) -> int:
        """Epochs since the best one."""
        return len(self.losses) - self.best_epoch

    def after(
        self, state: Values, weights: Values, loss: float, ndcg: float | None, choose: bool
    ) -> Checkpoint:
        """With one epoch more. Without a choice, or anything to choose by, the last is the best."""
        losses = (*self.losses, loss)
        ndcgs = self.ndcgs if ndcg is None else (*self.ndcgs, ndcg)
        if choose and ndcg is not None and ndcg <= max(self.ndcgs, default=-1.0):
            return Checkpoint(state, self.best, losses, ndcgs, self.best_epoch)
        return Checkpoint(state, weights, losses, ndcgs, len(losses))

    def write(self, path: Path | None) -> None:
        """To a new file that then takes the old one's place: a stop never leaves half of one."""
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {f"state_{n}": value for n, value in enumerate(self.state)}
        arrays |= {f"best_{n}": value for n, value in enumerate(self.best)}
        arrays |= {"losses": self.losses, "ndcgs": self.ndcgs, "best_epoch": self.best_epoch}
        temporary = path.with_name("unfinished.npz")
        np.savez(temporary, **arrays)
        os.replace(temporary, path)

    @classmethod
    def read(cls, path: Path | None) -> Checkpoint | None:
        if path is None or not path.exists():
            return None
        with np.load(path, allow_pickle=False) as saved:
            return cls(
                state=numbered(saved, "state"),
                best=numbered(saved, "best"),
                losses=tuple(saved["losses"].tolist()),
                ndcgs=tuple(saved["ndcgs"].tolist()),
                best_epoch=int(saved["best_epoch"]),
            )


def numbered(saved: Any, name: str) -> Values:
    """name_0, name_1, ... of a file, in order."""
    count = sum(key.startswith(f"{name}_") and key[-1].isdigit() for key in saved.files)
    return [saved[f"{name}_{n}"] for n in range(count)]
