"""Scenarios of convolutions: what pooling keeps when a digit moves, and what it does not."""

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import Array
from nn_core.course.measures import accuracy, right, train
from nn_core.course.scenario import SCENARIOS, Evidence, Scenario, one
from nn_core.live.convolution import Block, Pictures
from nn_core.live.run import Run
from nn_core.network import Sequential
from nn_core.trace import record


def moved(runs: Sequence[Run]) -> Evidence:
    """Test digits one pixel to the right: how much the maps change before and behind the pool."""
    (run,) = runs
    train(run, 200)
    x, y = run.sets["test"]
    shifted = to_the_right(x)
    here, there = (record(run.model, each, y).values for each in (x, shifted))
    change = {
        part: float(np.linalg.norm(there[name] - here[name]) / np.linalg.norm(here[name]))
        for part, name in (("map", "conv2d_1/a"), ("pool", "max_pooling2d_1/y"))
    }
    still, after = accuracy(run, "test"), right(run, shifted, run.labels("test"))
    back = moved_back(run, there["conv2d_1/a"])
    return Evidence(
        int(change["pool"] < 0.8 * change["map"] and after < still - 0.2 < back),
        {**change, "still": still, "moved": after, "back": back},
    )


def moved_back(run: Run, maps: Array) -> float:
    """maps: (n, H, W, F) of moved pictures -> the share that is right when the maps are moved one
    column to the left before they go on to pool and Dense layer. Their last column stays 0."""
    left = np.zeros_like(maps)
    left[:, :, :-1] = maps[:, :, 1:]
    head = Sequential(run.model.layers[1:], maps.shape[1:])
    head.set_weights(run.model.get_weights()[2:])
    return float(np.mean(head.predict(left).argmax(axis=1) == run.labels("test")))


def to_the_right(x: Array) -> Array:
    """x: (n, H, W, 1) -> one pixel further; what leaves at the right is gone."""
    shifted = np.zeros_like(x)
    shifted[:, :, 1:] = x[:, :, :-1]
    return shifted


SCENARIOS.add("pooling", Scenario((one(Pictures(blocks=(Block(8),))),), moved, answer=1))
