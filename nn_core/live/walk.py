"""Slow motion: one update walked through an operation at a time, with the engine's own numbers.

The forward and backward passes are those of one sample; then come the gradient of the whole batch
(the mean of its samples' gradients, and the penalty) and the optimizer's rule.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.network import Sequential
from nn_core.trace import Operation, Trace, record

MEAN = Operation(
    "backward",
    None,
    "gradient",
    "g = mean over the batch of each sample's gradient (+ penalty)",
    r"g = \frac{1}{N} \sum_n g_n",
    (),
    "update/g",
)


@dataclass
class Walk:
    """A batch about to be trained, the trace of one sample and of the batch, and where we are."""

    batch: Array
    sample: Trace
    whole: Trace
    operations: tuple[Operation, ...]
    at: int = 0

    @classmethod
    def begin(
        cls, model: Sequential, x: Array, y: Array, batch: Array, sample: tuple[Array, Array]
    ) -> "Walk":
        """x: (n, D), y: (n, U) of which batch holds the row numbers; sample: (1, D) and (1, U)."""
        whole = record(model, x[batch], y[batch])
        one = record(model, *sample)
        passes = [op for op in one.operations if op.phase != "update"]
        update = [op for op in whole.operations if op.phase == "update"]
        return cls(batch, one, whole, (*passes, MEAN, *update))

    @property
    def operation(self) -> Operation:
        return self.operations[self.at]

    @property
    def ended(self) -> bool:
        """Whether the last operation is shown; the update is then to be carried out."""
        return self.at == len(self.operations) - 1

    @property
    def updates(self) -> bool:
        return self.operation.phase == "update"

    def header(self) -> dict[str, Any]:
        """The operation as the stage shows it."""
        op = self.operation
        trace = self.sample if op.phase != "update" and op is not MEAN else self.whole
        return {
            "index": self.at + 1,
            "count": len(self.operations),
            "phase": op.phase,
            "layer": op.layer,
            "name": op.name,
            "equation": op.equation,
            "latex": op.latex,
            "inputs": [{"name": name, "shape": trace.shape(name)} for name in op.inputs],
            "outputs": [{"name": op.output, "shape": trace.shape(op.output)}],
        }

    def known(self) -> set[str]:
        """Names of the values that have been computed up to here."""
        return {op.output for op in self.operations[: self.at + 1]}

    def values(self, model: Sequential) -> dict[str, Array]:
        """What the stage may show of the sample: (U,) arrays by name, and its flat gradient (P,).

        Parts of the gradient that are not computed yet are NaN.
        """
        known = self.known()
        found: dict[str, Array] = {}
        layers = model.layers
        for index, layer in enumerate(layers):
            above = f"{layers[index + 1].name}/dx" if index + 1 < len(layers) else ""
            for name in ("z", "a", "dz", "da"):
                full = f"{layer.name}/{name}"
                if full in known or (name == "da" and above in known):
                    found[full] = self.sample[full][0]
        parts = [
            self.sample[d] if d in known else np.full_like(w, np.nan)
            for key, w in model.named_weights.items()
            if (d := key.replace("/", "/d"))
        ]
        found["sample_gradient"] = np.concatenate([part.ravel() for part in parts])
        return found
