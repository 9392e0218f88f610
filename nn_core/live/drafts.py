"""Drafts: what a form offers of a layer, what a new one starts with, and stacks to begin with."""

from dataclasses import Field, replace
from typing import Any, get_args, get_origin

from nn_core.activations import ACTIVATIONS
from nn_core.arrays import Shape
from nn_core.datasets import DATASETS
from nn_core.layers import Layer
from nn_core.layers.bidirectional import MERGES
from nn_core.layers.windows import PADDINGS
from nn_core.live.notation import config, hints, kinds, one_value, options, required, value
from nn_core.names import snake
from nn_core.sequences import TASKS

# What a beginner need not see; the line of text can set it all the same.
QUIET = (
    *("use_bias", "unit_forget_bias", "go_backwards", "stateful", "reset_after", "momentum"),
    *("epsilon", "center", "scale", "recurrent_activation"),
)
CHOICES = {"activation": tuple(ACTIVATIONS), "padding": PADDINGS, "merge_mode": MERGES}
# What required fields start with, by name; others by their type.
STARTS: dict[str, Any] = {
    "units": 8,
    "kernel_size": 3,
    "pool_size": 2,
    "rate": 0.2,
    "activation": "relu",
    "output_dim": 3,
}
DIGITS = ("digits8", "digits28")
FIRST_STACKS = {
    "digits8": "conv2d(4,3,activation=relu)-max_pooling2d-batch_normalization-reshape(3,12)"
    "-dropout(0.2)-lstm(8)",
    "digits28": "conv2d(4,5,strides=2,activation=relu)-max_pooling2d-batch_normalization"
    "-reshape(6,24)-dropout(0.2)-lstm(8)",
    "remember": "embedding(4,3)-bidirectional(gru(4))",
}


def datasets() -> list[str]:
    """All data there are, by name: points, digits, sequence tasks."""
    return [*DATASETS.names(), *DIGITS, *TASKS.names()]


def first_stack(dataset: str) -> str:
    """A line of layers that fits these data."""
    if dataset in DATASETS:
        return "dense(6,activation=tanh)-batch_normalization-dense(4,activation=tanh)"
    rest = "lstm(8,return_sequences=true)-layer_normalization-gru(6)"
    return FIRST_STACKS.get(dataset, rest)


def form(layer: Layer) -> list[Field[Any]]:
    """The fields that matter."""
    return [
        field
        for field in config(type(layer))
        if field.name not in QUIET and not field.name.endswith(("initializer", "regularizer"))
    ]


def fresh(kind: str, shape: Shape) -> Layer:
    """A new layer of a kind, for what comes in: shape, without the batch."""
    layer: Any = kinds()[kind]
    own = {field.name: start(layer, field, shape) for field in config(layer) if required(field)}
    return layer(**own)


def start(kind: type[Layer], field: Field[Any], shape: Shape) -> Any:
    """What a required field starts with."""
    if field.name in STARTS:
        return STARTS[field.name]
    option = options(hints(kind)[field.name])[0]
    if get_origin(option) is tuple and get_args(option)[1:] == (...,):
        # Rows of a picture become steps in time; a row of numbers becomes a sequence of them.
        return (shape[0], -1) if len(shape) != 2 else (-1,)
    if isinstance(option, type) and issubclass(option, Layer):
        return fresh(snake(option.keras_class), shape)
    return {int: 4, float: 0.5}.get(option)


def as_text(layer: Layer, field: str) -> str:
    """A field as a text box shows it: 3x3, 3,12 or lstm(4)."""
    own: Any = getattr(layer, field)
    hint = hints(type(layer))[field]
    return ",".join(map(str, own)) if get_args(hint)[1:] == (...,) else one_value(own)


def edited(layer: Layer, field: str, text: str) -> Layer:
    """A layer with another value in a field. Raises ValueError if it does not fit."""
    kind, hint = snake(layer.keras_class), hints(type(layer))[field]
    changed: Any = replace(layer, name=kind)
    if get_args(hint)[1:] == (...,):
        own = tuple(value(kind, field, part, int) for part in text.split(","))
    else:
        own = value(kind, field, text, hint)
    return replace(replace(changed, **{field: own}), name="")
