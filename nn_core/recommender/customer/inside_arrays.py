"""An array of a network on one customer, and its gradient, cut down to what is shown of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nn_core.layers import GRU, LSTM, Layer
from nn_core.trace import Trace

Places = NDArray[np.int64]
Values = NDArray[np.float32]

OVER_TIME: dict[type[Layer], tuple[str, ...]] = {
    GRU: ("z", "r", "h"),
    LSTM: ("i", "f", "o", "c", "h"),
}
"""What is shown of each purchase that is read: the gates, and the states behind them."""
GATES: dict[type[Layer], str] = {GRU: "zr", LSTM: "ifo"}
"""Those of them that lie between 0, shut, and 1, open."""
SUMS = {"dm": "zrg", "dz": "ifgo"}
"""Gradients of the sums that go into the gates, (N, T, gates, U), and the order of the gates."""


def cut(
    trace: Trace, layer: str, name: str, rows: Places, columns: Places
) -> tuple[Values, Values]:
    """The cells of an array and of its gradient; of an output, those of the one sample."""
    value, gradient = trace[f"{layer}/{name}"], gradient_of(trace, layer, name)
    if name not in ("kernel", "embeddings"):
        value, gradient = (np.atleast_2d(array[0]) for array in (value, gradient))
    at = np.ix_(rows, columns)
    return value[at], gradient[at]


def gradient_of(trace: Trace, layer: str, name: str) -> Values:
    """The array's own; of a gate, that of the sum that goes into it, (N, T, U)."""
    if f"{layer}/d{name}" in trace.values:
        return trace[f"{layer}/d{name}"]
    sums = next(
        sums for sums, gates in SUMS.items() if name in gates and f"{layer}/{sums}" in trace.values
    )
    return trace[f"{layer}/{sums}"][:, :, SUMS[sums].index(name)]
