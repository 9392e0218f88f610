"""One step after the other within a budget; what a stopped worker had done is found again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from nn_core.recommender.metrics import Values

Say = Callable[[dict[str, Any]], None]


class CannotTellError(Exception):
    """A small study cannot be made; its text is the sentence that says why."""


@dataclass
class Steps:
    """budget: processor seconds, so that a busy machine leaves nothing out; total: steps expected,
    for the share that `say` hears. Each step is a fit and its judgement."""

    folder: Path
    budget: float
    total: int
    say: Say
    now: Callable[[], float] = time.process_time
    taken: int = 0
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.now()
        self.folder.mkdir(parents=True, exist_ok=True)

    def values(self, name: str, made: Callable[[], Values]) -> Values:
        """What `made` returns, or returned to an earlier worker. CannotTellError when the budget
        is spent."""
        self.taken += 1
        self.say({"done": min(1.0, (self.taken - 1) / self.total), "insight": name})
        file = self.folder / f"{name}.npy"
        if file.exists():
            return np.load(file, allow_pickle=False)
        if self.now() - self.begun > self.budget:
            raise CannotTellError(
                f"Left out: the {self.budget:g} seconds for these small studies were over."
            )
        found = made()
        unfinished = file.with_suffix(".part.npy")
        np.save(unfinished, found, allow_pickle=False)
        unfinished.replace(file)
        return found
