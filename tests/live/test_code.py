"""The code beside the pictures: NumPy lines and Keras lines, as the server sends them."""

import numpy as np
import pytest

from nn_core.export import keras_code
from nn_core.live.convolution import Block, Pictures
from nn_core.live.points import Points
from nn_core.live.recurrent import Sequences
from nn_core.live.spec import Spec
from nn_core.live.walk import MEAN
from nn_core.trace import record
from tests.engine.lines import run
from tests.live.viewer import Viewer

KINDS: dict[str, Spec] = {
    "points": Points(penalty="l2"),
    "two classes": Points(loss="categorical_crossentropy"),
    "pictures": Pictures(samples=60, blocks=(Block(2), Block(3, 2, pool="average"))),
    "class numbers": Pictures(samples=60, loss="sparse_categorical_crossentropy"),
    "lstm": Sequences(samples=60, steps=5, units=3),
    "gru": Sequences(samples=60, steps=5, units=3, cell="GRU", dataset="adding", loss="mse"),
}


@pytest.fixture(params=KINDS)
def viewer(request: pytest.FixtureRequest) -> Viewer:
    return Viewer(KINDS[request.param])


def test_every_operation_is_sent_with_its_line_and_shapes(viewer: Viewer) -> None:
    header, _ = viewer.frames[-1]
    model = viewer.play.run.model
    trace = record(model, viewer.play.run.x[:1], viewer.play.run.y[:1])
    sent = header["code"]["operations"]
    assert [line["output"] for line in sent] == [op.output for op in trace.operations]
    for line, op in zip(sent, trace.operations):
        assert line["numpy"] == op.numpy
        shapes = dict(line["shapes"])
        assert list(shapes)[-1] == op.name
        assert {tuple(s) for s in shapes.values()} <= {
            trace.shape(name) for name in (*op.inputs, op.output)
        }
        if op.phase != "update":
            given = {s: trace[name] for s, name in zip(op.symbols, op.inputs)}
            found = run(line["numpy"], given)[op.name]
            assert list(np.shape(found)) == shapes[op.name]
            np.testing.assert_allclose(found, trace[op.output], 1e-3, 1e-6)


def test_the_lines_of_keras_are_those_of_the_script(viewer: Viewer) -> None:
    code, model = viewer.frames[-1][0]["code"], viewer.play.run.model
    script = keras_code(model)
    assert list(code["keras"]) == [layer.name for layer in model.layers]
    for text in (*code["keras"].values(), code["compile"]):
        assert text in script


def test_the_code_comes_with_other_settings_and_with_no_other_picture(viewer: Viewer) -> None:
    header, _ = viewer.say(type="step", kind="batch")
    assert "code" not in header
    header, _ = viewer.say(type="set", optimizer="adam", learning_rate=0.25)
    assert "Adam(learning_rate=0.25)" in header["code"]["compile"].replace("optimizer=", "")
    lines = [line["numpy"] for line in header["code"]["operations"]]
    assert any(line.startswith("v = v + (1 - beta_2)") for line in lines)


def test_another_activation_has_another_line() -> None:
    viewer = Viewer(Points())
    header, _ = viewer.say(type="set", activations=("relu", "tanh"))
    lines = {line["output"]: line["numpy"] for line in header["code"]["operations"]}
    assert lines["dense_1/a"] == "a = np.maximum(z, 0)"
    assert lines["dense_2/a"] == "a = np.tanh(z)"
    assert "activation='relu'" in header["code"]["keras"]["dense_1"]


def test_slow_motion_has_the_line_of_each_operation(viewer: Viewer) -> None:
    seen: list[str] = []
    header, _ = viewer.say(type="step", kind="operation")
    for _ in range(header["operation"]["count"]):
        operation = viewer.frames[-1][0]["operation"]
        seen.append(operation["code"]["numpy"])
        assert operation["code"]["shapes"][-1][0] == operation["name"]
        viewer.say(type="step", kind="operation")
    assert all(seen)
    assert MEAN.numpy in seen


def test_the_mean_of_the_samples_gradients_is_the_batchs(viewer: Viewer) -> None:
    model, x, y = viewer.play.run.model, viewer.play.run.x[:6], viewer.play.run.y[:6]
    each = [model.passes(x[n : n + 1], y[n : n + 1]).gradient for n in range(6)]
    found = run(MEAN.numpy, {"sample_gradients": np.array(each)})["g"]
    np.testing.assert_allclose(found, model.passes(x, y).gradient, 1e-3, 1e-6)


def test_sample_by_sample_has_its_line() -> None:
    viewer = Viewer(Points())
    viewer.say(type="step", kind="sample")
    before = viewer.frames[-1][1]["gradient"]
    header, values = viewer.say(type="step", kind="sample")
    own = {"g": before, "sample_gradient": values["sample_gradient"]}
    found = run(header["operation"]["code"]["numpy"], own)["g"]
    np.testing.assert_allclose(found, values["gradient"], rtol=1e-5, atol=1e-8)
