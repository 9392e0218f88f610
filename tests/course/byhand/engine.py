"""What tests of exercises share: a stack with given weights, recorded, its numbers by name."""

from typing import Any

import numpy as np
import pytest

from nn_core import Sequential, record
from nn_core.course.byhand.exercise import Exercise
from nn_core.layers.base import Layer
from nn_core.trace import Trace

SEEDS = range(12)


def array(values: dict[str, float], names: str) -> np.ndarray:
    return np.array([values[name] for name in names.split()])


def named(names: str, values: Any) -> dict[str, float]:
    """Numbers of any shape by names, in the order in which they lie."""
    return dict(zip(names.split(), np.ravel(values).tolist(), strict=True))


def recorded(layers: list[Layer], weights: list[Any], x: Any, y: Any, **how: Any) -> Trace:
    """One sample through a stack with these weights, and back. x: (...), y: (...)."""
    sample = np.asarray(x, float)[None]
    model = Sequential(layers, input_shape=sample.shape[1:], dtype="float64")
    model.set_weights(weights)
    model.compile(**how)
    return record(model, sample, np.asarray(y, float)[None])


def close(found: Exercise, wanted: dict[str, float], room: float = 1e-9) -> None:
    values = found.solution()
    for name, number in wanted.items():
        assert values[name] == pytest.approx(float(number), abs=room), name
    missing = {b.name for b in found.blanks} - set(wanted)
    assert not missing
