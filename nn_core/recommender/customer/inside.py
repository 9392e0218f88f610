"""A trained network on one customer: what every layer computes, and its real gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from nn_core.layers import GRU, LSTM, Embedding, Layer
from nn_core.network import Sequential
from nn_core.recommender.customer.inside_arrays import GATES, OVER_TIME, Places, Values, cut
from nn_core.recommender.customer.layer_words import told
from nn_core.recommender.histories import Histories
from nn_core.recommender.models.base import Fitted
from nn_core.recommender.models.blend import Blend
from nn_core.recommender.models.network import Network
from nn_core.recommender.models.parts import part
from nn_core.trace import Trace, record

UNITS, PRODUCTS, STEPS = 24, 12, 12
"""At most so many units, products and steps of time are shown, those with the largest values."""
Cells = tuple[Places, list[str | int]]
"""Which rows or columns are shown, and what they are called."""


@dataclass(frozen=True)
class Sheet:
    """value, gradient: (R, C) of `name` in the trace; told: what it is; middle: the value of no
    colour; rows and columns in words, or as a product's number where it is one."""

    layer: str
    name: str
    told: str
    rows: list[str | int]
    columns: list[str | int]
    value: Values
    gradient: Values
    middle: float = 0.0


@dataclass(frozen=True)
class Inside:
    """sheets from the input to the output; read, wanted: products that went in, and the target."""

    loss: float
    read: list[int]
    wanted: list[int]
    sheets: list[Sheet]
    model: Sequential
    trace: Trace


def networks(fitted: Fitted, task: str) -> list[Fitted]:
    """Those that answer this task: the model itself, or what a blend of several took up."""
    on = fitted.on(task)
    parts = [on]
    if isinstance(on.model, Blend):
        parts = [
            Fitted(model, part(f"part{place}", on.arrays))
            for place, model in enumerate(on.model.models())
            if on.arrays["weights_discover"][place]
        ]
    return [one for one in parts if isinstance(one.model, Network)]


def look_inside(fitted: Fitted, history: Histories) -> Inside | None:
    """history of one customer. None for a model that is no network, where it knows nothing of what
    was bought, and where its numbers broke down in training.

    The last basket is the target and what was bought before it the input; with one basket only the
    history is both.
    """
    if not isinstance(fitted.model, Network):
        return None
    network, products = fitted.model, history.products
    if "own" in fitted.arrays:
        products = len(fitted.arrays["own"]) - 1
    products = min(network.largest, products)
    # A basket of products that the network does not know would ask nothing of it.
    history = fitted.read(history)
    history = history.keep(history.product < products)
    if not history.product.size:
        return None
    known, wanted = known_and_wanted(history)
    model = network.stack(fitted.arrays, products)
    x = network.inputs(fitted.arrays, known)
    y = wanted.bought[:, :products].toarray()
    y /= max(y.sum(), 1)
    trace = record(model, x, y)
    if not np.isfinite(float(trace["loss"])):
        return None
    output: Values = trace[f"{model.layers[-1].name}/a"][0]
    shown = np.unique([*largest(output, PRODUCTS), *np.flatnonzero(y[0])[:PRODUCTS]])
    return Inside(
        float(trace["loss"]),
        np.unique(known.product).tolist(),
        np.flatnonzero(y[0]).tolist(),
        sheets(network.name, model, trace, x[0], shown[np.argsort(-output[shown])]),
        model,
        trace,
    )


def known_and_wanted(history: Histories) -> tuple[Histories, Histories]:
    """What was bought before the last basket, and that basket."""
    if history.basket is None or history.basket[0] == history.basket[-1]:
        return history, history
    last = history.basket == history.basket[-1]
    return history.keep(~last), history.keep(last)


def sheets(
    network: str, model: Sequential, trace: Trace, x: Values, products: Places
) -> list[Sheet]:
    """Weights and outputs of each layer, between the cells that are shown of each."""
    found: list[Sheet] = []

    def add(layer: Layer, name: str, rows: Cells, columns: Cells) -> None:
        words = told(network, model, layer, name)
        value, gradient = cut(trace, layer.name, name, rows[0], columns[0])
        middle = 0.5 if name in GATES.get(type(layer), "") else 0.0
        titles = rows[1], columns[1]
        found.append(Sheet(layer.name, name, words, *titles, value, gradient, middle))

    below: Cells = first_cells(model, x)
    for layer in model.layers:
        last = layer is model.layers[-1]
        out = np.atleast_2d(trace[f"{layer.name}/{layer.output_name}"][0])
        cells = products if last else np.sort(largest(np.abs(out).max(axis=0), UNITS))
        names = named(cells, last)
        above, titles = columns_of(layer, cells, names)
        own = "embeddings" if isinstance(layer, Embedding) else "kernel"
        if f"{layer.name}/{own}" in trace.values:
            add(layer, own, below, (above, titles))
        for shown in OVER_TIME.get(type(layer), ("z" if last else layer.output_name,)):
            steps = len(np.atleast_2d(trace[f"{layer.name}/{shown}"][0]))
            add(layer, shown, moments(model, x, steps), (cells, names))
        below = cells, names
    return found


def moments(model: Sequential, x: Values, steps: int) -> Cells:
    """The rows of an output: the last purchases that were read, by product; one row has no name."""
    if steps == 1 or not isinstance(model.layers[0], Embedding):
        return np.arange(steps), [""] * steps
    read = np.flatnonzero(x)[-STEPS:]
    return read, [int(x[step]) - 1 for step in read]


def first_cells(model: Sequential, x: Values) -> Cells:
    """Of the input: the products that say most, or those read last (0 is no product)."""
    if isinstance(model.layers[0], Embedding):
        cells = np.unique(x[-STEPS:].astype(np.int64))
        return cells, [int(cell) - 1 if cell else "nothing" for cell in cells]
    cells = np.sort(largest(x, PRODUCTS))
    return cells, named(cells, True)


def columns_of(layer: object, cells: Places, names: list[str | int]) -> Cells:
    """Which columns of a kernel lead to these cells: one each, or one for each gate."""
    gates = {GRU: "zrh", LSTM: "ifco"}.get(cast(type, type(layer)), "")
    if not gates:
        return cells, names
    units = cast(GRU, layer).units
    few = cells[: UNITS // len(gates)]
    columns = np.concatenate([few + place * units for place in range(len(gates))])
    return columns, [f"{gate} {cell + 1}" for gate in gates for cell in few]


def largest(values: Values, count: int) -> Places:
    """The places of the largest values, best first."""
    return np.argsort(-values, kind="stable")[:count]


def named(cells: Places, are_products: bool) -> list[str | int]:
    return [int(cell) if are_products else f"unit {cell + 1}" for cell in cells]
