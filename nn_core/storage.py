"""Saving and loading: a JSON description beside an .npz of numbers, and nothing that is code.

A run goes on from there bit for bit: weights, states, optimizer slots and the generator are kept.
"""

import json
import math
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

import numpy as np

from nn_core import initializers, regularizers, schedules
from nn_core.arrays import Array, Shape
from nn_core.layers import LAYERS, Layer
from nn_core.losses import LOSSES
from nn_core.names import named
from nn_core.network import Sequential
from nn_core.optimizers import OPTIMIZERS

FORMAT = "glassnet 1"


def known_classes() -> dict[str, type]:
    """What a description may name: registered members and their parts, by class name."""
    parts = [
        member
        for module in (initializers, regularizers, schedules)
        for member in vars(module).values()
        if isinstance(member, type) and is_dataclass(member)
    ]
    members = [LAYERS.get(name) for name in LAYERS] + [OPTIMIZERS.get(name) for name in OPTIMIZERS]
    losses = [type(LOSSES.get(name)) for name in LOSSES]
    return {cls.__name__: cls for cls in (*parts, *members, *losses)}


def save(model: Sequential, path: str | Path) -> None:
    """Writes path.json and path.npz (a suffix of path is dropped)."""
    target = Path(path)
    description = {
        "format": FORMAT,
        "input_shape": model.input_shape,
        "seed": model.seed,
        "dtype": model.dtype.name,
        "layers": [encoded(layer) for layer in model.layers],
        "optimizer": encoded(model.optimizer),
        "loss": encoded(model.loss),
        "iterations": model.iterations,
        "generator": model.rng.bit_generator.state,
    }
    arrays = {f"weights/{name}": array for name, array in model.named_weights.items()}
    arrays |= {f"slots/{name}": slot for name, slot in model.slots.items()}
    for layer, state in zip(model.layers, model.states):
        arrays |= {f"states/{layer.name}/{name}": array for name, array in state.items()}
    text = json.dumps(description, indent=1, allow_nan=False)
    target.with_suffix(".json").write_text(text, encoding="utf-8")
    np.savez(target.with_suffix(".npz"), **cast("dict[str, Any]", arrays))


def load(path: str | Path) -> Sequential:
    """The model as it was saved. Raises ValueError on anything but what `save` writes."""
    source = Path(path)
    description, arrays = (
        read_json(source.with_suffix(".json")),
        read_npz(source.with_suffix(".npz")),
    )
    try:
        layers = [decoded(layer) for layer in description["layers"]]
        shape = tuple(description["input_shape"])
        check_size(layers, shape, arrays, source)
        model = Sequential(layers, shape, int(description["seed"]), description["dtype"])
        if description["loss"] is not None:
            model.compile(decoded(description["optimizer"]), decoded(description["loss"]))
        model.iterations = int(description["iterations"])
        model.rng.bit_generator.state = description["generator"]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{source.with_suffix('.json')} does not describe a network: {error}. Load only what "
            "`save` wrote, unchanged."
        ) from error
    fill(model, arrays, source)
    return model


def check_size(layers: list[Layer], shape: Shape, arrays: dict[str, Array], source: Path) -> None:
    """Raises ValueError unless the layers have as many weights as there are numbers for them.

    A line of JSON can ask for more memory than there is: this is looked at before any is taken.
    """
    wanted = 0
    for layer in named(layers):
        wanted += sum(math.prod(weight.shape) for weight in layer.weights(shape))
        shape = layer.output_shape(shape)
    held = sum(array.size for name, array in arrays.items() if name.startswith("weights/"))
    if wanted != held:
        raise ValueError(
            f"{source.with_suffix('.json')} describes {wanted:,} weights; "
            f"{source.with_suffix('.npz').name} holds {held:,}. The .npz and the .json beside it "
            "must come from one save."
        )


def fill(model: Sequential, arrays: dict[str, Array], source: Path) -> None:
    """Copies the numbers in. Raises ValueError where one is missing or of another shape."""
    targets = {f"weights/{name}": array for name, array in model.named_weights.items()}
    targets |= {f"slots/{name}": slot for name, slot in model.slots.items()}
    for index, layer in enumerate(model.layers):
        prefix = f"states/{layer.name}/"
        own = {
            name.removeprefix(prefix): a for name, a in arrays.items() if name.startswith(prefix)
        }
        model.states[index] = model.states[index] | own
    for name, target in targets.items():
        found = arrays.get(name)
        if found is None or found.shape != target.shape:
            raise ValueError(
                f"{source.with_suffix('.npz')} expects {name} of shape {target.shape}; received "
                f"{'nothing' if found is None else found.shape}. The .npz and the .json beside it "
                "must come from one save."
            )
        target[...] = found


def read_json(path: Path) -> dict[str, Any]:
    """The description. Raises ValueError unless it is one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} cannot be read as JSON: {error}. `save` writes one.") from error
    if not isinstance(found, dict) or cast("dict[str, Any]", found).get("format") != FORMAT:
        raise ValueError(f'{path} expects "format": "{FORMAT}". Load only what `save` wrote.')
    return cast("dict[str, Any]", found)


def read_npz(path: Path) -> dict[str, Array]:
    """The arrays. Raises ValueError on anything but an .npz of plain numbers."""
    try:
        with np.load(path, allow_pickle=False) as saved:
            found = {name: saved[name] for name in saved.files}
    except (OSError, ValueError, BadZipFile, EOFError, AttributeError, TypeError) as error:
        raise ValueError(
            f"{path} is not an .npz of plain numbers: {error}. Pickled objects can run code and "
            "are never loaded; save the model again with `save`."
        ) from error
    if any(array.dtype.kind not in "fiu" for array in found.values()):
        raise ValueError(f"{path} expects arrays of numbers only. Load only what `save` wrote.")
    return found


def encoded(value: Any) -> Any:
    """A config as JSON: a dataclass is {"class": its name, field: value, ...}."""
    if is_dataclass(value):
        own = {field.name: encoded(getattr(value, field.name)) for field in fields(value)}
        return {"class": type(value).__name__, **own}
    if isinstance(value, tuple | list):
        return [encoded(part) for part in cast("list[Any]", value)]
    return value


def decoded(value: Any) -> Any:
    """The config that `encoded` wrote. Raises ValueError on a class that is not the engine's."""
    if isinstance(value, list):
        return tuple(decoded(part) for part in cast("list[Any]", value))
    if not isinstance(value, dict):
        return value
    config = cast("dict[str, Any]", value)
    name = config.get("class")
    known = known_classes()
    if name not in known:
        raise ValueError(f"Unknown class {name!r}; expected one of: {', '.join(sorted(known))}.")
    return known[name](**{key: decoded(part) for key, part in config.items() if key != "class"})
