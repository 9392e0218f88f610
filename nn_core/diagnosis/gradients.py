"""Gradients that shrink or grow on their way down the layers, or back through time."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from nn_core.diagnosis.base import Change, Finding, Run, rms

# What is left of a gradient from the last layer to the first, or from the last time step back.
LAYERS_LOW, LAYERS_HIGH = 1e-3, 1e3
TIME_LOW, TIME_HIGH = 1e-6, 1e3


def through_layers(run: Run) -> Iterator[Finding]:
    """The gradient at the first layer's output against the one at the last layer's input."""
    layers = run.model.layers
    # The gradient below the first layer goes nowhere.
    gradients = [(layer.name, run.value(f"{layer.name}/dx")) for layer in layers[1:]]
    sizes = [(name, rms(dx)) for name, dx in gradients if dx is not None]
    if len(sizes) < 2 or not sizes[-1][1] or not np.isfinite([size for _, size in sizes]).all():
        return
    ratio = sizes[0][1] / sizes[-1][1]
    hidden = tuple(layer.name for layer in layers[:-1] if hasattr(layer, "kernel_initializer"))
    if ratio < LAYERS_LOW:
        worst = min(pairwise(sizes), key=lambda pair: pair[0][1] / (pair[1][1] or 1.0))
        yield Finding(
            "vanishing gradients",
            f"Of the gradient at {sizes[-1][0]}, {ratio:.1e} is left at {layers[0].name}; most is "
            f"lost in {worst[0][0]}. relu with he_normal keeps its size.",
            ratio,
            Change(
                "layers", {"activation": "relu", "kernel_initializer": "he_normal"}, hidden, True
            ),
            layers[0].name,
        )
    elif ratio > LAYERS_HIGH:
        yield Finding(
            "exploding gradients",
            f"From {sizes[-1][0]} down to {layers[0].name} the gradient grows {ratio:.1e} times. "
            "he_normal keeps its size.",
            ratio,
            Change("layers", {"kernel_initializer": "he_normal"}, hidden, True),
            layers[0].name,
        )


def through_time(run: Run) -> Iterator[Finding]:
    """dL/dh at the first time step against the largest at any, for every recurrent layer."""
    for layer in run.model.layers:
        dh = run.value(f"{layer.name}/dh")
        if dh is None or dh.ndim != 3 or dh.shape[1] < 2:
            continue
        steps = [rms(dh[:, t]) for t in range(dh.shape[1])]
        if not np.isfinite(steps).all() or not steps[-1]:
            continue
        ratio = steps[0] / steps[-1]
        kind = "vanishing" if ratio < TIME_LOW else "exploding" if ratio > TIME_HIGH else ""
        if kind:
            yield Finding(
                f"{kind} gradients through time",
                f"In {layer.name} the gradient at the first of {len(steps)} time steps is "
                f"{ratio:.1e} of that at the last. An orthogonal recurrent kernel keeps its size.",
                ratio,
                Change("layers", {"recurrent_initializer": "orthogonal"}, (layer.name,), True),
                layer.name,
            )
