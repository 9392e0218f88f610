"""A trained network on one customer as the lab draws it: columns of neurons, edges between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nn_core.layers import Dense, Layer
from nn_core.recommender.customer.inside import Inside
from nn_core.recommender.customer.neurons_parts import (
    PARTS,
    Facts,
    Numbers,
    Spot,
    both,
    from_above,
    kernel,
)
from nn_core.recommender.customer.neurons_shown import Shown, shown


@dataclass(frozen=True)
class Column:
    """The input or a layer: `cells` of its `units`, by number, and what each is called.

    told: what its numbers are; values: {"a": one number a cell}; facts: numbers of the whole
    layer; weights, gradients: (R, C) of the kernel from the cells of the column before to these,
    where the layer is a product with a kernel.
    """

    layer: str
    kind: str
    activation: str
    units: int
    cells: list[int]
    names: list[str | int]
    told: str
    values: Numbers
    facts: Facts
    weights: list[list[float]]
    gradients: list[list[float]]


def neurons(found: Inside) -> list[Column]:
    """The input, then every layer."""
    model, trace = found.model, found.trace
    of = shown(model, trace)
    words = {sheet.layer: sheet.told for sheet in found.sheets}
    columns = [first(found, of)]
    for at, layer in enumerate(model.layers):
        above = of[at + 2].cells if at + 2 < len(of) else np.arange(0)
        spot = Spot(model, trace, at, of[at].cells, of[at + 1].cells, above)
        told = PARTS[type(layer)](spot)
        told = told if spot.last else both(told, from_above(spot))
        columns.append(column(spot, of[at + 1], words[layer.name], told))
    return columns


def column(spot: Spot, of: Shown, told: str, found: tuple[Numbers, Facts]) -> Column:
    """A layer's."""
    layer: Layer = spot.layer
    activation = layer.activation if isinstance(layer, Dense) else ""
    named = layer.name, type(layer).__name__, activation
    edges = kernel(spot, "kernel"), kernel(spot, "dkernel")
    return Column(*named, of.units, of.cells.tolist(), of.names, told, *found, *edges)


def first(inside: Inside, of: list[Shown]) -> Column:
    """The products that went in; where they are looked up by number, nothing flows back to it."""
    model, trace = inside.model, inside.trace
    x, cells, told = trace["x"][0], of[0].cells, "the number of the product in the table"
    found: tuple[Numbers, Facts] = {"x": x[cells].tolist()}, {"read": float(np.count_nonzero(x))}
    if isinstance(model.layers[0], Dense):
        # With one basket only, what went in is what was asked for.
        told = "bought" if inside.read == inside.wanted else "bought before the last basket"
        dx = trace[f"{model.layers[0].name}/dx"][0][cells].tolist()
        spot = Spot(model, trace, -1, cells, cells, of[1].cells)
        found = both(both(found, ({"dx": dx}, {})), from_above(spot))
    named = "input", "Input", "", of[0].units, cells.tolist(), of[0].names
    return Column(*named, told, *found, [], [])
