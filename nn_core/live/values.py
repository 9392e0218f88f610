"""What the stage may see of one sample: every named intermediate of every layer."""

import numpy as np

from nn_core.arrays import Array
from nn_core.network import Sequential

# Copies of what is there under another name, and what does not belong to one sample.
UNSEEN = frozenset({"x", "columns", "cells", "h_0", "c_0"})


def sample_values(model: Sequential, x: Array, y: Array) -> dict[str, Array]:
    """x: (1, ...), y: (1, ...) -> forward and backward intermediates, output and own gradient.

    They are views that the next call writes over.

    A layer's are those of its cache and of its backward pass ("dense_1/z", "lstm_1/dh"), the
    gradient of its output among them, and of the first layer the gradient of the input.
    """
    passes = model.passes(x, y, model.weights.glance())
    values: dict[str, Array] = {}
    last = len(model.layers) - 1
    for index, (layer, cache) in enumerate(zip(model.layers, passes.caches)):
        own: dict[str, Array] = cache._asdict() | passes.parameters[index].kept
        if index == last:
            own[layer.output_name] = passes.a
        if index < last or passes.out is passes.a:
            own[f"d{layer.output_name}"] = passes.upstream[index]
        for name, array in own.items():
            if shown(name):
                values |= seen(f"{layer.name}/{name}", array)
    values |= seen(f"{model.layers[0].name}/dx", passes.dx)
    values["output"] = passes.a[0]
    values["sample_gradient"] = passes.gradient
    return values


def shown(name: str) -> bool:
    """Whether a cache's array of that name is one of the sample's own."""
    return name not in UNSEEN and not name.startswith("dpenalty")


def seen(name: str, array: Array) -> dict[str, Array]:
    """array: (1, ...) -> the sample's part, in a type that travels; with |dL/dh_t| behind dh."""
    own = array[0]
    if own.dtype.kind in "biu":
        own = own.astype(np.int32)
    if not name.endswith("/dh"):
        return {name: own}
    # dh: (T, U) -> its length at every step: (T,)
    return {name: own, f"{name}_norm": np.sqrt(np.square(own).sum(axis=-1))}
