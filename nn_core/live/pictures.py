"""What a play shows: the hello that says what there is, and a frame of its present state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nn_core.arrays import Array
from nn_core.datasets import DOMAIN
from nn_core.live.frames import encode
from nn_core.live.spec import as_json, options
from nn_core.metrics import METRICS

if TYPE_CHECKING:
    from nn_core.live.play import Play


def hello(play: Play) -> bytes:
    """Structure, data, settings and what the controls offer."""
    header = {
        "kind": "hello",
        "seq": play.seq,
        "task": play.spec.task,
        "dataset": play.spec.dataset,
        "features": play.spec.features,
        "layers": layers(play),
        "loss": play.spec.loss,
        "penalty": penalty(play),
        "settings": as_json(play.settings),
        "options": options(),
        "domain": DOMAIN,
    }
    tensors = {name: part.astype(np.float32) for name, part in play.data._asdict().items()}
    return encode(header, tensors)


def penalty(play: Play) -> dict[str, Any] | None:
    """The price on large weights, which is part of every gradient shown."""
    if play.spec.penalty == "none":
        return None
    return {"name": play.spec.penalty, "rate": play.spec.penalty_rate}


def layers(play: Play) -> list[dict[str, Any]]:
    """Each layer with the places of its kernel and bias in the flat vector of weights."""
    found: list[dict[str, Any]] = []
    start = 0
    for layer, shape in zip(play.model.layers, play.model.shapes):
        inputs, units = shape[0], play.model.weights.specs[len(found)][0].shape[1]
        found.append(
            {
                "name": layer.name,
                "type": layer.keras_class,
                "units": units,
                "inputs": inputs,
                "activation": getattr(layer, "activation", "linear"),
                "initializer": getattr(layer, "kernel_initializer", ""),
                "kernel": [start, inputs, units],
                "bias": [start + inputs * units, units],
            }
        )
        start += (inputs + 1) * units
    return found


def frame(play: Play) -> bytes:
    """Counters, losses, the shown sample's numbers, and the flat vectors."""
    model = play.model
    train, a = model.judge(play.x, play.y)
    test, test_a = model.judge(play.test_x, play.test_y)
    metric = METRICS.get("r2" if play.spec.task == "regression" else "accuracy")
    scores = metric(play.y, a), metric(play.test_y, test_a)
    name, index = play.sample_at()
    values = sample_values(play)
    tensors: dict[str, Array] = {"weights": model.weights.vector, **values}
    gradient, update = play.gradient, play.update
    if gradient is not None and update is not None:
        tensors |= {"gradient": gradient, "update": update}
    if play.walk and "update/g" in play.walk.known():
        tensors["gradient"] = play.walk.whole["update/g"]
    tensors["history"] = np.array(
        [[play.step, play.step / play.steps_per_epoch, train, test, *scores]], np.float32
    )
    header: dict[str, Any] = {
        "kind": "frame",
        "seq": play.seq,
        "state": play.state,
        "epoch": play.epoch,
        "step": play.step,
        "steps_per_epoch": play.steps_per_epoch,
        "flush": play.news["flush"],
        "reset": play.news["reset"],
        "sample": {
            "index": index,
            "set": name,
            "in_batch": in_batch(play, name, index),
            "y": target(play, name, index),
        },
        "loss": {"train": finite(train), "test": finite(test)},
        "metric": {"name": metric.label, "train": finite(scores[0]), "test": finite(scores[1])},
        "operation": play.walk.header() if play.walk else None,
        "load": {"note": play.note} if play.note else None,
        "stopped": play.stopped,
    }
    if play.news["settings"]:
        header["settings"] = as_json(play.settings)
    return encode(header, tensors)


def sample_values(play: Play) -> dict[str, Array]:
    """The shown sample's input, z, a, da, dz of each layer, output and own gradient."""
    model, (x, y) = play.model, play.sample(play.sample_at())
    if play.walk:
        return {"input": x[0], **play.walk.values(model)}
    passes = model.passes(x, y)
    values: dict[str, Array] = {"input": x[0]}
    last = len(model.layers) - 1
    for index, (layer, cache) in enumerate(zip(model.layers, passes.caches)):
        values[f"{layer.name}/z"] = cache.z[0]
        values[f"{layer.name}/a"] = passes.a[0] if index == last else cache.a[0]
        values[f"{layer.name}/dz"] = passes.parameters[index].kept["dz"][0]
        if index < last or passes.out is passes.a:
            values[f"{layer.name}/da"] = passes.upstream[index][0]
    values["output"] = passes.a[0]
    values["sample_gradient"] = passes.gradient
    return values


def in_batch(play: Play, name: str, index: int) -> bool | None:
    """Whether the shown sample is part of the batch that is walked through; None if none is."""
    if play.walk is None:
        return None
    return name == "train" and bool((play.walk.batch == index).any())


def target(play: Play, name: str, index: int) -> float:
    """The sample's label or height."""
    return float((play.data.train_y if name == "train" else play.data.test_y)[index])


def finite(value: float) -> float | None:
    """JSON has no NaN and no infinity."""
    return value if np.isfinite(value) else None
