"""Operations: the passes and the update as a list of equations, in the order of computing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nn_core.layers.base import Step
from nn_core.network import Sequential
from nn_core.regularizers import Regularizer

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
    # The line of NumPy that computes it (see Step), and what it calls each of the inputs.
    numpy: str = ""
    symbols: tuple[str, ...] = ()


def forward_operations(model: Sequential) -> list[Operation]:
    """One operation for each line of each layer's forward pass, then the loss."""
    found: list[Operation] = []
    below = "x"
    for layer in model.layers:
        names = {"x": below}
        found += [operation("forward", layer.name, step, names) for step in layer.forward_steps()]
        below = f"{layer.name}/{layer.output_name}"
    last = model.layers[-1]
    names = {"y": "y", "loss": "loss", "penalty": "penalty"}
    names["a"] = f"{last.name}/{last.output_name}"
    step = model.head.steps()[0]
    if model.penalties or any(layer.penalises for layer in model.layers):
        step = with_penalty(step, "penalty", "P", "P")
    found.append(operation("loss", last.name, step, names))
    return found


def with_penalty(step: Step, name: str, symbol: str, latex: str) -> Step:
    """A line to which a penalty of that name is added."""
    return step._replace(
        equation=f"{step.equation} + {symbol}",
        latex=f"{step.latex} + {latex}",
        inputs=(*step.inputs, name),
        numpy=f"{step.numpy} + {name}",
    )


def backward_operations(model: Sequential) -> list[Operation]:
    """The loss's gradient, then each layer from the last to the first."""
    last = model.layers[-1]
    start = model.head.steps()[1]
    output = f"{last.name}/{last.output_name}"
    names = {"y": "y", "a": output, "da": f"{last.name}/d{last.output_name}"}
    found = [operation("backward", last.name, start, names)]
    below = {b.name: f"{a.name}/{a.output_name}" for a, b in zip(model.layers, model.layers[1:])}
    above = {a.name: f"{b.name}/dx" for a, b in zip(model.layers, model.layers[1:])}
    priced = {(model.layers[index].name, name): price for index, name, price in model.penalties}
    for layer in reversed(model.layers):
        names = {"x": below.get(layer.name, "x")}
        if layer is not last:
            names[f"d{layer.output_name}"] = above[layer.name]
        for step in layer.backward_steps():
            if layer is last and step.output == start.output:
                continue
            price = priced.get((layer.name, step.output[1:]))
            if price is not None:
                penalty = penalty_step(step.output[1:], price)
                found.append(operation("backward", layer.name, penalty, names))
                step = with_penalty(step, penalty.output, "dP", r"\mathrm{d}P")
            found.append(operation("backward", layer.name, step, names))
    return found


def penalty_step(weight: str, price: Regularizer) -> Step:
    """The gradient of the price on one weight array."""
    output = f"dpenalty_{weight}"
    latex = r"\mathrm{d}P = \frac{\partial P}{\partial W}"
    line = f"{output} = {price.line(weight)}"
    return Step(output, "dP = d penalty / dW", latex, (weight,), line)


def update_operations(model: Sequential) -> list[Operation]:
    """The optimizer's rule, a line each, over the flat vector of all weights."""
    return [
        Operation(
            "update",
            None,
            line.output,
            line.equation,
            line.latex,
            ("update/g",),
            f"update/{line.output}",
            line.numpy,
            ("g",),
        )
        for line in model.optimizer.equations()
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
        step.numpy,
        step.inputs,
    )
