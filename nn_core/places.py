"""Where a layer can change its size: which layer reads its units, and what stands between them."""

from dataclasses import dataclass

from nn_core.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv1D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling2D,
)
from nn_core.network import Sequential

# What counts the units of a layer that can be resized.
RESIZED: dict[type[Layer], str] = {Dense: "units", Conv1D: "filters", Conv2D: "filters"}
# Layers that treat every unit by itself, so that the copy of a unit stays one.
SINGLE = (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
)


@dataclass(frozen=True)
class Place:
    """A layer of `units` at index `at`, the index of the layer that reads them, and the names of
    the layers that have arrays with one entry a unit: itself, and normalisations behind it."""

    at: int
    units: int
    reader: int
    own: tuple[str, ...]


def place_of(model: Sequential, layer: str) -> Place:
    """Where that layer stands. Raises ValueError where it cannot be resized."""
    at = index_of(model, layer)
    first = model.layers[at]
    if type(first) not in RESIZED or mixes(first):
        raise ValueError(
            f"{layer!r} expects to be Dense, Conv1D or Conv2D without softmax to be resized; it is "
            f"{type(first).__name__}{' with softmax' if mixes(first) else ''}."
        )
    own = [layer]
    for index in range(at + 1, len(model.layers)):
        reader = model.layers[index]
        if type(reader) in RESIZED:
            return Place(at, model.shapes[at + 1][-1], index, tuple(own))
        if not isinstance(reader, SINGLE) or mixes(reader):
            raise ValueError(
                f"{layer!r} can be resized where a Dense layer or a convolution reads its units; "
                f"{reader.name!r} ({type(reader).__name__}) stands between, which mixes them."
            )
        if isinstance(reader, BatchNormalization):
            own.append(reader.name)
    raise ValueError(f"{layer!r} is the output layer; its units are what the targets ask for.")


def mixes(layer: Layer) -> bool:
    """Whether its activation makes one number of many."""
    return getattr(layer, "activation", "") == "softmax"


def index_of(model: Sequential, layer: str) -> int:
    """Its index. Raises ValueError that names the layers there are."""
    names = [own.name for own in model.layers]
    if layer not in names:
        raise ValueError(f"Unknown layer {layer!r}; expected one of: {', '.join(names)}.")
    return names.index(layer)
