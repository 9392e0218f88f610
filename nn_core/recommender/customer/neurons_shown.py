"""Which neurons of a network are drawn for a customer: a column has room for ten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nn_core.layers import Embedding, GaussianSampling
from nn_core.network import Sequential
from nn_core.recommender.customer.inside_arrays import Places, Values
from nn_core.trace import Trace

CELLS = 10
HITS = 5
"""At most so many places are kept for products of the last basket that are not on top anyway."""


@dataclass(frozen=True)
class Shown:
    """Of a column with so many units: which are shown, and their names (a product's number)."""

    units: int
    cells: Places
    names: list[str | int]


def shown(model: Sequential, trace: Trace) -> list[Shown]:
    """Of the input, then of each layer."""
    outputs = [outcome(trace, at, model) for at in range(len(model.layers))]
    columns = [read(model, trace)]
    for at, output in enumerate(outputs[:-1]):
        if isinstance(model.layers[at + 1], GaussianSampling):
            columns.append(halves(outputs[at + 1]))
        else:
            count = CELLS // 2 if isinstance(model.layers[at], GaussianSampling) else CELLS
            columns.append(numbered(len(output), most(np.abs(output), count)))
    return [*columns, ranked(outputs[-1], trace["y"][0])]


def outcome(trace: Trace, at: int, model: Sequential) -> Values:
    """(U,) what a layer puts out; in time after the last purchase."""
    layer = model.layers[at]
    found = trace[f"{layer.name}/{layer.output_name}"][0]
    return found if found.ndim == 1 else found[-1]


def read(model: Sequential, trace: Trace) -> Shown:
    """Products that say most, at the top the one that says most; in time the last ones, in turn."""
    x = trace["x"][0]
    there = np.flatnonzero(x)
    if isinstance(model.layers[0], Embedding):
        cells = there[-CELLS:]
        return Shown(len(x), cells, [int(x[step]) - 1 for step in cells])
    kernel = trace[f"{model.layers[0].name}/kernel"][there]
    says = np.abs(x[there]) * np.linalg.norm(kernel, axis=1)
    cells = there[np.argsort(-says, kind="stable")[:CELLS]]
    return Shown(len(x), cells, cells.tolist())


def ranked(output: Values, y: Values) -> Shown:
    """The products on top and those of the last basket, by their probability."""
    order = np.argsort(-output, kind="stable")
    hits = order[y[order] > 0][:HITS]
    best = order[~np.isin(order, hits)][: CELLS - len(hits)]
    cells = order[np.isin(order, [*hits, *best])]
    return Shown(len(output), cells, cells.tolist())


def halves(code: Values) -> Shown:
    """Before a draw: the means of those numbers that are drawn largest, and their variances."""
    cells = most(np.abs(code), CELLS // 2)
    names: list[str | int] = [f"{what} {n + 1}" for what in ("mean", "log-variance") for n in cells]
    return Shown(2 * len(code), np.concatenate([cells, cells + len(code)]), names)


def numbered(units: int, cells: Places) -> Shown:
    return Shown(units, cells, [f"unit {cell + 1}" for cell in cells])


def most(values: Values, count: int) -> Places:
    """The places of the largest values, in order."""
    return np.sort(np.argsort(-values, kind="stable")[:count])
