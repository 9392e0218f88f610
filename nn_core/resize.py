"""Dynamic size: a network made wider, deeper or smaller in the middle of training.

Widening and deepening leave the function as it is (Net2Net; Chen, Goodfellow and Shlens 2016), and
what the optimizer carries goes along, so that the run goes on. Each returns a new model.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace

import numpy as np

from nn_core.arrays import Array
from nn_core.data import whole
from nn_core.layers import Activation, Dense, Dropout, Layer
from nn_core.layers.parameters import views
from nn_core.network import Sequential

Arrays = Mapping[str, Array]
# (arrays by name, power) -> those that change, as the new model has them. The power is None for the
# weights; a slot is multiplied by share^power where its gradient is multiplied by a share.
Transform = Callable[[Arrays, int | None], Arrays]


def widen(model: Sequential, layer: str, units: int, rng: np.random.Generator) -> Sequential:
    """Copies units of a Dense layer until there are `units`; the network says what it said.

    The outgoing weights of a copied unit are split among its copies in unequal shares, so that they
    get unequal gradients and part ways. Raises ValueError where that cannot be done.
    """
    at, after = place(model, layer)
    dense, old = dense_at(model, at), model.shapes[at + 1][-1]
    if whole("units", units, 1) <= old:
        raise ValueError(f"widen expects more than the {old} units of {layer!r}; received {units}.")
    source = np.concatenate([np.arange(old), rng.integers(old, size=units - old)])
    shares = rng.uniform(1, 2, units)
    shares /= np.bincount(source, shares, old)[source]
    outgoing = f"{model.layers[after].name}/kernel"

    def transform(arrays: Arrays, power: int | None) -> Arrays:
        # Copies share the gradient of what goes in, and each gets in full that of what goes out.
        into = shares ** (power or 0)
        out = shares[:, None] if power is None else 1
        own = (f"{layer}/kernel", f"{layer}/bias")
        found = {name: arrays[name][..., source] * into for name in own if name in arrays}
        return {**found, outgoing: arrays[outgoing][source] * out}

    return rebuilt(model, swapped(model, at, replace(dense, units=units)), transform)


def prune(model: Sequential, layer: str, units: Sequence[int]) -> Sequential:
    """Takes units out of a Dense layer. Raises ValueError unless they are there and some stay."""
    at, after = place(model, layer)
    dense, old = dense_at(model, at), model.shapes[at + 1][-1]
    gone = set(units)
    if not gone <= set(range(old)) or len(gone) == old or not gone:
        raise ValueError(
            f"prune expects some of the units 0 to {old - 1} of {layer!r}, and not all; received "
            f"{sorted(gone)}."
        )
    kept = [unit for unit in range(old) if unit not in gone]
    outgoing = f"{model.layers[after].name}/kernel"

    def transform(arrays: Arrays, power: int | None) -> Arrays:
        own = (f"{layer}/kernel", f"{layer}/bias")
        found = {name: arrays[name][..., kept] for name in own if name in arrays}
        return {**found, outgoing: arrays[outgoing][kept]}

    return rebuilt(model, swapped(model, at, replace(dense, units=len(kept))), transform)


def deepen(model: Sequential, after: str, activation: str = "linear") -> Sequential:
    """Adds a Dense layer behind `after` that passes everything on as it is.

    A linear one exists behind every layer of (N, U); a relu one behind relu, whose outputs it does
    not change. Raises ValueError elsewhere.
    """
    at = index_of(model, after)
    shape = model.shapes[at + 1]
    if len(shape) != 1 or at == len(model.layers) - 1:
        raise ValueError(
            f"deepen expects a hidden layer with outputs of (N, U); {after!r} "
            f"{'is the last one' if len(shape) == 1 else f'puts out (N, {shape})'}."
        )
    before = getattr(model.layers[at], "activation", "")
    if activation != "linear" and (activation, before) != ("relu", "relu"):
        raise ValueError(
            f"There is no identity with {activation} behind {before or 'no activation'}: "
            f"{activation} of a number is another number. Choose linear, or relu behind relu."
        )
    taken = {layer.name for layer in model.layers}
    name = next(n for i in range(1, len(taken) + 2) if (n := f"dense_{i}") not in taken)
    new = Dense(shape[0], activation, kernel_initializer="zeros", name=name)

    def transform(arrays: Arrays, power: int | None) -> Arrays:
        return {f"{name}/kernel": np.eye(shape[0])} if power is None else {}

    return rebuilt(model, [*model.layers[: at + 1], new, *model.layers[at + 1 :]], transform)


def rebuilt(model: Sequential, layers: Sequence[Layer], transform: Transform) -> Sequential:
    """A model of these layers with the old one's weights, slots, states and generator."""
    found = Sequential(layers, model.input_shape, model.seed, model.dtype.name)
    found.compile(model.optimizer, model.loss or "mse")
    found.iterations, found.rng = model.iterations, deepcopy(model.rng)
    old = {layer.name: state for layer, state in zip(model.layers, model.states)}
    found.states = [
        deepcopy(old.get(layer.name, state)) for layer, state in zip(found.layers, found.states)
    ]
    fill(found.named_weights, model.named_weights, transform(model.named_weights, None))
    shapes = {name: array.shape for name, array in model.named_weights.items()}
    targets = {name: array.shape for name, array in found.named_weights.items()}
    for slot, values in model.slots.items():
        arrays = views(values, shapes)
        changed = transform(arrays, model.optimizer.slot_powers.get(slot, 0))
        fill(views(found.slots[slot], targets), arrays, changed)
    return found


def fill(targets: Arrays, old: Arrays, changed: Arrays) -> None:
    """Copies the changed arrays where there are some, and the old ones else."""
    for name, target in targets.items():
        value = changed.get(name, old.get(name))
        if value is not None:
            target[...] = value


def place(model: Sequential, layer: str) -> tuple[int, int]:
    """(index of the layer, index of the Dense that reads its units). Raises ValueError if none."""
    at = index_of(model, layer)
    dense_at(model, at)
    for index in range(at + 1, len(model.layers)):
        reader = model.layers[index]
        if isinstance(reader, Dense):
            return at, index
        single = isinstance(reader, Activation) and reader.activation != "softmax"
        if not (single or isinstance(reader, Dropout)):
            raise ValueError(
                f"{layer!r} can be resized where a Dense layer reads its units; {reader.name!r} "
                f"({type(reader).__name__}) stands between."
            )
    raise ValueError(f"{layer!r} is the output layer; its units are what the targets ask for.")


def dense_at(model: Sequential, at: int) -> Dense:
    """The Dense layer there. Raises ValueError unless its units stand each for itself."""
    layer = model.layers[at]
    if not isinstance(layer, Dense) or layer.activation == "softmax" or len(model.shapes[at]) != 1:
        raise ValueError(
            f"{layer.name!r} expects to be a Dense layer without softmax over (N, D) to be "
            f"resized; it is {type(layer).__name__} over (N, {model.shapes[at]})."
        )
    return layer


def index_of(model: Sequential, layer: str) -> int:
    """Its index. Raises ValueError that names the layers there are."""
    names = [own.name for own in model.layers]
    if layer not in names:
        raise ValueError(f"Unknown layer {layer!r}; expected one of: {', '.join(names)}.")
    return names.index(layer)


def swapped(model: Sequential, at: int, layer: Layer) -> list[Layer]:
    """The layers with another one at that place."""
    return [*model.layers[:at], layer, *model.layers[at + 1 :]]
