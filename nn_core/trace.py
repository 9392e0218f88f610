"""A trace: every intermediate of one forward pass, loss, backward pass and update, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array, Shape
from nn_core.head import LogitsHead
from nn_core.network import QUIET, Passes, Sequential
from nn_core.operations import (
    Operation,
    backward_operations,
    forward_operations,
    update_operations,
)


@dataclass(frozen=True)
class Trace:
    """operations in the order of computing, and every value they name ("dense_1/z", "loss")."""

    operations: tuple[Operation, ...]
    values: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.values[name]

    def shape(self, name: str) -> Shape:
        """The shape of a value; a single number has the shape ()."""
        return self.values[name].shape


def record(model: Sequential, x: npt.ArrayLike, y: npt.ArrayLike) -> Trace:
    """Records what one `train_on_batch` would compute. x: (N, ...), y: (N, ...). Changes nothing.

    Every value is the engine's own: forward intermediates are the layers' caches. `update/w` and
    the optimizer's slots are those after the step, (P,) vectors in the order of the weights, and
    "dense_1/kernel.update" is what the step adds to that array.
    """
    passes = model.passes(x, y)
    values: dict[str, Array] = {"x": model.input(x), "y": model.target(y, len(passes.a))}
    values |= forward_values(model, passes) | backward_values(model, passes)
    values |= {"loss": np.asarray(passes.loss), "penalty": np.asarray(passes.penalty)}
    operations = [*forward_operations(model), *backward_operations(model)]
    values |= update_values(model, passes.gradient)
    operations += update_operations(model)
    return Trace(tuple(operations), values)


def forward_values(model: Sequential, passes: Passes) -> dict[str, Array]:
    """Weights and caches: "dense_1/kernel", "dense_1/z", ..."""
    values = {name: array.copy() for name, array in model.named_weights.items()}
    for layer, cache in zip(model.layers, passes.caches):
        values |= {f"{layer.name}/{name}": array for name, array in named_arrays(cache).items()}
    last = model.layers[-1]
    values[f"{last.name}/{last.output_name}"] = passes.a
    return values


def named_arrays(cache: Any) -> dict[str, Array]:
    """A cache by name; one inside it (of a layer inside a layer) by both names: forward_h."""
    found: dict[str, Array] = {}
    for name, value in cache._asdict().items():
        if isinstance(value, np.ndarray):
            found[name] = value
        else:
            found |= {f"{name}_{inner}": array for inner, array in named_arrays(value).items()}
    return found


def backward_values(model: Sequential, passes: Passes) -> dict[str, Array]:
    """Gradients: what came from above, kept intermediates, and each weight's: "dense_1/dkernel"."""
    values: dict[str, Array] = {}
    below = [passes.dx, *passes.upstream[:-1]]
    for layer, params, dy, dx in zip(model.layers, passes.parameters, passes.upstream, below):
        own = {f"d{layer.output_name}": dy} | params.kept | {"dx": dx}
        own |= {f"d{name}": array for name, array in params.gradients.items()}
        values |= {f"{layer.name}/{name}": array for name, array in own.items()}
    last = model.layers[-1]
    if isinstance(model.head, LogitsHead) and model.head.fused:
        # Loss and activation were differentiated as one: there is no gradient between them.
        del values[f"{last.name}/d{last.output_name}"]
    for index, name, price in model.penalties:
        values[f"{model.layers[index].name}/dpenalty_{name}"] = price.gradient(
            model.weights.own[index][name]
        )
    return values


def update_values(model: Sequential, gradient: Array) -> dict[str, Array]:
    """The weights and slots as the optimizer would leave them, computed on copies."""
    before = model.weights.vector
    w = before.copy()
    slots = {name: slot.copy() for name, slot in model.slots.items()}
    rule, step, decayed = model.optimizer, model.iterations + 1, before.copy()
    with np.errstate(**QUIET):
        clipped = rule.clip(gradient, model.room).copy()
        rule.decay(decayed, rule.rate(step), model.room)
        rule.update(w, gradient, slots, step, model.room)
        change = w - before
    values = {"update/g": gradient, "update/w": w}
    values |= {"update/clipped": clipped, "update/decayed": decayed}
    values |= {f"update/{name}": slot for name, slot in slots.items()}
    start = 0
    for name, array in model.named_weights.items():
        values[f"{name}.update"] = change[start : start + array.size].reshape(array.shape)
        start += array.size
    return values
