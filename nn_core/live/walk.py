"""Slow motion: one update walked through an operation at a time, with the engine's own numbers.

The forward and backward passes are those of one sample; then come the gradient of the whole batch
(the mean of its samples' gradients, and the penalty) and the optimizer's rule.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.code import line
from nn_core.live.company import row_of
from nn_core.live.samples import samples_depend
from nn_core.live.values import look, shared, shown
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
# Where samples depend on each other, the backward pass is the whole batch's from the start.
GATHERED = Operation(
    "backward",
    None,
    "g",
    "g = all weights' gradients in one vector, of the batch that was passed back",
    r"g = (\mathrm{d}W_1, \mathrm{d}b_1, \ldots)",
    (),
    "update/g",
    "g = np.concatenate([dw.ravel() for dw in gradients])",
)


@dataclass
class Walk:
    """A batch about to be trained, the trace of one sample and of the batch, and where we are.

    Where samples depend on each other both traces are the batch's, and the sample is a row of it.
    """

    batch: Array
    shown: tuple[str, int]
    sample: Trace
    whole: Trace
    operations: tuple[Operation, ...]
    weights: tuple[str, ...]
    at: int = 0
    row: int | None = None

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
        weights = tuple(model.named_weights)
        whole = record(model, x[batch], y[batch])
        if samples_depend(model):
            row = row_of(batch, shown) or 0
            operations = list(whole.operations)
            at = next(i for i, op in enumerate(operations) if op.phase == "update")
            operations.insert(at, GATHERED)
            shown = "train", int(batch[row])
            return cls(batch, shown, whole, whole, tuple(operations), weights, row=row)
        own_x, own_y = sets[shown[0]]
        one = record(model, own_x[shown[1] : shown[1] + 1], own_y[shown[1] : shown[1] + 1])
        passes = [op for op in one.operations if op.phase != "update"]
        update = [op for op in whole.operations if op.phase == "update"]
        return cls(batch, shown, one, whole, (*passes, MEAN, *update), weights)

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
        known = self.known()
        if "update/g" in known:
            return self.whole["update/g"]
        return None if self.row is None or self.operation.phase != "backward" else self._parts()

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
        known, row = self.known(), self.row or 0
        common = frozenset[str]() if self.row is None else shared(model)
        found: dict[str, Array] = {}
        for layer, above in zip(model.layers, [*model.layers[1:], None]):
            dy = f"{layer.name}/d{layer.output_name}"
            if above and f"{above.name}/dx" in known:
                found[dy] = self.sample[f"{above.name}/dx"][row]
        first = model.layers[0].name
        gradients = {key.replace("/", "/d") for key in self.weights}
        for name in known - gradients:
            layer, _, part = name.partition("/")
            if part and layer != "update" and shown(part) and (part != "dx" or layer == first):
                array = self.sample[name]
                look(found, name, array if name in common else array[row])
        if self.row is None:
            found["sample_gradient"] = self._parts()
        return found

    def _parts(self) -> Array:
        """The flat gradient (P,) of the passes that are walked; NaN where it is not known yet."""
        known = self.known()
        parts = [
            self.sample[d] if d in known else np.full_like(self.sample[key], np.nan)
            for key in self.weights
            if (d := key.replace("/", "/d"))
        ]
        return np.concatenate([part.ravel() for part in parts] or [np.zeros(0, np.float32)])
