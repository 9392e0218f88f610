"""Truncated back-propagation through time: long sequences, learned a window at a time."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from nn_core.network import Sequential
from nn_core.training import BatchEnd, EpochEnd, Event


def fit_truncated(
    model: Sequential, x: npt.ArrayLike, y: npt.ArrayLike, epochs: int = 1
) -> Iterator[Event]:
    """Trains window after window of the model's own time steps.

    x: (N, T, D), y: (N, T, ...), T a multiple of the model's own time steps. The layers are
    stateful: a window begins where the last one ended, and gradients end at its edge. Each epoch
    begins with cleared states.
    """
    window = model.input_shape[0]
    inputs, targets = np.asarray(x, model.dtype), np.asarray(y)
    steps = inputs.shape[1] if inputs.ndim > 1 else 0
    stateful = [layer.name for layer in model.layers if getattr(layer, "stateful", False)]
    if not stateful or targets.shape[:2] != inputs.shape[:2] or not steps or steps % window:
        raise ValueError(
            f"fit_truncated expects stateful layers and x, y of (N, T, ...), T a multiple of "
            f"{window}; received stateful layers {stateful}, x {inputs.shape}, y {targets.shape}. "
            "Give recurrent layers stateful=True and return_sequences=True."
        )
    step = 0
    for epoch in range(1, epochs + 1):
        clear_states(model)
        total = 0.0
        for start in range(0, steps, window):
            now = slice(start, start + window)
            loss = model.train_on_batch(inputs[:, now], targets[:, now])
            step += 1
            total += loss
            yield BatchEnd(epoch, step, loss)
        yield EpochEnd(epoch, total / (steps // window), None)
    clear_states(model)


def clear_states(model: Sequential) -> None:
    """What stateful layers carry from batch to batch is forgotten."""
    for index, layer in enumerate(model.layers):
        if getattr(layer, "stateful", False):
            model.states[index] = layer.initial_state(model.shapes[index])
