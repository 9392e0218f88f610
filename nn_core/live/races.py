"""Races: runs from one start that differ in one setting alone.

Data, seed and every other setting are the same in all lanes. Where the raced setting is not part of
the network (optimizer, learning rate, batch size), they start from the same weights.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from nn_core.initializers import INITIALIZERS
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.settings import BATCH_SIZES, DRAWN, LEARNING_RATES, Settings
from nn_core.live.spec import Spec
from nn_core.optimizers import OPTIMIZERS
from nn_core.registry import Registry

FEWEST, MOST = 2, 4
UNITS, DEPTHS = (1, 2, 3, 4, 6, 8, 12, 16), tuple(range(7))
CELL_UNITS = (1, 2, 4, 8, 16, 32)


@dataclass(frozen=True)
class Lane:
    """One run of a race: the value it has of the raced setting, and what it starts from."""

    value: str
    spec: Spec
    settings: Settings


Start = tuple[Any, Settings]


@dataclass(frozen=True)
class Raced:
    """A setting that can be raced: its values, those of a first race, what one value changes."""

    label: str
    values: tuple[Any, ...]
    first: tuple[Any, ...]
    put: Callable[[Any, Settings, Any], Start]


RACED: Registry[Raced] = Registry("raced setting")


def setting(name: str) -> Callable[[Any, Settings, Any], Start]:
    """Changes a setting and leaves the network as it is."""
    return lambda spec, settings, value: (spec, replace(settings, **{name: value}))


def put_activation(spec: Any, settings: Settings, value: str) -> Start:
    """The same activation in every layer that can choose its own."""
    return spec, replace(settings, activations=(value,) * len(settings.activations))


def put_initializer(spec: Any, settings: Settings, value: str) -> Start:
    """Every hidden layer starts from weights that are drawn in this way."""
    hidden = tuple(replace(each, initializer=value) for each in spec.hidden)
    return replace(spec, hidden=hidden), settings


def put_units(spec: Any, settings: Settings, value: int) -> Start:
    """So many units in every hidden layer, or in the recurrent one."""
    if isinstance(spec, Sequences):
        return replace(spec, units=value), settings
    hidden = tuple(replace(each, units=value) for each in spec.hidden)
    return replace(spec, hidden=hidden), settings


def put_depth(spec: Points, settings: Settings, value: int) -> Start:
    """So many hidden layers, each like the first one; a network without any has four units."""
    model = spec.hidden[0] if spec.hidden else Hidden()
    activation = settings.activations[0] if settings.activations else model.activation
    return replace(spec, hidden=(model,) * value), replace(
        settings, activations=(activation,) * value
    )


def put_cell(spec: Sequences, settings: Settings, value: str) -> Start:
    """Another cell of as many units."""
    return replace(spec, cell=value), settings


def put_loss(spec: Any, settings: Settings, value: str) -> Start:
    """Another loss over the same output: squared error or binary cross-entropy."""
    return replace(spec, loss=value), settings


def put_option(name: str) -> Callable[[Any, Settings, Any], Start]:
    """Changes one number of the optimizer, "none" leaves it out; where it has none of that name,
    SGD takes its place."""

    def put(spec: Any, settings: Settings, value: Any) -> Start:
        others = {key: own for key, own in settings.optimizer_options.items() if key != name}
        own = {} if value == "none" else {name: value}
        has = name in {each.name for each in fields(settings.rule)}
        rule = settings.optimizer if has else "sgd"
        return spec, replace(settings, optimizer=rule, optimizer_options=others | own)

    return put


def put_pool(spec: Any, settings: Settings, value: str) -> Start:
    """The same kind of pool, or none, behind every convolution."""
    return replace(spec, blocks=tuple(replace(each, pool=value) for each in spec.blocks)), settings


SOME_RATES, SOME_SIZES = (0.003, 0.03, 0.3), (1, 10, 128)
MOMENTA, CLIPS = (0.0, 0.5, 0.9, 0.99), ("none", 0.1, 1.0, 10.0)
LOSSES, POOLS = ("binary_crossentropy", "mse"), ("none", "average", "max")
SIGMOIDS, DRAWS = ("sigmoid", "tanh", "relu"), ("glorot_uniform", "random_normal", "zeros")
for name, raced in {
    "optimizer": Raced("optimizer", tuple(OPTIMIZERS), ("sgd", "adam"), setting("optimizer")),
    "rate": Raced("learning rate", tuple(LEARNING_RATES), SOME_RATES, setting("learning_rate")),
    "activation": Raced("activation", DRAWN, SIGMOIDS, put_activation),
    "batch": Raced("batch size", tuple(BATCH_SIZES), SOME_SIZES, setting("batch_size")),
    "initializer": Raced("initializer", tuple(INITIALIZERS), DRAWS, put_initializer),
    "units": Raced("units a layer", UNITS, (2, 4, 8), put_units),
    "depth": Raced("hidden layers", DEPTHS, (0, 1, 2), put_depth),
    "momentum": Raced("momentum", MOMENTA, (0.0, 0.5, 0.9), put_option("momentum")),
    "clipping": Raced("clipping", CLIPS, ("none", 1.0), put_option("global_clipnorm")),
    "loss": Raced("loss", LOSSES, LOSSES, put_loss),
    "pool": Raced("pool", POOLS, POOLS, put_pool),
    "cell": Raced("cell", tuple(CELLS), tuple(CELLS), put_cell),
    "cell-units": Raced("units", CELL_UNITS, (2, 8, 32), put_units),
}.items():
    RACED.add(name, raced)

# What can be raced with each kind of data, the usual one first.
IN_SCENE = {
    "points": (
        "optimizer",
        "rate",
        "momentum",
        "activation",
        "batch",
        "initializer",
        "units",
        "depth",
        "loss",
    ),
    "pictures": ("optimizer", "rate", "momentum", "activation", "batch", "pool"),
    "sequences": ("cell", "optimizer", "rate", "momentum", "clipping", "batch", "cell-units"),
    "stack": ("optimizer", "rate", "momentum", "activation", "clipping", "batch"),
}


def lanes(spec: Spec, settings: Settings, raced: str, values: list[Any]) -> tuple[Lane, ...]:
    """One lane a value, in the order of the values there are.

    Raises ValueError if there are too few or too many, or a value that the setting does not have.
    """
    what = RACED.get(raced)
    if not FEWEST <= len(values) <= MOST or not set(values) <= set(what.values):
        raise ValueError(
            f"A race has {FEWEST} to {MOST} of these values of {what.label}: "
            f"{', '.join(map(str, what.values))}; received {', '.join(map(str, values))}."
        )
    wanted = [value for value in what.values if value in values]
    found = [Lane(str(value), *what.put(spec, settings, value)) for value in wanted]
    if (found[0].spec, found[0].settings) == (found[1].spec, found[1].settings):
        raise ValueError(
            f"Without a hidden layer every {what.label} gives the same run; add a hidden layer."
        )
    return tuple(found)
