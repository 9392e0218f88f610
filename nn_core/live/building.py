"""The question "kernel_gradient": how a convolution's gradient adds up, a window at a time."""

from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.layers import Conv2D
from nn_core.live.asks import Answer, Scene, ask
from nn_core.network import Sequential
from nn_core.trace import record


@ask
def kernel_gradient(about: Scene, message: dict[str, Any]) -> Answer:
    """The sums so far of message["filter"]'s gradient over message["channel"], in "layer".

    running: (H' W', K, K), after each window of the shown sample, row by row; the last is the
    gradient itself.
    """
    name, channel, number = (message[key] for key in ("layer", "channel", "filter"))
    check(about.model, name, channel, number)
    trace = record(about.model, *about.sample)
    columns, dz = trace[f"{name}/columns"][0], trace[f"{name}/dz"][0]
    running = sums(columns[..., channel], dz[..., number])
    header = {"layer": name, "channel": channel, "filter": number}
    return header, {"running": running.astype(np.float32)}


def sums(patches: Array, dz: Array) -> Array:
    """patches: (H', W', K, K), dz: (H', W') -> patch * dz added up so far: (H' W', K, K)."""
    products = patches * dz[:, :, None, None]
    return np.cumsum(products.reshape(-1, *patches.shape[2:]), axis=0, dtype=np.float64)


def check(model: Sequential, name: object, channel: object, number: object) -> None:
    """Raises ValueError unless there is such a convolution, with such a channel and filter."""
    places = [i for i, layer in enumerate(model.layers) if layer.name == name]
    if not places or not isinstance(model.layers[places[0]], Conv2D):
        names = [layer.name for layer in model.layers if isinstance(layer, Conv2D)]
        raise ValueError(f"A Conv2D is expected, of: {', '.join(names)}; received {name!r}.")
    *_, channels, filters = model.weights.own[places[0]].values["kernel"].shape
    for what, value, most in (("channel", channel, channels), ("filter", number, filters)):
        if not isinstance(value, int) or not 0 <= value < most:
            raise ValueError(f"{name} expects a {what} from 0 to {most - 1}; received {value!r}.")
