"""Slow motion: one update walked through an operation at a time, with the engine's own numbers.

The forward and backward passes are those of one sample; then come the gradient of the whole batch
(the mean of its samples' gradients, and the penalty) and the optimizer's rule.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.code import line
from nn_core.live.values import seen, shown
from nn_core.network import Sequential
from nn_core.trace import Operation, Trace, record

MEAN = Operation(
    "backward",
    None,
    "g",
    "g = mean over the batch of each sample's gradient (+ penalty)",
    r"g = \frac{1}{N} \sum_n g_n",
    (),
    "update/g",
    "g = np.mean(sample_gradients, axis=0)",
)


@dataclass
class Walk:
    """A batch about to be trained, the trace of one sample and of the batch, and where we are."""

    batch: Array
    shown: tuple[str, int]
    sample: Trace
    whole: Trace
    operations: tuple[Operation, ...]
    at: int = 0

    @classmethod
    def begin(
        cls,
        model: Sequential,
        sets: dict[str, tuple[Array, Array]],
        batch: Array,
        shown: tuple[str, int],
    ) -> "Walk":
        """sets: x: (n, ...), y: (n, ...) by name; batch: row numbers of "train"; shown: a sample's
        set and number."""
        x, y = sets["train"]
        whole = record(model, x[batch], y[batch])
        own_x, own_y = sets[shown[0]]
        one = record(model, own_x[shown[1] : shown[1] + 1], own_y[shown[1] : shown[1] + 1])
        passes = [op for op in one.operations if op.phase != "update"]
        update = [op for op in whole.operations if op.phase == "update"]
        return cls(batch, shown, one, whole, (*passes, MEAN, *update))

    @property
    def operation(self) -> Operation:
        return self.operations[self.at]

    @property
    def ended(self) -> bool:
        """Whether the last operation is shown; the update is then to be carried out."""
        return self.at == len(self.operations) - 1

    def go_on(self, model: Sequential) -> None:
        """To the next operation."""
        self.at += 1

    @property
    def partial(self) -> Array | None:
        """The batch's gradient (P,), once it is computed."""
        return self.whole["update/g"] if "update/g" in self.known() else None

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
            "code": line(op, trace.shape),
        }

    def known(self) -> set[str]:
        """Names of the values that have been computed up to here."""
        return {op.output for op in self.operations[: self.at + 1]}

    def values(self, model: Sequential) -> dict[str, Array]:
        """What the stage may show of the sample: arrays by name, and its flat gradient (P,).

        Parts of the gradient that are not computed yet are NaN.
        """
        known = self.known()
        found: dict[str, Array] = {}
        for layer, above in zip(model.layers, [*model.layers[1:], None]):
            dy = f"{layer.name}/d{layer.output_name}"
            if above and f"{above.name}/dx" in known:
                found[dy] = self.sample[f"{above.name}/dx"][0]
        first, weights = model.layers[0].name, model.named_weights
        gradients = {key.replace("/", "/d") for key in weights}
        for name in known - gradients:
            layer, _, part = name.partition("/")
            if part and layer != "update" and shown(part) and (part != "dx" or layer == first):
                found |= seen(name, self.sample[name])
        parts = [
            self.sample[d] if d in known else np.full_like(w, np.nan)
            for key, w in weights.items()
            if (d := key.replace("/", "/d"))
        ]
        found["sample_gradient"] = np.concatenate([part.ravel() for part in parts])
        return found
