"""The receipt of a weight: its terms, the finite difference and Keras say the same number."""

import math
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from nn_core.live.convolution import Pictures
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.spec import Spec
from nn_core.live.warm_keras import the_keras
from nn_core.weight_names import locate
from tests.live.viewer import Viewer

POINTS = Points(hidden=(Hidden(3),), points=60)
KINDS: dict[str, tuple[Spec, tuple[str, ...]]] = {
    "Dense": (POINTS, ("dense_1/kernel[1,2]", "dense_1/bias[0]", "dense_2/kernel[2,0]")),
    "priced": (Points(points=60, penalty="l2"), ("dense_2/kernel[3,1]",)),
    "Conv2D": (
        Pictures(samples=80, loss="sparse_categorical_crossentropy"),
        ("conv2d_1/kernel[1,2,0,1]", "conv2d_1/bias[2]", "dense_1/kernel[5,3]"),
    ),
    **{
        cell: (Sequences(cell=cell, units=3, samples=60, steps=6), tuple(weights))
        for cell, weights in {
            "SimpleRNN": ("simple_rnn_1/kernel[1,2]", "simple_rnn_1/recurrent_kernel[0,1]"),
            "LSTM": ("lstm_1/kernel[0,7]", "lstm_1/recurrent_kernel[2,4]", "lstm_1/bias[11]"),
            "GRU": ("gru_1/kernel[0,7]", "gru_1/recurrent_kernel[2,4]", "gru_1/bias[1,8]"),
        }.items()
    },
}


@pytest.fixture(params=KINDS)
def case(request: pytest.FixtureRequest) -> tuple[Viewer, tuple[str, ...]]:
    spec, weights = KINDS[request.param]
    viewer = Viewer(spec)
    viewer.say(type="set", sample=4, sample_set="test")
    viewer.say(type="step", kind="batch")
    return viewer, weights


def close(a: float, b: float) -> bool:
    """As near as float32 is."""
    return math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-7)


def test_every_kind_of_layer_is_a_kind_here() -> None:
    assert set(CELLS) < set(KINDS)


@pytest.mark.parametrize("over", ["sample", "batch"])
def test_terms_difference_and_keras_agree(case: tuple[Viewer, tuple[str, ...]], over: str) -> None:
    viewer, weights = case
    run = viewer.play.run
    assert run.batch is not None
    x, y = (run.test_x[4:5], run.test_y[4:5])
    if over == "batch":
        x, y = run.x[run.batch], run.y[run.batch]
    gradient = run.model.passes(x, y).gradient
    for weight in weights:
        found, _ = viewer.ask("gradient_receipt", weight=weight, over=over, most=5)
        assert found["gradient"] == gradient[locate(run.model, weight)]
        products = [math.prod(f["value"] for f in t["factors"]) for t in found["terms"]]
        assert products == pytest.approx([t["product"] for t in found["terms"]])
        assert products == sorted(products, key=abs, reverse=True)
        assert len(products) <= 5
        total = sum(products) + found["rest"]["total"] + found["penalty"]
        assert close(total, found["gradient"])
        assert close(found["numeric"], found["gradient"])
        assert found["chain"][0]["layer"] == run.model.layers[-1].name
        assert found["chain"][-1]["output"] == weight.split("[")[0].replace("/", "/d")
        (last,) = found["chain"][-1]["numbers"]
        assert last == found["gradient"]
        keras, _ = viewer.ask("keras_gradient", weight=weight, over=over)
        assert keras["gradient"] == found["gradient"]
        assert close(keras["keras"], found["gradient"]), weight
        assert keras["off"] == abs(keras["keras"] - keras["gradient"])


def test_clicks_at_one_moment_cost_one_run_of_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, runs = Viewer(Points(seed=11)), 0
    exchange = the_keras()._exchange  # pyright: ignore[reportPrivateUsage]

    def counted(frame: bytes) -> bytes:
        nonlocal runs
        runs += 1
        return exchange(frame)

    monkeypatch.setattr(the_keras(), "_exchange", counted)
    for weight in ("dense_1/kernel[0,0]", "dense_1/kernel[1,1]", "dense_2/bias[0]"):
        viewer.ask("keras_gradient", weight=weight, over="batch")
    assert runs == 1
    viewer.say(type="step", kind="batch")
    viewer.ask("keras_gradient", weight="dense_2/bias[0]", over="batch")
    assert runs == 2


def test_the_names_of_one_sample_are_those_of_the_stage() -> None:
    viewer = Viewer(POINTS)
    _, values = viewer.frames[-1]
    found, _ = viewer.ask("gradient_receipt", weight="dense_1/kernel[0,2]", over="sample")
    (term,) = found["terms"]
    assert [f["name"] for f in term["factors"]] == [
        *("dense_1/da[2]", "tanh'(dense_1/z[2])", "dense_1/x[0]")
    ]
    assert term["factors"][0]["value"] == values["dense_1/da"][2]
    assert term["factors"][2]["value"] == values["input"][0]
    rows = [int(row) for row in viewer.play.run.peek()]
    found, _ = viewer.ask("gradient_receipt", weight="dense_1/kernel[0,2]", over="batch", most=99)
    assert sorted(t["sample"] for t in found["terms"]) == sorted(rows)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"weight": "dense_1/kernel[9,9]"}, "has the shape"),
        ({"weight": "nothing"}, "Unknown weight"),
        ({"weight": "dense_1/bias[0]", "over": "everything"}, "over sample or batch"),
    ],
)
def test_a_bad_question_gets_a_sentence(fields: dict[str, Any], sentence: str) -> None:
    viewer = Viewer(POINTS)
    for what in ("gradient_receipt", "keras_gradient"):
        assert sentence in viewer.ask(what, **fields)[0]["error"]


def test_what_cannot_be_told_is_said() -> None:
    viewer = Viewer(Pictures(dataset="digits28", samples=300))
    viewer.say(type="set", batch_size=500)
    ask = {"weight": "conv2d_1/bias[0]", "over": "batch"}
    assert "smaller batch size" in viewer.ask("gradient_receipt", **ask)[0]["error"]
    viewer.play.run.model.weights.vector[0] = np.nan
    ask["over"] = "sample"
    for what in ("gradient_receipt", "keras_gradient"):
        assert "finite number" in viewer.ask(what, **ask)[0]["error"]


def test_the_server_has_not_imported_tensorflow() -> None:
    """All of the above was answered by the worker; other tests of a session may import it."""
    code = """if True:
        import sys
        from nn_core.live.points import Points
        from nn_core.live.warm_keras import the_keras
        from tests.live.viewer import Viewer
        header, _ = Viewer(Points()).ask("keras_gradient", weight="dense_1/kernel[0,0]")
        the_keras().stop()
        assert "version" in header, header
        assert not {"tensorflow", "keras"} & set(sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
