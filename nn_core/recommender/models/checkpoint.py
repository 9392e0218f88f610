"""What a network's training needs to go on after a stop, written after every epoch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Checkpoint:
    """state: the variables of model and optimizer; losses, ndcgs: of the epochs so far."""

    state: list[NDArray[Any]]
    losses: list[float]
    ndcgs: list[float]

    def write(self, path: Path | None) -> None:
        """To a new file that then takes the old one's place: a stop never leaves half of one."""
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {f"state_{n}": value for n, value in enumerate(self.state)}
        temporary = path.with_name("unfinished.npz")
        np.savez(temporary, losses=self.losses, ndcgs=self.ndcgs, **arrays)
        os.replace(temporary, path)

    @classmethod
    def read(cls, path: Path | None) -> Checkpoint | None:
        if path is None or not path.exists():
            return None
        with np.load(path, allow_pickle=False) as saved:
            state = [saved[f"state_{n}"] for n in range(len(saved.files) - 2)]
            return cls(state, saved["losses"].tolist(), saved["ndcgs"].tolist())
