"""What the stage may see of one sample: every named intermediate of every layer."""

from functools import lru_cache

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers import Layer
from nn_core.losses import Loss
from nn_core.network import Passes, Sequential
from nn_core.trace import named_arrays

# Copies of what is there under another name, and what does not belong to one sample.
UNSEEN = frozenset({"x", "columns", "cells", "h_0", "c_0"})
# Of a layer inside a layer: forward_h.
SIDES = ("forward_", "backward_")


def sample_values(
    model: Sequential, x: Array, y: Array, row: int | None = None
) -> dict[str, Array]:
    """x: (1, ...), y: (1, ...) -> forward and backward intermediates, output and own gradient.

    They are views that the next call writes over.

    A layer's are those of its cache and of its backward pass ("dense_1/z", "lstm_1/dh"), the
    gradient of its output among them, and of the first layer the gradient of the input.

    row: of a batch x: (N, ...), y: (N, ...) whose samples depend on each other, the one that is
    looked at. What they share, a mean over the batch, comes whole; the gradients are those of the
    batch's loss, and none of the weights' is this sample's own.
    """
    passes = model.passes(x, y, model.weights.glance())
    common = frozenset[str]() if row is None else shared(model)
    values: dict[str, Array] = {}
    for name, array in intermediates(model, passes).items():
        if shown(name.partition("/")[2]):
            look(values, name, array if name in common else array[row or 0])
    look(values, f"{model.layers[0].name}/dx", passes.dx[row or 0])
    values["output"] = passes.a[row or 0]
    if row is None:
        values["sample_gradient"] = passes.gradient
    return values


def intermediates(model: Sequential, passes: Passes) -> dict[str, Array]:
    """Caches, what the backward pass kept, and the gradient of each layer's output, by name."""
    found: dict[str, Array] = {}
    last = len(model.layers) - 1
    for index, (layer, cache) in enumerate(zip(model.layers, passes.caches)):
        own: dict[str, Array] = named_arrays(cache) | passes.parameters[index].kept
        if index == last:
            own[layer.output_name] = passes.a
        if index < last or passes.out is passes.a:
            own[f"d{layer.output_name}"] = passes.upstream[index]
        found |= {f"{layer.name}/{name}": array for name, array in own.items()}
    return found


def shared(model: Sequential) -> frozenset[str]:
    """Names of the intermediates that the samples of a batch share, a mean over them say."""
    if model.loss is None:
        return frozenset()
    return sharing(tuple(model.layers), model.input_shape, model.loss, model.output_shape)


@lru_cache(maxsize=256)
def sharing(
    layers: tuple[Layer, ...], input_shape: Shape, loss: Loss, output_shape: Shape
) -> frozenset[str]:
    """As `shared`: those whose shape stays the same when the batch has another size."""
    model = Sequential(layers, input_shape)
    model.compile("sgd", loss)
    sizes: list[dict[str, Shape]] = []
    for n in (2, 3):
        try:
            passes = model.passes(np.zeros((n, *input_shape)), np.zeros((n, *output_shape)))
        except ValueError:  # The loss reads class numbers.
            passes = model.passes(np.zeros((n, *input_shape)), np.zeros(n, int))
        found = intermediates(model, passes)
        sizes.append({name: array.shape for name, array in found.items()})
    return frozenset(name for name, shape in sizes[0].items() if sizes[1][name] == shape)


@lru_cache(maxsize=1024)
def shown(name: str) -> bool:
    """Whether a cache's array of that name is one of the sample's own."""
    for side in SIDES:
        name = name.removeprefix(side)
    return name not in UNSEEN and not name.startswith("dpenalty")


def look(values: dict[str, Array], name: str, own: Array) -> None:
    """Notes an array in a type that travels; with |dL/dh_t| behind dh."""
    if not own.ndim:
        own = own.reshape(1)
    values[name] = own.astype(np.int32) if own.dtype.kind in "biu" else own
    if name.endswith("/dh"):
        # dh: (T, U) -> its length at every step: (T,)
        values[f"{name}_norm"] = np.sqrt(np.square(own).sum(axis=-1))
