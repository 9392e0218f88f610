"""What the stage is told of a network: each layer, its shapes, and where its weights lie."""

from dataclasses import fields
from typing import Any

from nn_core.layers import Layer
from nn_core.network import Sequential


def layers(model: Sequential, adjustable: tuple[int, ...]) -> list[dict[str, Any]]:
    """Each layer: its config, its shapes, and where its weights lie in the flat vector.

    adjustable: places of the layers whose activation is one of the settings.
    """
    found: list[dict[str, Any]] = []
    start = 0
    for index, layer in enumerate(model.layers):
        weights: dict[str, dict[str, Any]] = {}
        for name, array in model.weights.own[index].values.items():
            weights[name] = {"offset": start, "shape": array.shape}
            start += array.size
        found.append(
            {
                "name": layer.name,
                "type": layer.keras_class,
                "output": layer.output_name,
                "config": config(layer),
                "input_shape": model.shapes[index],
                "shape": model.shapes[index + 1],
                "activation": getattr(layer, "activation", "linear"),
                "setting": adjustable.index(index) if index in adjustable else None,
                "weights": weights,
                **window(layer, model.shapes[index]),
                **inner(layer),
                **dense(weights, layer),
            }
        )
    return found


def config(layer: Layer) -> dict[str, Any]:
    """The fields that JSON can carry."""
    plain = (str, int, float, bool, tuple)
    values = {field.name: getattr(layer, field.name) for field in fields(layer)}
    return {name: value for name, value in values.items() if isinstance(value, plain)}


def inner(layer: Layer) -> dict[str, Any]:
    """Of a layer that holds another one, Bidirectional say: that one's type and config."""
    own: Any = getattr(layer, "layer", None)
    return {} if own is None else {"inner": {"type": own.keras_class, "config": config(own)}}


def window(layer: Layer, input_shape: tuple[int, ...]) -> dict[str, Any]:
    """Where the windows of a convolution or a pool stop: size, stride, and cells added before."""
    windows: Any = getattr(layer, "windows", None)
    if windows is None:
        return {}
    before = [margin[0] for margin in windows.margins(input_shape[:-1])]
    return {"window": {"size": windows.size, "strides": windows.strides, "before": before}}


def dense(weights: dict[str, dict[str, Any]], layer: Layer) -> dict[str, Any]:
    """What a drawing of neurons and edges reads of a Dense layer."""
    if layer.keras_class != "Dense":
        return {}
    (inputs, units), at = weights["kernel"]["shape"], weights["kernel"]["offset"]
    return {
        "units": units,
        "inputs": inputs,
        "initializer": getattr(layer, "kernel_initializer", ""),
        "kernel": [at, inputs, units],
        "bias": [weights["bias"]["offset"], units] if "bias" in weights else None,
    }
