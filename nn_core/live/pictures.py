"""What a play shows: the hello that says what there is, and a frame of its present state."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.code import code
from nn_core.live.company import Company
from nn_core.live.frames import encode
from nn_core.live.judge import Judgement
from nn_core.live.samples import samples_depend
from nn_core.live.settings import as_json, options
from nn_core.live.showing import company, judged, sample, sample_at
from nn_core.live.structure import layers
from nn_core.live.values import sample_values
from nn_core.metrics import confusion_matrix

if TYPE_CHECKING:
    from nn_core.live.play import Play

# As long as all weights together: in motion only the one that is looked at travels.
VECTORS = {"gradient", "update", "sample_gradient"}


def hello(play: Play) -> bytes:
    """Structure, data, settings and what the controls offer."""
    run = play.run
    depend = samples_depend(run.model)
    own = sample_values(run.model, run.x[:1], run.y[:1], 0 if depend else None)
    header = {
        "kind": "hello",
        "seq": play.seq,
        "scene": play.spec.scene,
        "task": play.spec.task,
        **play.spec.about,
        "input_shape": run.model.input_shape,
        "samples": {"train": len(run.x), "test": len(run.test_x)},
        "layers": layers(run.model, play.spec.adjustable),
        "shapes": {name: array.shape for name, array in own.items()},
        "depend": depend,
        "loss": play.spec.loss,
        "penalty": play.spec.price,
        "settings": as_json(play.settings),
        "options": options(),
    }
    return encode(header, play.spec.shown(run.data))


def frame(play: Play) -> bytes:
    """Counters, losses, the shown sample's numbers, and the flat vectors."""
    run = play.run
    judgement, fresh = judged(play)
    name, index = sample_at(play)
    among = company(play)
    tensors: dict[str, Array] = {"weights": run.model.weights.vector, **values(play, among)}
    gradient, update = run.gradient, run.update
    if gradient is not None and update is not None:
        tensors |= {"gradient": gradient, "update": update}
    if play.state == "playing" and not play.walk and play.wanted is not None:
        tensors = {n: t for n, t in tensors.items() if n not in VECTORS or n == play.wanted}
    if play.walk and play.walk.partial is not None:
        tensors["gradient"] = play.walk.partial
    if fresh or play.news["hello"]:
        tensors["history"] = history(judgement, run.steps_per_epoch)
    if play.spec.scene != "points":
        tensors |= outcome(play, judgement)
    header: dict[str, Any] = {
        "kind": "frame",
        "seq": play.seq,
        "state": play.state,
        "epoch": run.epoch,
        "step": run.step,
        "steps_per_epoch": run.steps_per_epoch,
        "past": {
            "last": run.last,
            "cuts": run.cuts,
            "every": run.past.every,
            "undo": run.undoable,
            "changes": len(run.log),
        },
        "flush": play.news["flush"],
        "reset": play.news["reset"],
        "sample": {
            "index": index,
            "set": name,
            "in_batch": in_batch(play, name, index),
            "y": target(play, name, index),
            "company": among.header if among else None,
        },
        "loss": {
            "train": finite(judgement.train),
            "test": finite(judgement.test),
            "step": judgement.step,
        },
        "metric": {
            "name": play.judge.metric.label,
            "train": finite(judgement.train_metric),
            "test": finite(judgement.test_metric),
        },
        "operation": play.walk.header() if play.walk else None,
        "load": {"note": play.note} if play.note else None,
        "stopped": run.stopped,
    }
    if play.news["settings"]:
        header["settings"] = as_json(play.settings)
    if play.news["settings"] or play.news["hello"]:
        header["code"] = code(run.model, run.y.shape[1:])
    return encode(header, tensors)


def values(play: Play, among: Company | None) -> dict[str, Array]:
    """The shown sample's numbers; in slow motion those that are computed so far.

    among: the batch that it is a row of, where samples depend on each other.
    """
    x, y = sample(play, sample_at(play))
    if play.walk:
        return {"input": x[0], **play.walk.values(play.run.model)}
    if among:
        own = sample_values(play.run.model, among.x, among.y, among.row)
        return {"input": x[0], **own}
    return {"input": x[0], **sample_values(play.run.model, x, y)}


def history(judged: Judgement, steps_per_epoch: int) -> Array:
    """One row of the curves: step, epoch, losses, metrics."""
    losses = judged.train, judged.test, judged.train_metric, judged.test_metric
    return np.array([[judged.step, judged.step / steps_per_epoch, *losses]], np.float32)


def outcome(play: Play, judged: Judgement) -> dict[str, Array]:
    """What the network says of the test samples: a confusion matrix, or its answers."""
    if play.spec.task == "regression":
        return {"predicted": judged.predicted[:, 0]}
    return {"confusion": confusion_matrix(play.run.test_y, judged.predicted).astype(np.int32)}


def in_batch(play: Play, name: str, index: int) -> bool | None:
    """Whether the shown sample is part of the batch that is walked through; None if none is."""
    if play.walk is None:
        return None
    return name == "train" and bool((play.walk.batch == index).any())


def target(play: Play, name: str, index: int) -> float:
    """The sample's label or height."""
    return float(play.run.labels(name)[index])


def finite(value: float) -> float | None:
    """JSON has no NaN and no infinity."""
    return value if math.isfinite(value) else None
