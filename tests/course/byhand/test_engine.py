"""What an exercise asks for is what the engine computes with the same numbers."""

from typing import Any, cast

import numpy as np
import pytest

from nn_core.activations import ACTIVATIONS
from nn_core.course.byhand import EXERCISES
from nn_core.course.byhand.applied import Apply
from nn_core.course.byhand.exercise import solved
from nn_core.layers import Dense, GaussianSampling
from nn_core.optimizers import SGD, Adam, Room
from nn_core.trace import Trace
from tests.course.byhand.engine import SEEDS, array, close, named, recorded

# Weights that are moved a step, and their layers.
STEPPED = {"v_1": 2, "w_11": 1}


def test_neuron() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("neuron")(seed)
        v = found.solution()
        weights = [array(v, "w_1 w_2 w_3")[:, None], array(v, "b")]
        dense = Dense(1, activation="sigmoid")
        trace = recorded([dense], weights, array(v, "x_1 x_2 x_3"), [0.0])
        close(found, named("z", trace["dense_1/z"]) | named("a", trace["dense_1/a"]))


def net(v: dict[str, float], hidden: str) -> Trace:
    """The 2-2-1 net of an exercise, one update of it recorded."""
    w, u = array(v, "w_11 w_12 w_21 w_22").reshape(2, 2), array(v, "v_1 v_2")[:, None]
    return recorded(
        [Dense(2, activation=hidden), Dense(1, activation="sigmoid")],
        [w, array(v, "b_1 b_2"), u, array(v, "c")],
        array(v, "x_1 x_2"),
        [v.get("y", 0.0)],
        optimizer=SGD(v.get("eta", 0.1)),
        loss="binary_crossentropy",
    )


def test_network_forward() -> None:
    hidden = set[str]()
    for seed in SEEDS:
        found = EXERCISES.get("network forward")(seed)
        kind = cast(Apply, found.blanks[1].expression).function
        trace = net(found.solution(), kind)
        wanted = named("z_1 z_2", trace["dense_1/z"]) | named("h_1 h_2", trace["dense_1/a"])
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
        wanted = named("do", trace["dense_2/dz"]) | named("dz_1 dz_2", trace["dense_1/dz"])
        wanted |= named("dv_1 dv_2", trace["dense_2/dkernel"])
        wanted |= named("dw_11 dw_12 dw_21 dw_22", trace["dense_1/dkernel"])
        moved = {n: v[n] + trace[f"dense_{k}/kernel.update"][0, 0] for n, k in STEPPED.items()}
        close(found, wanted | {f"{name}'": x for name, x in moved.items()}, room=4e-4)


def logits(activation: str, z: np.ndarray, y: Any, loss: str) -> Trace:
    """A layer whose sums are z, whatever comes in."""
    weights = [np.zeros((1, len(z))), z]
    return recorded([Dense(len(z), activation=activation)], weights, [1.0], y, loss=loss)


def test_losses() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("losses")(seed)
        v = found.solution()
        squared = logits("sigmoid", array(v, "z"), [v["y"]], "mse")
        binary = logits("sigmoid", array(v, "z"), [v["y"]], "binary_crossentropy")
        of_three = np.log(array(v, "p_1 p_2 p_3")), array(v, "y_1 y_2 y_3")
        several = logits("softmax", *of_three, "categorical_crossentropy")
        wanted = named("a", squared["dense_1/a"]) | named("SE", squared["loss"])
        wanted |= named("dz_SE", squared["dense_1/dz"]) | named("BCE", binary["loss"])
        wanted |= named("dz_BCE", binary["dense_1/dz"]) | named("CCE", several["loss"])
        close(found, wanted | named("dz_1 dz_2 dz_3", several["dense_1/dz"]))


def test_softmax() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("softmax")(seed)
        z = array(found.solution(), "z_1 z_2 z_3")
        p = logits("softmax", z, [1, 0, 0], "categorical_crossentropy")["dense_1/a"]
        powers = ACTIVATIONS.get("exponential").forward(z)
        wanted = named("p_1 p_2 p_3", p) | named("e_1 e_2 e_3", powers)
        close(found, wanted | {"s": powers.sum()})


def test_optimizers() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("optimizers")(seed)
        v = found.solution()
        w, slots, room = array(v, "w_0"), {"velocity": np.zeros(1)}, Room.of([1], np.dtype(float))
        wanted: dict[str, float] = {}
        for step in (1, 2):
            g = v["k"] * (w - v["c"])
            SGD(v["eta"], momentum=v["mu"]).update(w, g, slots, step, room)
            wanted |= {f"g_{step}": g[0], f"v_{step}": slots["velocity"][0], f"w_{step}": w[0]}
        adam, w = {"m": array(v, "m_1"), "v": array(v, "s_1")}, array(v, "w")
        Adam(v["eta"], v["beta_1"], v["beta_2"]).update(w, array(v, "g"), adam, 2, room)
        m, s = adam["m"][0], adam["v"][0]
        wanted |= {"m_2": m, "mhat": m / (1 - 0.9**2), "s_2": s, "shat": s / (1 - 0.99**2)}
        close(found, wanted | {"w'": w[0]}, room=1e-6)


def test_vae() -> None:
    """With the noise that the engine drew in place of the exercise's own."""
    for seed in SEEDS:
        found = EXERCISES.get("vae")(seed)
        x = array(found.solution(), "mu logvar")
        trace = recorded([GaussianSampling()], [], x, [0.0], loss="mse")
        cell = {n: trace[f"gaussian_sampling_1/{n}"] for n in ("noise", "y", "kl", "dy")}
        start = named("mu logvar", x) | named("epsilon", cell["noise"])
        values = solved(found.blanks, start)
        assert values["z"] == pytest.approx(cell["y"].item())
        assert values["KL"] == pytest.approx(cell["kl"].item())
        # What comes back through the draw is taken off: the divergence's own part remains.
        back = trace["gaussian_sampling_1/dlog_variance"].item()
        through = cell["dy"].item() * cell["noise"].item() * values["sigma"] / 2
        assert values["dlogvar"] == pytest.approx(back - through)
