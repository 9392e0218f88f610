"""The products of a recurrent weight's gradient: one for every sample and time step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.layers import GRU, LSTM, Bidirectional, Layer, SimpleRNN
from nn_core.layers.bidirectional import SIDES
from nn_core.layers.parameters import Parameters


@dataclass(frozen=True)
class Factor:
    """A number in a product, by name ("dense_1/x[3,0]")."""

    name: str
    value: float


@dataclass(frozen=True)
class Cell:
    """A recurrent layer that holds the weight, and how a trace calls its values.

    prefix: "lstm_1/", or of one inside a Bidirectional "bidirectional_1/forward_". array: the
    weight's own name, "kernel", "recurrent_kernel" or "bias".
    """

    layer: SimpleRNN | LSTM | GRU
    cache: Any
    kept: dict[str, Array]
    prefix: str
    array: str
    x: str


def cell_of(layer: Layer, cache: Any, params: Parameters, array: str) -> Cell | None:
    """The cell that uses this weight; None if the layer is not recurrent."""
    prefix, x = f"{layer.name}/", f"{layer.name}/x"
    if isinstance(layer, Bidirectional):
        side, _, array = array.partition("_")
        prefix, cache, params = f"{prefix}{side}_", getattr(cache, side), params.part(side)
        layer = layer.both[SIDES.index(side)]
    if isinstance(layer, SimpleRNN | LSTM | GRU):
        return Cell(layer, cache, params.kept, prefix, array, x)
    return None


def unrolled(cell: Cell, index: tuple[int, ...]) -> Iterator[tuple[int, int, list[Factor]]]:
    """(sample, time step, factors): dz_t * x_t, dz_t * h_(t-1), or dz_t.

    Time counts in the order of reading. A GRU that resets h before its product has r_t as a third
    factor in the columns of g.
    """
    layer, cache, name = cell.layer, cell.cache, arrived(cell, index)
    # (N, T, U), or of a layer with gates (N, T, G, U)
    dz = cell.kept[name]
    column = divmod(index[-1], dz.shape[-1]) if dz.ndim == 4 else (index[-1],)
    resets = isinstance(layer, GRU) and not layer.reset_after and column[0] == 2

    def factor(name: str, values: Array, *spot: int) -> Factor:
        place = ",".join(map(str, spot))
        full = cell.x if name == "x" else f"{cell.prefix}{name}"
        return Factor(f"{full}[{place}]", float(values[spot]))

    for n, t in np.ndindex(dz.shape[:2]):
        factors = [factor(name, dz, n, t, *column)]
        if cell.array == "kernel":
            read = dz.shape[1] - 1 - t if layer.go_backwards else t
            factors.append(factor("x", cache.x, n, read, index[0]))
        elif cell.array == "recurrent_kernel":
            if resets:
                factors.append(factor("r", cache.r, n, t, index[0]))
            if t:
                factors.append(factor("h", cache.h, n, t - 1, index[0]))
            else:
                factors.append(factor("h_0", cache.h_0, n, index[0]))
        yield n, t, factors


def arrived(cell: Cell, index: tuple[int, ...]) -> str:
    """What came back to where the weight was used: dz; in a GRU dm to x W, and dq to h R."""
    if not isinstance(cell.layer, GRU):
        return "dz"
    # Reset after the product, R has a bias of its own: the second row.
    of_h = cell.array == "recurrent_kernel" or (cell.array == "bias" and index[0] == 1)
    return "dq" if cell.layer.reset_after and of_h else "dm"
