"""Sequences, and one recurrent layer before a Dense output."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.datasets import Split
from nn_core.layers import GRU, LSTM, Dense, Layer, SimpleRNN
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec, parted
from nn_core.sequences import TASKS, SequenceTask

CELLS = {"SimpleRNN": SimpleRNN, "LSTM": LSTM, "GRU": GRU}
MOST_UNITS, SHORTEST, LONGEST = 32, 5, 50


@dataclass(frozen=True)
class Sequences(Spec):
    """Which task, how long its sequences are, and the cell that reads them."""

    dataset: str = "remember"
    steps: int = 10
    samples: int = 600
    train_share: float = 0.7
    cell: str = "LSTM"
    units: int = 8
    loss: str = "categorical_crossentropy"

    scene: ClassVar[str] = "sequences"

    @property
    def asked(self) -> SequenceTask:
        """The task itself."""
        return TASKS.get(self.dataset)

    @property
    def task(self) -> str:
        return self.asked.task

    @property
    def about(self) -> dict[str, Any]:
        asked = self.asked
        return {"dataset": self.dataset, "features": asked.inputs, "classes": asked.classes}

    @property
    def start(self) -> Settings:
        return Settings((), 0.01, "adam", batch_size=32, speed=30)

    @property
    def input_shape(self) -> Shape:
        return (self.steps, len(self.asked.inputs))

    def data(self) -> Split:
        rng = np.random.default_rng(self.seed)
        x, y = self.asked.draw(self.samples, self.steps, rng)
        return parted(x.astype(np.float32), y, self.train_share)

    def shown(self, data: Split) -> dict[str, Array]:
        return {name: getattr(data, name).astype(np.float32) for name in ("train_y", "test_y")}

    def layers(self, activations: tuple[str, ...]) -> list[Layer]:
        output = Dense(1)
        if self.task == "classification":
            output = Dense(len(self.asked.classes), activation="softmax")
        return [CELLS[self.cell](self.units), output]

    def check(self) -> None:
        allowed = sequence_losses(self.dataset)
        if self.loss not in allowed:
            raise ValueError(f"{self.dataset} can be learnt with: {', '.join(allowed)}.")
        if not SHORTEST <= self.steps <= LONGEST or not 1 <= self.units <= MOST_UNITS:
            raise ValueError(
                f"The stage shows {SHORTEST} to {LONGEST} steps of 1 to {MOST_UNITS} units; "
                f"received {self.steps} and {self.units}."
            )
        if self.cell not in CELLS:
            raise ValueError(f"Unknown cell {self.cell!r}; expected one of: {', '.join(CELLS)}.")


def sequence_losses(dataset: str) -> list[str]:
    """The losses that fit a task, the usual one first."""
    if TASKS.get(dataset).task == "regression":
        return ["mse"]
    return ["categorical_crossentropy", "sparse_categorical_crossentropy", "mse"]
