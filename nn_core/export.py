"""Export: the network as a complete Keras script that computes the same numbers."""

from dataclasses import fields
from pathlib import Path
from typing import IO, Any

import numpy as np

from nn_core.arrays import Array
from nn_core.initializers import Initializer
from nn_core.layers.base import Layer
from nn_core.losses import LOSSES, Loss
from nn_core.network import Sequential
from nn_core.optimizers import Optimizer
from nn_core.schedules import Schedule

# Up to so many weights stand in the script itself; more go into a file beside it.
WEIGHTS_IN_SCRIPT = 2_000

HEADER = '''"""A network designed in Glassnet, as Keras code.

Run it with Python and TensorFlow installed; it builds the network with the weights it had.
"""

import keras
import numpy as np
'''


def keras_code(model: Sequential, weights_file: str = "weights.npz") -> str:
    """A runnable script that builds `model`, compiled, with its weights set.

    Up to 2,000 weights stand in the script; beyond, it reads `weights_file` from its own folder,
    which `save_weights` writes.
    """
    lines = [network_code(model), *weights_code(model, weights_file), "model.summary()\n"]
    return "\n".join(lines)


def network_code(model: Sequential) -> str:
    """The script as far as the compiled network, with the weights that Keras draws."""
    lines = [HEADER]
    if model.dtype == np.float64:
        lines.append('keras.config.set_floatx("float64")\n')
    lines += dict.fromkeys(f"{source}\n" for source in own_sources(model) if source)
    lines.append("model = keras.Sequential(\n    [")
    lines.append(f"        keras.Input({model.input_shape!r}{batch_code(model)}),")
    lines += [f"        {layer_code(layer)}," for layer in model.layers]
    lines.append("    ]\n)")
    if model.loss is not None:
        lines.append(compile_code(model.optimizer, model.loss))
    return "\n".join(lines)


def compile_code(optimizer: Optimizer, loss: Loss) -> str:
    """The line that chooses optimizer and loss."""
    chosen = call(f"keras.optimizers.{type(optimizer).__name__}", optimizer)
    return f"model.compile(optimizer={chosen}, loss={loss_code(loss)})"


def own_sources(model: Sequential) -> list[str]:
    """The classes that Keras does not have, as its code."""
    rate = model.optimizer.learning_rate
    schedule = [rate.keras_source] if isinstance(rate, Schedule) else []
    return [*(layer.keras_source for layer in model.layers), *schedule]


def save_weights(model: Sequential, path: Path | IO[bytes]) -> None:
    """Writes the arrays of get_weights() as arr_0, arr_1, ... of an .npz."""
    np.savez(path, *model.get_weights())


def batch_code(model: Sequential) -> str:
    """Keras wants a stateful layer's batch size: that of its last batch, or 1 before any."""
    if not any("stateful=True" in repr(layer) for layer in model.layers):
        return ""
    starts = [a for state in model.states for name, a in state.items() if name.endswith("h")]
    return f", batch_size={len(starts[0]) if starts else 1}"


def layer_code(layer: Layer) -> str:
    """One layer as a call of its Keras class."""
    place = "" if layer.keras_source else "keras.layers."
    return call(f"{place}{layer.keras_class}", layer)


def call(name: str, config: Any) -> str:
    """name(field=value, ...) for a frozen dataclass, without the fields that hold a default.

    The name of a layer comes last, as people write it.
    """
    arguments = [
        f"{field.name}={literal(value)}"
        for field in sorted(fields(config), key=lambda field: field.name == "name")
        if (value := getattr(config, field.name)) != field.default
    ]
    return f"{name}({', '.join(arguments)})"


def literal(value: Any) -> str:
    """A config value as Python source."""
    if isinstance(value, Layer):
        return layer_code(value)
    if isinstance(value, Schedule):
        place = "" if value.keras_source else "keras.optimizers.schedules."
        return call(f"{place}{type(value).__name__}", value)
    if isinstance(value, Initializer):
        return call(f"keras.initializers.{type(value).__name__}", value)
    if hasattr(value, "penalty"):
        return call(f"keras.regularizers.{type(value).__name__}", value)
    return repr(value)


def loss_code(loss: Loss) -> str:
    """The loss by its Keras name where it has its defaults, else as a call of its class."""
    name = next((name for name in LOSSES if LOSSES.get(name) == loss), None)
    return repr(name) if name else call(f"keras.losses.{type(loss).__name__}", loss)


def weights_code(model: Sequential, weights_file: str) -> list[str]:
    """The lines that set the weights."""
    arrays = model.get_weights()
    if sum(array.size for array in arrays) > WEIGHTS_IN_SCRIPT:
        return [
            "from pathlib import Path\n",
            f"with np.load(Path(__file__).parent / {weights_file!r}) as saved:",
            "    model.set_weights([saved[name] for name in saved.files])",
        ]
    rows = [f"        np.array({shortest(a)!r}, dtype={a.dtype.name!r})," for a in arrays]
    return ["model.set_weights(\n    [", *rows, "    ]\n)"]


def shortest(array: Array) -> list[Any]:
    """As nested lists, each number with the fewest digits that give it again in its own dtype."""
    return array.astype(str).astype(float).tolist()
