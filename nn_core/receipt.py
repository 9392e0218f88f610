"""A receipt: the gradient of one weight as a sum of products that can be checked by hand.

Every term is one place where the weight was used (a sample, and a position or time step where
there are several): the gradient that arrives there from the loss times how much the weight moves
what leaves there. The sum stands beside a finite difference of the whole loss.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nn_core.differences import finite_difference
from nn_core.network import QUIET, Sequential
from nn_core.operations import Operation, backward_operations
from nn_core.terms import Term, terms_of
from nn_core.weight_names import locate, split


@dataclass(frozen=True)
class Receipt:
    """The gradient of one weight, told in terms.

    chain: the operations by which the gradient came from the loss to this weight, in their order.
    penalty: what regularisers add. total: the terms and the penalty. gradient: the engine's own.
    numeric: (loss(w + step) - loss(w - step)) / 2 step; error: its distance from the total.
    """

    weight: str
    value: float
    chain: tuple[Operation, ...]
    terms: tuple[Term, ...]
    penalty: float
    total: float
    gradient: float
    numeric: float
    step: float
    error: float


def receipt(model: Sequential, x: npt.ArrayLike, y: npt.ArrayLike, weight: str) -> Receipt:
    """weight: "dense_1/kernel[0,2]". x: (N, ...), y: (N, ...). Changes nothing.

    Raises ValueError on a weight that is not there.
    """
    name, index = split(model, weight)
    layer_name, array = name.rsplit("/", 1)
    at = next(i for i, layer in enumerate(model.layers) if layer.name == layer_name)
    passes = model.passes(x, y)
    gradient = float(passes.gradient[locate(model, weight)])
    penalty = float(
        sum(
            price.gradient(model.named_weights[name])[index]
            for i, own, price in model.penalties
            if (i, own) == (at, array)
        )
    )
    with np.errstate(**QUIET):
        terms = tuple(terms_of(model, passes, at, array, index))
    total = float(sum(term.product for term in terms)) + penalty
    numeric, step = finite_difference(model, x, y, weight)
    return Receipt(
        weight,
        float(model.named_weights[name][index]),
        chain_to(model, f"{layer_name}/d{array}"),
        terms,
        penalty,
        total,
        gradient,
        numeric,
        step,
        abs(total - numeric),
    )


def chain_to(model: Sequential, gradient: str) -> tuple[Operation, ...]:
    """The operations backward from the loss that `gradient` rests on."""
    found: list[Operation] = []
    wanted = {gradient}
    for operation in reversed(backward_operations(model)):
        if operation.output in wanted:
            wanted |= set(operation.inputs)
            found.insert(0, operation)
    return tuple(found)
