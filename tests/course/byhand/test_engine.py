"""What an exercise asks for is what the engine computes with the same numbers."""

from typing import cast

import numpy as np
import pytest

from nn_core import Sequential, record
from nn_core.course.byhand import EXERCISES
from nn_core.course.byhand.applied import Apply
from nn_core.course.byhand.exercise import Exercise
from nn_core.layers import Dense
from nn_core.optimizers import SGD
from nn_core.trace import Trace

SEEDS = range(12)


def array(values: dict[str, float], names: str) -> np.ndarray:
    return np.array([values[name] for name in names.split()])


def close(found: Exercise, wanted: dict[str, float], room: float = 1e-9) -> None:
    values = found.solution()
    for name, number in wanted.items():
        assert values[name] == pytest.approx(float(number), abs=room), name
    missing = {b.name for b in found.blanks} - set(wanted)
    assert not missing


def test_neuron() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("neuron")(seed)
        v = found.solution()
        model = Sequential([Dense(1, activation="sigmoid")], input_shape=(3,), dtype="float64")
        model.set_weights([array(v, "w_1 w_2 w_3")[:, None], array(v, "b")])
        model.compile(loss="mse")
        trace = record(model, [array(v, "x_1 x_2 x_3")], [[0.0]])
        close(found, {"z": trace["dense_1/z"].item(), "a": trace["dense_1/a"].item()})


def net(v: dict[str, float], hidden: str) -> Trace:
    """The 2-2-1 net of an exercise, one update of it recorded."""
    layers = [Dense(2, activation=hidden), Dense(1, activation="sigmoid")]
    model = Sequential(layers, input_shape=(2,), dtype="float64")
    w, u = array(v, "w_11 w_12 w_21 w_22").reshape(2, 2), array(v, "v_1 v_2")[:, None]
    model.set_weights([w, array(v, "b_1 b_2"), u, array(v, "c")])
    model.compile(optimizer=SGD(v.get("eta", 0.1)), loss="binary_crossentropy")
    return record(model, [array(v, "x_1 x_2")], [[v.get("y", 0.0)]])


def named(name: str, values: np.ndarray) -> dict[str, float]:
    """z: (1, 2) -> z_1, z_2; dw: (2, 2) -> dw_11, dw_12, ...; a: one number -> a."""
    if values.size == 1:
        return {name: values.item()}
    rows = np.atleast_2d(values)
    single = len(rows) == 1 or rows.shape[1] == 1
    indices = [(i, j) for i in range(rows.shape[0]) for j in range(rows.shape[1])]
    return {
        f"{name}_{max(i, j) + 1}" if single else f"{name}_{i + 1}{j + 1}": rows[i, j]
        for i, j in indices
    }


def test_network_forward() -> None:
    hidden = set[str]()
    for seed in SEEDS:
        found = EXERCISES.get("network forward")(seed)
        kind = cast(Apply, found.blanks[1].expression).function
        trace = net(found.solution(), kind)
        wanted = named("z", trace["dense_1/z"]) | named("h", trace["dense_1/a"])
        wanted |= named("o", trace["dense_2/z"]) | named("a", trace["dense_2/a"])
        close(found, wanted)
        hidden.add(kind)
    assert hidden == {"tanh", "sigmoid"}


def test_network_backward() -> None:
    """The forward numbers are given with four decimals, so the gradients agree to these."""
    for seed in SEEDS:
        found = EXERCISES.get("network backward")(seed)
        v = found.solution()
        kind = "tanh" if v["h_1"] == round(np.tanh(v["z_1"]), 4) else "sigmoid"
        trace = net(v, kind)
        wanted = named("do", trace["dense_2/dz"]) | named("dz", trace["dense_1/dz"])
        wanted |= named("dv", trace["dense_2/dkernel"]) | named("dw", trace["dense_1/dkernel"])
        moved = {n: v[n] + trace[f"dense_{k}/kernel.update"][0, 0] for n, k in STEPPED.items()}
        close(found, wanted | {f"{name}'": x for name, x in moved.items()}, room=4e-4)


STEPPED = {"v_1": 2, "w_11": 1}
