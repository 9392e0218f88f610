"""A trace: every intermediate of one forward pass, loss, backward pass and update, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array, Shape
from nn_core.head import LogitsHead
from nn_core.layers.base import Step
from nn_core.network import QUIET, Passes, Sequential

Phase = Literal["forward", "loss", "backward", "update"]


@dataclass(frozen=True)
class Operation:
    """One box of the passes: an equation, the names of what goes in, and of what comes out."""

    phase: Phase
    layer: str | None
    name: str
    equation: str
    latex: str
    inputs: tuple[str, ...]
    output: str


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
    values["loss"] = np.asarray(passes.loss)
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
        values[f"{model.layers[index].name}/dpenalty"] = price.gradient(
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


def forward_operations(model: Sequential) -> list[Operation]:
    """One operation for each line of each layer's forward pass, then the loss."""
    found: list[Operation] = []
    below = "x"
    for layer in model.layers:
        names = {"x": below}
        found += [operation("forward", layer.name, step, names) for step in layer.forward_steps()]
        below = f"{layer.name}/{layer.output_name}"
    last = model.layers[-1]
    names = {"y": "y", "loss": "loss", "a": f"{last.name}/{last.output_name}"}
    found.append(operation("loss", last.name, model.head.steps()[0], names))
    return found


def backward_operations(model: Sequential) -> list[Operation]:
    """The loss's gradient, then each layer from the last to the first."""
    last = model.layers[-1]
    start = model.head.steps()[1]
    output = f"{last.name}/{last.output_name}"
    names = {"y": "y", "a": output, "da": f"{last.name}/d{last.output_name}"}
    found = [operation("backward", last.name, start, names)]
    below = {b.name: f"{a.name}/{a.output_name}" for a, b in zip(model.layers, model.layers[1:])}
    above = {a.name: f"{b.name}/dx" for a, b in zip(model.layers, model.layers[1:])}
    priced = {(model.layers[index].name, name) for index, name, _ in model.penalties}
    for layer in reversed(model.layers):
        names = {"x": below.get(layer.name, "x")}
        if layer is not last:
            names[f"d{layer.output_name}"] = above[layer.name]
        for step in layer.backward_steps():
            if layer is last and step.output == start.output:
                continue
            if (layer.name, step.output[1:]) in priced:
                penalty = Step(
                    "dpenalty",
                    "dP = d penalty / dW",
                    r"\mathrm{d}P = \frac{\partial P}{\partial W}",
                    (step.output[1:],),
                )
                found.append(operation("backward", layer.name, penalty, names))
                step = step._replace(
                    equation=f"{step.equation} + dP",
                    latex=rf"{step.latex} + \mathrm{{d}}P",
                    inputs=(*step.inputs, "dpenalty"),
                )
            found.append(operation("backward", layer.name, step, names))
    return found


def update_operations(model: Sequential) -> list[Operation]:
    """The optimizer's rule, a line each, over the flat vector of all weights."""
    equations = model.optimizer.equations()
    return [
        Operation("update", None, name, equation, latex, ("update/g",), f"update/{name}")
        for name, equation, latex in equations
    ]


def operation(phase: Phase, layer: str, step: Step, names: Mapping[str, str]) -> Operation:
    """A layer's step with the names it has in the whole network."""

    def full(name: str) -> str:
        return names.get(name, f"{layer}/{name}")

    return Operation(
        phase,
        layer,
        step.output,
        step.equation,
        step.latex,
        tuple(full(name) for name in step.inputs),
        full(step.output),
    )
