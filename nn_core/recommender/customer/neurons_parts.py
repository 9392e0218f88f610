"""The numbers by which a person can recompute a layer's neurons, for every type of layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from nn_core.layers import GRU, LSTM, Dense, Embedding, GaussianSampling, Layer
from nn_core.network import Sequential
from nn_core.recommender.customer.inside_arrays import Places, Values
from nn_core.trace import Trace

Numbers = dict[str, list[float]]
Facts = dict[str, float]
Told = tuple[Numbers, Facts]


@dataclass(frozen=True)
class Spot:
    """A layer of a traced network, with the cells shown of it, of what it reads, of its reader."""

    model: Sequential
    trace: Trace
    at: int
    below: Places
    cells: Places
    above: Places

    @property
    def layer(self) -> Layer:
        return self.model.layers[self.at]

    def whole(self, part: str, at: int | None = None, step: int = -1) -> Values:
        """(U,) of this layer or of another; in time at the step of the last purchase."""
        layer = self.model.layers[self.at if at is None else at]
        found = self.trace[f"{layer.name}/{part}"][0]
        return found if found.ndim == 1 else found[step]

    @property
    def last(self) -> bool:
        return self.at == len(self.model.layers) - 1

    def has(self, part: str) -> bool:
        return f"{self.layer.name}/{part}" in self.trace.values

    def some(self, *parts: str) -> Numbers:
        """Those of the parts that the layer has, of the shown cells."""
        return {part: self.whole(part)[self.cells].tolist() for part in parts if self.has(part)}


def both(one: Told, other: Told) -> Told:
    return one[0] | other[0], one[1] | other[1]


# What each type of layer says of its cells


def dense(spot: Spot) -> Told:
    """z = x W + b, a = f(z); `rest`: the terms of z from inputs that are not shown, added up."""
    x = spot.whole("x").astype(np.float64)
    others = unseen(len(x), spot.below)
    weights = spot.trace[f"{spot.layer.name}/kernel"][:, spot.cells].astype(np.float64)
    rest = x[others] @ weights[others]
    values = spot.some("z", "a", "da", "dz") | {"rest": rest.tolist()}
    if spot.has("bias"):
        bias = spot.trace[f"{spot.layer.name}/bias"][spot.cells]
        values |= {"bias": bias.tolist()}
    # Of the products that went in, those count which were bought.
    said = others & (x != 0) if not spot.at else others
    told = values, {"others": float(said.sum())}
    return both(told, ends(spot)) if spot.last else told


def ends(spot: Spot) -> Told:
    """Of the output: what should have come out, and the sums that softmax takes over all units;
    where the loss is the cross-entropy, each unit's part of it."""
    z, a = (spot.whole(part).astype(np.float64) for part in ("z", "a"))
    y = spot.trace["y"][0]
    values = {"y": y[spot.cells].tolist()}
    facts = {"sum of exp": float(np.exp(z).sum()), "wanted": float(np.count_nonzero(y))}
    if spot.has("da"):
        facts["sum of da·a"] = float(spot.whole("da").astype(np.float64) @ a)
    else:
        # loss = -sum y log(a)
        values["loss"] = (-y * np.log(np.maximum(a, 1e-300)))[spot.cells].tolist()
    return values, facts


def looked_up(spot: Spot) -> Told:
    """The numbers of the product bought last, and what the recurrent layer hands back to them."""
    row = float(spot.trace["x"][0][-1])
    return spot.some("y", "dy"), {"row": row}


def drawn(spot: Spot) -> Told:
    """y = mean + exp(log_variance / 2) noise."""
    return spot.some("y", "dy", "mean", "log_variance", "noise"), {}


def in_time(*parts: str, state: str) -> Callable[[Spot], Told]:
    """A recurrent layer after the last purchase, with the state that it had before it."""

    def found(spot: Spot) -> Told:
        states = spot.trace[f"{spot.layer.name}/{state}"][0]
        before = states[-2] if len(states) > 1 else spot.trace[f"{spot.layer.name}/{state}_0"][0]
        values = spot.some(*parts, "y", "dy") | {"before": before[spot.cells].tolist()}
        return values, {"steps": float(len(states))}

    return found


PARTS: dict[type[Layer], Callable[[Spot], Told]] = {
    Dense: dense,
    Embedding: looked_up,
    GaussianSampling: drawn,
    GRU: in_time("z", "g", state="h"),
    LSTM: in_time("i", "f", "g", "o", "c", "s", state="c"),
}


# What comes back to a layer from its reader


def from_above(spot: Spot) -> Told:
    """Of a Dense reader: the terms of da = sum w dz from units not shown, added up; of a sampling
    reader: the numbers by which it hands back."""
    reader = spot.model.layers[spot.at + 1]
    return ABOVE[type(reader)](spot) if type(reader) in ABOVE else ({}, {})


def summed(spot: Spot) -> Told:
    dz = spot.whole("dz", spot.at + 1).astype(np.float64)
    others = unseen(len(dz), spot.above)
    reader = spot.model.layers[spot.at + 1]
    weights = spot.trace[f"{reader.name}/kernel"][spot.cells].astype(np.float64)
    back = weights[:, others] @ dz[others]
    return {"rest back": back.tolist()}, {"others back": float(others.sum())}


def halved(spot: Spot) -> Told:
    """dmean = dy + price mean, dlog_variance = dy noise e^(log_variance / 2) / 2 + price / 2
    (e^log_variance - 1): the factors, those of a mean or of a log-variance for each cell."""
    reader = spot.model.layers[spot.at + 1]
    of = spot.cells % (spot.whole("a").size // 2)
    parts = {part: spot.whole(part, spot.at + 1)[of].tolist() for part in ("dy", "noise")}
    return parts, {"price": cast(GaussianSampling, reader).kl_weight}


ABOVE: dict[type[Layer], Callable[[Spot], Told]] = {
    Dense: summed,
    GaussianSampling: halved,
}


def unseen(size: int, cells: Places) -> NDArray[np.bool_]:
    """(size,) True where a cell is not among those shown."""
    return ~np.isin(np.arange(size), cells)


def kernel(spot: Spot, name: str) -> list[list[float]]:
    """(R, C) of a kernel or its gradient; nothing where the layer is no product with a kernel."""
    if not isinstance(spot.layer, Dense):
        return []
    cells = np.ix_(spot.below, spot.cells)
    return spot.trace[f"{spot.layer.name}/{name}"][cells].tolist()
