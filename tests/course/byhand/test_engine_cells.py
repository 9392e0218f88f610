"""Convolution and recurrent cells by hand are the engine's own."""

from typing import Any

import numpy as np

from nn_core import Sequential, record
from nn_core.course.byhand import EXERCISES
from nn_core.course.byhand.convolution import CORNERS
from nn_core.layers import GRU, LSTM, Conv2D, MaxPooling2D, SimpleRNN
from nn_core.layers.base import Layer
from nn_core.trace import Trace
from tests.course.byhand.engine import SEEDS, array, close, named, recorded


def test_convolution() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("convolution")(seed)
        v = found.solution()
        x = array(v, " ".join(f"x_{i}{j}" for i in "1234" for j in "1234")).reshape(4, 4, 1)
        k = array(v, " ".join(f"k_{i}{j}" for i in "123" for j in "123")).reshape(3, 3, 1, 1)
        layers: list[Layer] = [Conv2D(1, (3, 3), activation="relu"), MaxPooling2D()]
        # Squared error sends back 2 (p - y), which is to be dp.
        y = np.reshape(v["p"] - v["dp"] / 2, (1, 1, 1))
        trace = recorded(layers, [k, np.zeros(1)], x, y, loss="mse")
        wanted = named("z_11 z_12 z_21 z_22", trace["conv2d_1/z"])
        wanted |= named("a_11 a_12 a_21 a_22", trace["conv2d_1/a"])
        wanted |= named("p", trace["max_pooling2d_1/y"])
        for m, n in CORNERS:
            wanted[f"dk_{m}{n}"] = trace["conv2d_1/dkernel"][m - 1, n - 1, 0, 0]
        close(found, wanted)


def test_rnn() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("rnn")(seed)
        v = found.solution()
        weights, x = [array(v, name).reshape(1, -1) for name in "wu"], array(v, "x_1 x_2 x_3")
        y = [v["h_3"] - v["dh_3"] / 2]
        trace = recorded([SimpleRNN(1)], [*weights, array(v, "b")], x[:, None], y, loss="mse")
        cell = {name: trace[f"simple_rnn_1/{name}"] for name in ("z", "h", "dz", "dh")}
        wanted = named("z_1 z_2 z_3", cell["z"]) | named("h_1 h_2 h_3", cell["h"])
        wanted |= named("dz_1 dz_2 dz_3", cell["dz"]) | named("dh_1 dh_2 dh_3", cell["dh"])
        wanted |= named("dw", trace["simple_rnn_1/dkernel"])
        close(found, wanted | named("du", trace["simple_rnn_1/drecurrent_kernel"]))


def stepped(layer: Layer, v: dict[str, float], gates: str, bias: Any) -> Trace:
    """One step of a cell from its given state."""
    w, u = (array(v, " ".join(f"{kind}_{gate}" for gate in gates))[None] for kind in "wu")
    model = Sequential([layer], input_shape=(1, 1), dtype="float64")
    model.set_weights([w, u, bias])
    model.compile(loss="mse")
    model.states[0] = {name: array(v, f"{name}_0")[None] for name in "hc" if f"{name}_0" in v}
    return record(model, [[[v["x"]]]], [[0.0]])


def test_lstm_step() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("lstm step")(seed)
        v = found.solution()
        trace = stepped(LSTM(1), v, "ifgo", array(v, "b_i b_f b_g b_o"))
        wanted = named("z_i z_f z_g z_o", trace["lstm_1/z"])
        for name in ("i", "f", "g", "o"):
            wanted |= named(name, trace[f"lstm_1/{name}"])
        close(found, wanted | named("c_1", trace["lstm_1/c"]) | named("h_1", trace["lstm_1/h"]))


def test_gru_step() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("gru step")(seed)
        v = found.solution()
        bias = np.stack([array(v, "b_z b_r b_g"), np.zeros(3)])
        trace = stepped(GRU(1), v, "zrg", bias)
        wanted = named("m_z m_r m_g", trace["gru_1/m"]) | named("h_1", trace["gru_1/h"])
        for name in ("z", "r", "g"):
            wanted |= named(name, trace[f"gru_1/{name}"])
        close(found, wanted)
