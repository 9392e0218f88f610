"""The lab's fourth kind of data, any stack: built by its form and by its line of text."""

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.layers import LAYERS
from nn_core.live.drafts import datasets
from nn_core.live.notation import kinds
from nn_core.live.stack import Stack
from tests.live.viewer import Viewer
from tests.pages.test_lab import of_kind, play_of

STACK = (
    "conv2d(3,3,activation=relu)-max_pooling2d-batch_normalization-reshape(3,9)-dropout(0.25)"
    "-lstm(6)"
)


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../../pages/router.py", default_timeout=30)
    return of_kind(app, "Any stack")


def layers_of(app: AppTest) -> list[str]:
    return [layer.name for layer in play_of(app)[1].run.model.layers]


def text_of(app: AppTest) -> str:
    return app.text_area(key="lab-stack").value or ""


def test_a_stack_is_typed_and_plays(app: AppTest) -> None:
    app.text_area(key="lab-stack").set_value(STACK).run()
    assert not app.exception
    assert not app.error
    names = "conv2d max_pooling2d batch_normalization reshape dropout lstm dense"
    assert layers_of(app) == [f"{name}_1" for name in names.split()]
    spec = play_of(app)[1].spec
    assert isinstance(spec, Stack)
    viewer = Viewer(spec)
    first = viewer.frames[-1][0]["loss"]["train"]
    for _ in range(6):
        viewer.say(type="step", kind="epoch")
    assert viewer.frames[-1][0]["loss"]["train"] < first


def test_the_form_builds_the_same_stack(app: AppTest) -> None:
    app.text_area(key="lab-stack").set_value("conv2d(4,3)").run()
    app.number_input(key="lab-stack-0-conv2d-filters").set_value(3).run()
    app.selectbox(key="lab-stack-0-conv2d-activation").select("relu").run()
    for kind in ("max_pooling2d", "batch_normalization", "reshape", "dropout", "lstm"):
        app.selectbox(key="lab-stack-new").select(kind).run()
        app.button(key="lab-stack-add").click().run()
    app.text_input(key="lab-stack-3-reshape-target_shape").set_value("3,9").run()
    app.number_input(key="lab-stack-4-dropout-rate").set_value(0.25).run()
    app.number_input(key="lab-stack-5-lstm-units").set_value(6).run()
    assert not app.exception
    assert text_of(app) == STACK
    assert not app.error
    assert layers_of(app)[-2:] == ["lstm_1", "dense_1"]


def test_layers_move_go_and_become_others(app: AppTest) -> None:
    app.text_area(key="lab-stack").set_value("flatten-dense(4)-dropout(0.2)").run()
    app.button(key="lab-stack-2--1").click().run()
    assert text_of(app) == "flatten-dropout(0.2)-dense(4)"
    app.button(key="lab-stack-1-away").click().run()
    assert text_of(app) == "flatten-dense(4)"
    app.selectbox(key="lab-stack-1-kind").select("layer_normalization").run()
    assert text_of(app) == "flatten-layer_normalization"
    assert not app.exception
    assert layers_of(app) == ["flatten_1", "layer_normalization_1", "dense_1"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("conv2d(4,3)-lstm(3)", "LSTM 'lstm_1' expects (N, T, D); received (N, 6, 6, 4)"),
        ("conv2d(4,3", "Brackets open and close in pairs"),
        ("dens(3)", "Unknown layer 'dens'"),
    ],
)
def test_a_wrong_stack_is_said_and_the_last_good_one_plays_on(
    app: AppTest, text: str, says: str
) -> None:
    app.text_area(key="lab-stack").set_value("flatten-dense(5)").run()
    token, _ = play_of(app)
    app.text_area(key="lab-stack").set_value(text).run()
    assert not app.exception
    assert says in app.error[0].value
    assert play_of(app)[0] == token
    assert layers_of(app) == ["flatten_1", "dense_1", "dense_2"]
    app.text_area(key="lab-stack").set_value("flatten-dense(6)").run()
    assert not app.error
    assert play_of(app)[0] != token


def test_a_field_that_cannot_be_is_said_and_stays_as_it_was(app: AppTest) -> None:
    app.text_area(key="lab-stack").set_value("flatten-reshape(8,8)-gru(3)").run()
    app.text_input(key="lab-stack-1-reshape-target_shape").set_value("8,tall").run()
    assert "target_shape as a whole number; received 'tall'" in app.error[0].value
    assert text_of(app) == "flatten-reshape(8,8)-gru(3)"
    app.run()
    assert not app.error


@pytest.mark.parametrize("dataset", datasets())
def test_every_data_set_begins_with_a_stack_that_fits(app: AppTest, dataset: str) -> None:
    app.selectbox(key="lab-any-data").select(dataset).run()
    assert not app.exception
    assert not app.error
    play = play_of(app)[1]
    assert play.spec.about["dataset"] == dataset
    assert len(play.run.model.layers) > 2


def test_every_registered_layer_can_be_added(app: AppTest) -> None:
    assert len(kinds()) == len(LAYERS.names())
    for at, kind in enumerate(kinds()):
        if at % 4 == 0:
            app.text_area(key="lab-stack").set_value("flatten").run()
        app.selectbox(key="lab-stack-new").select(kind).run()
        app.button(key="lab-stack-add").click().run()
        assert not app.exception
        assert text_of(app).split("-")[at % 4 + 1].startswith(kind), kind


def test_the_address_brings_a_stack() -> None:
    app = AppTest.from_file("../../pages/router.py", default_timeout=30)
    app.query_params["lab-kind"] = "Any stack"
    app.query_params["lab-stack"] = "flatten-dense(7)"
    app.run()
    app.switch_page("lab.py").run()
    assert not app.exception
    assert text_of(app) == "flatten-dense(7)"
