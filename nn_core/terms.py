"""The terms of one weight's gradient: every place where it was used, with the numbers there."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nn_core.activations import ACTIVATIONS
from nn_core.arrays import Array
from nn_core.head import LogitsHead, head_for
from nn_core.layers import Layer
from nn_core.network import Passes, Sequential
from nn_core.terms_in_time import Factor, cell_of, unrolled

# Where a layer's output has more numbers than this, a term is a whole sample.
MOST_TERMS = 2_000


@dataclass(frozen=True)
class Term:
    """A place where the weight was used, and its share of the gradient.

    The product of the factors is the share; a single factor is a share that is not split.
    """

    sample: int
    place: tuple[int, ...]
    factors: tuple[Factor, ...]

    @property
    def product(self) -> float:
        return float(np.prod([factor.value for factor in self.factors]))


def terms_of(
    model: Sequential, passes: Passes, at: int, array: str, index: tuple[int, ...]
) -> Iterator[Term]:
    """The terms for one weight of layer `at`."""
    layer, cache = model.layers[at], passes.caches[at]
    reads = getattr(cache, "columns", cache.x) if hasattr(cache, "x") else None
    if layer.ends_in_activation and array in ("kernel", "bias") and reads is not None:
        return explicit(model, passes, at, array, index, reads)
    cell = cell_of(layer, cache, passes.parameters[at], array)
    if cell is not None:
        return (Term(n, (t,), tuple(factors)) for n, t, factors in unrolled(cell, index))
    return generic(model, passes, at, array, index)


def explicit(
    model: Sequential, passes: Passes, at: int, array: str, index: tuple[int, ...], reads: Array
) -> Iterator[Term]:
    """da * f'(z) * x for z = x W + b; where f is taken with the loss or mixes units, dz * x."""
    layer, cache, params = model.layers[at], passes.caches[at], passes.parameters[at]
    dz, da, name = params.kept["dz"], passes.upstream[at], layer.name
    f = getattr(layer, "activation", "linear")
    fused = at == len(model.layers) - 1 and isinstance(model.head, LogitsHead) and model.head.fused
    unit = index[-1]
    slopes = ACTIVATIONS.get(f).backward(np.ones_like(da), cache.z, cache.a)
    for place in np.ndindex(dz.shape[:-1]):
        here = (*place, unit)
        if fused or f == "softmax":
            factors = [Factor(labelled(f"{name}/dz", here), float(dz[here]))]
        else:
            factors = [
                Factor(labelled(f"{name}/d{layer.output_name}", here), float(da[here])),
                Factor(labelled(f"{f}'({name}/z", here) + ")", float(slopes[here])),
            ]
        if array == "kernel":
            source = "columns" if reads.ndim > len(place) + 1 else "x"
            spot = (*place, *index[:-1])
            factors.append(Factor(labelled(f"{name}/{source}", spot), float(reads[spot])))
        yield Term(place[0], place[1:], tuple(factors))


def generic(
    model: Sequential, passes: Passes, at: int, array: str, index: tuple[int, ...]
) -> Iterator[Term]:
    """What arrives at each of the layer's outputs times that output's own derivative.

    The derivative comes from the layer's backward pass for a gradient of 1 at that output alone. A
    layer with more outputs than MOST_TERMS gives one share a sample.
    """
    layer = as_it_runs(model, at)
    params, cache, dy = passes.parameters[at], passes.caches[at], passes.upstream[at].copy()

    def derivative(gradient: Array) -> float:
        layer.backward(params, gradient, cache)
        return float(params.gradients[array][index])

    # What a layer adds for its own penalty does not hang on the gradient from above.
    own = derivative(np.zeros_like(dy))
    if own:
        yield Term(0, (), (Factor(f"{layer.name}/penalty", own),))
    whole = dy.size > MOST_TERMS
    for place in np.ndindex(dy.shape[:1] if whole else dy.shape):
        only = np.zeros_like(dy)
        only[place] = dy[place] if whole else 1
        local = derivative(only) - own
        if whole:
            yield Term(place[0], (), (Factor(f"{layer.name}/share[{place[0]}]", local),))
        elif local and dy[place]:
            output = labelled(f"{layer.name}/{layer.output_name}", place)
            above = labelled(f"{layer.name}/d{layer.output_name}", place)
            factors = (Factor(above, float(dy[place])), Factor(f"d {output} / d w", local))
            yield Term(place[0], place[1:], factors)


def as_it_runs(model: Sequential, at: int) -> Layer:
    """Layer `at`; the last one without the activation that the loss has taken over."""
    layer = model.layers[at]
    if at < len(model.layers) - 1 or model.loss is None:
        return layer
    return head_for(model.loss, layer)[1]


def labelled(name: str, index: tuple[int, ...]) -> str:
    """name[i,j]."""
    return f"{name}[{','.join(map(str, index))}]"
