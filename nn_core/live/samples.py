"""Sample by sample: a batch's gradient adds up, one sample's after the other, to an update."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.layers import BatchNormalization, Layer
from nn_core.live.values import sample_values
from nn_core.network import Sequential


def samples_depend(model: Sequential) -> bool:
    """Whether what a sample does depends on its batch: its statistics, or numbers drawn for it."""
    return bool(depending(model))


def depending(model: Sequential) -> list[Layer]:
    """The layers that work on a batch and not on each sample alone: in training only."""
    return [own for own in model.layers if isinstance(own, BatchNormalization) or own.draws]


@dataclass
class Samples:
    """A batch about to be trained: how many of its samples have added their gradient so far."""

    batch: Array
    x: Array
    y: Array
    gradient: Array
    at: int = 0
    seen: dict[str, Array] = field(default_factory=dict[str, Array])

    @classmethod
    def begin(
        cls,
        model: Sequential,
        sets: dict[str, tuple[Array, Array]],
        batch: Array,
        shown: tuple[str, int],
    ) -> "Samples":
        """sets: x: (n, ...), y: (n, ...) by name; batch: row numbers of "train"."""
        x, y = sets["train"]
        walk = cls(batch, x[batch], y[batch], np.zeros_like(model.weights.vector))
        walk.look(model)
        return walk

    def look(self, model: Sequential) -> None:
        """Passes the sample whose turn it is, and adds its gradient to the batch's."""
        at = slice(self.at, self.at + 1)
        seen = sample_values(model, self.x[at], self.y[at])
        self.seen = {name: array.copy() for name, array in seen.items()}
        self.gradient = self.gradient + self.seen["sample_gradient"] / len(self.batch)

    def go_on(self, model: Sequential) -> None:
        """To the next sample; behind the last one stands the update."""
        self.at += 1
        if not self.ended:
            self.look(model)

    @property
    def ended(self) -> bool:
        """Whether all samples have added theirs; the update is then to be carried out."""
        return self.at == len(self.batch)

    @property
    def shown(self) -> tuple[str, int]:
        """The sample whose numbers are shown."""
        return "train", int(self.batch[min(self.at, len(self.batch) - 1)])

    def header(self) -> dict[str, Any]:
        """What happens, in the form of an operation."""
        shape, n = self.gradient.shape, len(self.batch)
        shapes = [("sample_gradient", shape), ("g", shape)]
        words = {
            "phase": "backward",
            "name": "sample",
            "equation": f"g = g + 1/{n} * (gradient of sample {self.at + 1} of {n})",
            "latex": rf"g \leftarrow g + \frac{{1}}{{{n}}} g_{{{self.at + 1}}}",
        }
        if self.ended:
            words = {
                "phase": "update",
                "name": "update",
                "equation": f"w = w - what the optimizer makes of g, the mean of {n} gradients",
                "latex": r"w \leftarrow w + \Delta(g)",
            }
        return {
            "index": self.at + 1,
            "count": n + 1,
            "layer": None,
            **words,
            "inputs": [{"name": "sample_gradient", "shape": shape}],
            "outputs": [{"name": "gradient", "shape": shape}],
            "code": None
            if self.ended
            else {"numpy": f"g = g + sample_gradient / {n}", "shapes": shapes},
        }

    def values(self, model: Sequential) -> dict[str, Array]:
        """The sample's numbers, as `sample_values` names them."""
        return self.seen

    @property
    def partial(self) -> Array | None:
        """The batch's gradient as far as it is gathered: (P,); after the update the engine's."""
        return None if self.ended else self.gradient
