"""What is read off a run: its loss, its accuracy, how large gradients are layer by layer."""

from dataclasses import replace
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.run import Run
from nn_core.network import QUIET
from nn_core.trace import record


def train(run: Run, updates: int) -> Run:
    """So many updates, or as many as there are before its numbers end."""
    with np.errstate(**QUIET):
        for _ in range(updates):
            if run.stopped:
                break
            run.train()
    return run


def again(run: Run, **settings: Any) -> Run:
    """The same data and the same first weights, with other settings from the start."""
    return Run(run.spec, replace(run.first, **settings), run.script)


def loss(run: Run, which: str = "train") -> float:
    """The mean loss over the train or test samples."""
    return run.model.evaluate(*run.sets[which])


def accuracy(run: Run, which: str = "train") -> float:
    """The share of the train or test samples that are put into their class."""
    return right(run, run.sets[which][0], run.labels(which))


def right(run: Run, x: Array, labels: Array) -> float:
    """x: (n, ...), labels: (n,) -> the share whose class the network names."""
    out = run.model.predict(x)
    named = out[:, 0] > 0.5 if out.shape[-1] == 1 else out.argmax(axis=-1)
    return float(np.mean(named == labels))


def kernel_gradients(run: Run) -> list[float]:
    """|dL/dkernel| of every layer that has one, from the input up, over all train samples."""
    found = record(run.model, *run.sets["train"]).values
    return [
        float(np.linalg.norm(found[f"{layer.name}/dkernel"]))
        for layer in run.model.layers
        if f"{layer.name}/dkernel" in found
    ]


def values(run: Run, name: str, which: str = "train") -> Array:
    """An intermediate of one forward pass over these samples, by its name."""
    return record(run.model, *run.sets[which]).values[name]


def saturated(run: Run) -> float:
    """The share of the hidden tanh layers' outputs that lie within 0.01 of -1 or 1, over all train
    samples: there the slope is under 0.02."""
    found = record(run.model, *run.sets["train"]).values
    outputs = np.hstack([found[f"{layer.name}/a"] for layer in run.model.layers[:-1]])
    return float(np.mean(np.abs(outputs) > 0.99))


def stride(run: Run, updates: int) -> float:
    """How far a weight moves in one of so many updates, on the mean, in shares of the rate."""
    moved: list[float] = []
    for _ in range(updates):
        before = run.model.weights.vector.copy()
        moved.append(float(np.abs(train(run, 1).model.weights.vector - before).mean()))
    return float(np.mean(moved)) / run.settings.learning_rate


def leaning(run: Run) -> float:
    """How much the train loss rises if one hidden unit falls silent, on the mean over the units."""
    whole, risen = loss(run), list[float]()
    kernels = [w for name, w in run.model.named_weights.items() if name.endswith("/kernel")]
    for row in (row for kernel in kernels[1:] for row in kernel):
        kept = row.copy()
        row[...] = 0
        risen.append(loss(run) - whole)
        row[...] = kept
    return float(np.mean(risen))


def roughness(run: Run, updates: int) -> float:
    """How far the gradients of so many updates lie from their mean, in shares of its length: 0 is
    one direction all the way."""
    seen: list[Array] = []
    for _ in range(updates):
        train(run, 1)
        seen.append(run.model.weights.gradient.copy())
    each = np.array(seen)
    mean = each.mean(axis=0)
    spread = np.linalg.norm(each - mean, axis=1).mean()
    return float(spread / np.linalg.norm(mean))
