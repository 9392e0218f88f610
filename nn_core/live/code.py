"""The network as code: a line of NumPy an operation, and a line of Keras a layer."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import Shape
from nn_core.export import compile_code, layer_code
from nn_core.layers import Layer
from nn_core.losses import Loss
from nn_core.network import Sequential
from nn_core.operations import Operation
from nn_core.optimizers import Optimizer
from nn_core.trace import record


def line(operation: Operation, shape: Callable[[str], Shape]) -> dict[str, Any]:
    """An operation's NumPy, and of each array in it, the result last, the name and the shape."""
    names = dict(zip(operation.symbols, operation.inputs))
    # A sum over time reads what it writes, c_t from c_(t-1): such an array stands once.
    names.pop(operation.name, None)
    names[operation.name] = operation.output
    shapes = {symbol: shape(name) for symbol, name in names.items()}
    return {"numpy": operation.numpy, "shapes": list(shapes.items())}


def code(model: Sequential, target: Shape) -> dict[str, Any]:
    """Every operation's line for one sample, by what it computes, and the lines of Keras.

    target: the shape of one sample's y. Of the model only its structure is read.
    """
    if model.loss is None:
        raise ValueError('The model has no loss yet; call compile(optimizer="sgd", loss="mse").')
    return written(tuple(model.layers), model.input_shape, target, model.optimizer, model.loss)


@lru_cache(maxsize=256)
def written(
    layers: tuple[Layer, ...], input_shape: Shape, target: Shape, optimizer: Optimizer, loss: Loss
) -> dict[str, Any]:
    """As `code`; plays of one structure share it, and it is asked for with every setting."""
    model = Sequential(layers, input_shape)
    model.compile(optimizer, loss)
    # One sample of zeros has the shapes of any.
    trace = record(model, np.zeros((1, *input_shape)), np.zeros((1, *target), int))
    return {
        "operations": [
            {"output": op.output, "phase": op.phase, **line(op, trace.shape)}
            for op in trace.operations
        ],
        "keras": {layer.name: layer_code(layer) for layer in layers},
        "compile": compile_code(optimizer, loss),
    }
