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
from nn_core.layers import Dense, Layer
from nn_core.layers.parameters import views
from nn_core.network import Sequential
from nn_core.places import RESIZED, Place, index_of, place_of

# Arrays with one entry a unit: of the layer itself, and of a normalisation behind it.
OWN = ("kernel", "bias", "gamma", "beta")
Arrays = Mapping[str, Array]
# (arrays by name, power) -> those that change, as the new model has them. The power is None for the
# weights; a slot is multiplied by share^power where its gradient is multiplied by a share.
Transform = Callable[[Arrays, int | None], Arrays]


def widen(model: Sequential, layer: str, units: int, rng: np.random.Generator) -> Sequential:
    """Copies units of a Dense layer, or filters of a convolution, until there are `units`.

    The network says what it said. The outgoing weights of a copied unit are split among its copies
    in unequal shares, so that they get unequal gradients and part ways. Raises ValueError where
    that cannot be done.
    """
    place = place_of(model, layer)
    old = place.units
    if whole("units", units, 1) <= old:
        raise ValueError(f"widen expects more than the {old} units of {layer!r}; received {units}.")
    source = np.concatenate([np.arange(old), rng.integers(old, size=units - old)])
    shares = rng.uniform(1, 2, units)
    shares /= np.bincount(source, shares, old)[source]
    return resized(model, place, source, shares)


def prune(model: Sequential, layer: str, units: Sequence[int]) -> Sequential:
    """Takes units out of a Dense layer, or filters out of a convolution.

    Raises ValueError unless they are there and some stay.
    """
    place, gone = place_of(model, layer), set(units)
    old = place.units
    if not gone <= set(range(old)) or len(gone) == old or not gone:
        raise ValueError(
            f"prune expects some of the units 0 to {old - 1} of {layer!r}, and not all; received "
            f"{sorted(gone)}."
        )
    kept = np.array([unit for unit in range(old) if unit not in gone])
    return resized(model, place, kept, np.ones(len(kept)))


def resized(model: Sequential, place: Place, source: Array, shares: Array) -> Sequential:
    """The model with the units `source` of that layer, each with its share of what goes out."""
    own = [f"{name}/{array}" for name in place.own for array in OWN]
    outgoing = f"{model.layers[place.reader].name}/kernel"

    def taken(array: Array) -> Array:
        # Behind Flatten, a normalisation has as many entries a unit as there were positions.
        entries = array.reshape(*array.shape[:-1], -1, place.units)
        return entries[..., source].reshape(*array.shape[:-1], -1)

    def transform(arrays: Arrays, power: int | None) -> Arrays:
        # Copies share the gradient of what goes in, and each gets in full that of what goes out.
        into = shares ** (power or 0)
        out = shares[:, None] if power is None else 1
        found = {name: taken(arrays[name]) for name in own if name in arrays}
        found = {name: array * np.resize(into, array.shape[-1]) for name, array in found.items()}
        # A unit is read in one row, or, by a convolution or behind Flatten, in many: (R, U, F).
        kernel = arrays[outgoing]
        rows = kernel.reshape(-1, place.units, kernel.shape[-1])[:, source] * out
        *before, after, last = kernel.shape
        shape = (*before, after // place.units * len(source), last)
        return {**found, outgoing: rows.reshape(shape)}

    layer = model.layers[place.at]
    changed = replace(layer, **{RESIZED[type(layer)]: len(source)})
    found = rebuilt(model, swapped(model, place.at, changed), transform)
    for index, carried in enumerate(model.layers):
        if carried.name in place.own:
            state = model.states[index]
            found.states[index] = {key: taken(array) for key, array in state.items()}
    return found


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


def swapped(model: Sequential, at: int, layer: Layer) -> list[Layer]:
    """The layers with another one at that place."""
    return [*model.layers[:at], layer, *model.layers[at + 1 :]]
