"""Scales, penalties and costs by hand are what initializers, layers and lessons compute."""

import numpy as np

from nn_core.course import outside
from nn_core.course.byhand import EXERCISES
from nn_core.initializers import INITIALIZERS
from nn_core.layers import Dense, Dropout
from nn_core.regularizers import L1, L2
from tests.course.byhand.engine import SEEDS, array, close, named, recorded


def test_vanishing() -> None:
    """The forward numbers are given with four decimals, so the gradients agree to these."""
    for seed in SEEDS:
        found = EXERCISES.get("vanishing")(seed)
        v = found.solution()
        layers = [Dense(1, activation="sigmoid", use_bias=False) for _ in range(3)]
        # Behind squared error dL/da is 2 (a - y).
        target = v["a_3"] - v["da_3"] / 2
        weights = [array(v, f"w_{k}")[:, None] for k in (1, 2, 3)]
        trace = recorded([*layers], weights, array(v, "x"), [target], loss="mse")
        wanted = {f"dz_{k}": float(trace[f"dense_{k}/dz"][0, 0]) for k in (1, 2, 3)}
        wanted["dw_1"] = float(trace["dense_1/dkernel"][0, 0])
        wanted["left"] = wanted["dz_1"] / wanted["dz_3"]
        wide = int(v["n"]), int(v["m"])
        wanted |= {"sigma_He": std("he_normal", *wide), "sigma_Glorot": std("glorot_normal", *wide)}
        close(found, wanted, room=2e-3)


def std(rule: str, inputs: int, units: int) -> float:
    """The standard deviation that weights are drawn with. A layer a hundred times as wide on both
    sides has one that is a tenth, and weights enough to measure it."""
    wide = INITIALIZERS.get(rule)(np.random.default_rng(0), (100 * inputs, 100 * units))
    return 10 * float(wide.std())


def test_penalties() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("penalties")(seed)
        v = found.solution()
        kernel = array(v, "w_1 w_2")
        squares, sizes = L2(v["lambda"]), L1(v["lambda"])
        dw_1 = v["g_1"] + squares.gradient(kernel)[0]
        wanted = {
            "R_L2": squares.penalty(kernel),
            "J": v["L"] + squares.penalty(kernel),
            "dw_1": dw_1,
            "w_1'": v["w_1"] - v["eta"] * dw_1,
            "dw_2": v["g_2"] + sizes.gradient(kernel)[1],
            "h'": kept(v["h"], v["p"]),
            "CV": float(np.mean(array(v, "v_1 v_2 v_3"))),
        }
        close(found, wanted, room=1e-6)


def kept(h: float, rate: float) -> float:
    """What a dropout layer hands on of two hundred activations that are alike: some are 0."""
    layers = [Dropout(rate), Dense(1, use_bias=False)]
    trace = recorded([*layers], [np.ones((200, 1))], np.full(200, h), [0.0], loss="mse")
    return float(trace["dropout_1/y"].max())


def test_outside() -> None:
    """Customers who meet three conditions are counted over all combinations of yes and no."""
    for seed in SEEDS:
        found = EXERCISES.get("outside")(seed)
        v = found.solution()
        shares = array(v, "p_1 p_2 p_3 p_4")
        joint = np.array([1.0])
        for share in shares:
            joint = np.outer(joint, [1 - share, share]).ravel()
        three = joint.reshape(8, 2)[-1].sum()
        counted = outside.multiplications(int(v["n"]), (int(v["u_1"]), int(v["u_2"])))
        sales, places = v["s"] / v["S"], v["l"] / v["P"]
        wanted = named("E_3 E_4", v["N"] * np.array([three, joint[-1]]))
        wanted |= {"sales": sales, "places": places, "lift": places / sales}
        wanted |= {"network": counted["network"], "EASE": counted["ease"]}
        wanted["ratio"] = counted["ease"] / counted["network"]
        close(found, wanted)
