"""Export: the network as a script that needs nothing but NumPy."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import IO, Any, cast

import numpy as np

from nn_core.arrays import Array
from nn_core.export import WEIGHTS_IN_SCRIPT, shortest
from nn_core.layers.base import Layer
from nn_core.layers.bidirectional import Bidirectional
from nn_core.names import snake
from nn_core.network import Sequential
from nn_core.plain import activations, layers, recurrent

HEADER = '''"""A network designed in Glassnet, as plain NumPy: predict(x) computes what it computes.

Needs numpy; y = predict(x) for x of the shape (N, {shape}).
"""

import math

import numpy as np
'''


def functions() -> dict[str, Callable[..., Any]]:
    """Every function a script may be made of, by name; those that others use come first."""
    found: dict[str, Callable[..., Any]] = {}
    for module in (activations, layers, recurrent):
        found |= own_functions(module)
    return found


def own_functions(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The functions that are written in this module, in their order."""
    return {
        name: member
        for name, member in vars(module).items()
        if inspect.isfunction(member) and member.__module__ == module.__name__
    }


def numpy_code(model: Sequential, weights_file: str = "weights.npz") -> str:
    """A script with `predict(x)`, and only the functions that this network needs.

    Up to 2,000 weights stand in the script; beyond, it reads `weights_file` from its own folder,
    which `save_numpy_weights` writes.
    """
    arrays = named_arrays(model)
    calls = [line for layer in model.layers for line in layer_lines(layer, arrays)]
    # A loss of logits leaves the activation to the layer, so that the layers are all there is.
    body = [f"    x = np.asarray(x, {model.dtype.name!r})", *calls, "    return x"]
    header = HEADER.format(shape=", ".join(map(str, model.input_shape)))
    parts = [
        header,
        weights_lines(arrays, weights_file),
        *sources("\n".join(calls)),
        "def predict(x):\n" + "\n".join(body) + "\n",
    ]
    return "\n\n".join(part.strip("\n") + "\n" for part in parts)


def save_numpy_weights(model: Sequential, path: Path | IO[bytes]) -> None:
    """Writes the arrays by name into an .npz."""
    np.savez(path, **cast("dict[str, Any]", named_arrays(model)))


def named_arrays(model: Sequential) -> dict[str, Array]:
    """Weights and states by name: "dense_1/kernel", "batch_normalization_1/moving_mean"."""
    found = dict(model.named_weights)
    for layer, state in zip(model.layers, model.states):
        found |= {f"{layer.name}/{name}": array for name, array in state.items()}
    return found


def layer_lines(layer: Layer, arrays: dict[str, Array]) -> Iterator[str]:
    """The lines that turn x into the layer's output."""
    prefix = f"{layer.name}/"
    own = {name.removeprefix(prefix): f"W[{name!r}]" for name in arrays if name.startswith(prefix)}
    if not isinstance(layer, Bidirectional):
        yield f"    x = {call(layer, own)}"
        return
    for side, name in (("forward", "y_f"), ("backward", "y_b")):
        half = {
            key.removeprefix(f"{side}_"): value
            for key, value in own.items()
            if key.startswith(f"{side}_")
        }
        if side == "backward":
            half["go_backwards"] = "True"
        yield f"    {name} = {call(layer.layer, half)}"
    yield f"    x = merge(y_f, y_b, {layer.merge_mode!r}, {layer.layer.return_sequences})"


def call(layer: Layer, arguments: dict[str, str]) -> str:
    """dense(x, kernel=W["dense_1/kernel"], activation=tanh)."""
    name = snake(type(layer).keras_class)
    function = functions().get(name)
    if function is None:
        raise ValueError(
            f"{type(layer).__name__} has no form in plain NumPy yet; write a function {name!r} in "
            "nn_core/plain/layers.py."
        )
    wanted = inspect.signature(function).parameters
    given = dict(arguments)
    for field in fields(layer):
        value = getattr(layer, field.name)
        if field.name in wanted and field.name not in given:
            if value != wanted[field.name].default:
                given[field.name] = value if "activation" in field.name else repr(value)
    return f"{name}({', '.join(['x', *(f'{key}={value}' for key, value in given.items())])})"


def sources(code: str) -> list[str]:
    """The functions that this code calls, and those that they call, without annotations."""
    known = functions()
    texts = {name: plain_source(function) for name, function in known.items()}
    needed: set[str] = set()
    waiting = [code]
    while waiting:
        words = set(re.findall(r"\w+", waiting.pop()))
        for name in (words & texts.keys()) - needed:
            needed.add(name)
            waiting.append(texts[name])
    return [text for name, text in texts.items() if name in needed]


def plain_source(function: Callable[..., Any]) -> str:
    """A function's source without type annotations, so that the script needs no names of ours."""
    text = inspect.getsource(function)
    signature = inspect.signature(function)
    parameters = [
        name if parameter.default is parameter.empty else f"{name}={shown(parameter.default)}"
        for name, parameter in signature.parameters.items()
    ]
    _, _, body = text.partition(") -> Array:\n")
    if not body:
        _, _, body = text.partition(") -> tuple[int, ...]:\n")
    return f"def {function.__name__}({', '.join(parameters)}):\n{body}"


def shown(value: Any) -> str:
    """A default as source: functions by their name."""
    return value.__name__ if callable(value) else repr(value)


def weights_lines(arrays: dict[str, Array], weights_file: str) -> str:
    """W, the weights by name."""
    if sum(array.size for array in arrays.values()) > WEIGHTS_IN_SCRIPT:
        return (
            "from pathlib import Path\n\n"
            f"with np.load(Path(__file__).parent / {weights_file!r}) as saved:\n"
            "    W = dict(saved)\n"
        )
    rows = [
        f"    {name!r}: np.array({shortest(array)!r}, {array.dtype.name!r}),"
        for name, array in arrays.items()
    ]
    return "\n".join(["W = {", *rows, "}"])
