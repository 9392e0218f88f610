"""The comparison through Streamlit's AppTest, on the router as people reach it."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.live.hub import the_hub
from nn_core.live.play import Play
from nn_core.live.points import Points
from nn_core.live.races import IN_SCENE, RACED
from nn_core.live.recurrent import CELLS, Sequences
from pages.ui.content import sections
from pages.ui.race import setup, take_seed


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../../pages/router.py", default_timeout=30).run()
    app.switch_page("compare.py").run()
    assert not app.exception
    return app


def plays(app: AppTest) -> list[Play]:
    lanes, tokens = app.session_state["compare"]
    found = [the_hub().find(token) for token in tokens]
    assert [play.spec for play in found if play] == [lane.spec for lane in lanes]
    return [play for play in found if play]


def of_kind(app: AppTest, kind: str) -> AppTest:
    app.segmented_control(key="compare-kind").set_value(kind).run()
    assert not app.exception
    return app


def test_two_optimizers_race_from_one_start_and_stay(app: AppTest) -> None:
    one, other = plays(app)
    assert (one.settings.optimizer, other.settings.optimizer) == ("sgd", "adam")
    assert replace(one.settings, optimizer="adam") == other.settings
    assert one.spec == other.spec == Points()
    tokens = app.session_state["compare"][1]
    app.run()
    assert app.session_state["compare"][1] == tokens


def test_another_race_takes_the_place_of_the_one_before(app: AppTest) -> None:
    tokens = app.session_state["compare"][1]
    app.selectbox(key="compare-dataset").select("spiral").run()
    app.selectbox(key="compare-all-rate-points").select(0.1).run()
    app.multiselect(key="compare-of-points-optimizer").set_value(["lion", "sgd", "rmsprop"]).run()
    assert not app.exception
    assert [play.settings.optimizer for play in plays(app)] == ["sgd", "rmsprop", "lion"]
    assert {play.settings.learning_rate for play in plays(app)} == {0.1}
    assert {play.run.model.seed for play in plays(app)} == {1}
    assert [the_hub().find(token) for token in tokens] == [None, None]


@pytest.mark.parametrize(
    ("kind", "scene"),
    [
        ("Points", "points"),
        ("Pictures", "pictures"),
        ("Sequences", "sequences"),
        ("Any stack", "stack"),
    ],
)
def test_everything_that_can_be_raced_is_raced(app: AppTest, kind: str, scene: str) -> None:
    of_kind(app, kind)
    for raced in IN_SCENE[scene]:
        app.selectbox(key=f"compare-raced-{scene}").select(raced).run()
        assert not app.exception, raced
        lanes, _ = app.session_state["compare"]
        assert [lane.value for lane in lanes] == [str(v) for v in RACED.get(raced).first]
        assert len(plays(app)) == len(lanes)


def test_a_typed_stack_races_as_its_line_says(app: AppTest) -> None:
    of_kind(app, "Any stack")
    line = "conv2d(2,3,activation=relu)-batch_normalization-flatten-dense(4,activation=tanh)"
    app.text_area(key="compare-stack").set_value(line).run()
    assert not app.exception
    one, other = plays(app)
    assert one.spec == other.spec
    assert one.settings.activations == other.settings.activations == ("relu", "tanh")
    assert (one.settings.optimizer, other.settings.optimizer) == ("sgd", "adam")
    setups = [setup(play.spec, play.settings) for play in plays(app)]
    app.number_input(key="compare-any-seed").set_value(5).run()
    assert {play.run.model.seed for play in plays(app)} == {5}
    # Another seed is the same race.
    assert [setup(play.spec, play.settings) for play in plays(app)] == setups


def test_a_link_hides_controls_of_a_race() -> None:
    app = AppTest.from_file("../../pages/router.py", default_timeout=30)
    app.query_params["hide"] = "data,optimizer,race,play"
    app.run()
    app.switch_page("compare.py").run()
    assert not app.exception
    rules = " ".join(str(one.proto.body) for one in app.get("html"))
    for key in ("compare-dataset", "compare-raced", "compare-of-", "compare-all-optimizer"):
        assert f'"st-key-{key}"' in rules
    assert "compare-all-rate" not in rules


def test_cells_race_on_the_same_sequences(app: AppTest) -> None:
    of_kind(app, "Sequences")
    app.slider(key="compare-steps-remember").set_value(30).run()
    found = plays(app)
    assert [play.run.model.layers[0].keras_class for play in found] == list(CELLS)
    for play in found:
        assert isinstance(play.spec, Sequences)
        assert play.spec.steps == 30
        assert (play.run.x == found[0].run.x).all()


def test_one_value_is_no_race_and_a_sentence_says_so(app: AppTest) -> None:
    app.multiselect(key="compare-of-points-optimizer").set_value(["adam"]).run()
    assert not app.exception
    assert "A race has 2 to 4" in app.info[0].value


def test_a_network_in_which_nothing_differs_is_said(app: AppTest) -> None:
    app.selectbox(key="compare-raced-points").select("activation").run()
    app.slider(key="compare-layers").set_value(0).run()
    assert not app.exception
    assert "add a hidden layer" in app.info[0].value


def test_batches_are_raced_by_epochs_unless_one_chooses(app: AppTest) -> None:
    assert app.segmented_control(key="compare-by-other").value == "updates"
    app.selectbox(key="compare-raced-points").select("batch").run()
    assert app.segmented_control(key="compare-by-batch").value == "epochs"


@pytest.mark.parametrize(
    ("message", "after"),
    [
        ({"seed": 7}, 7),
        ({"seed": "7"}, 1),
        ({"seed": True}, 1),
        ({"seed": -1}, 1),
        ({"seed": 1_000_001}, 1),
        ({}, 1),
        ("seed", 1),
        (None, 1),
    ],
)
def test_only_a_seed_is_taken_of_the_browser(
    message: Any, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = {"part": {"page": message}, "compare-seed": 1}
    monkeypatch.setattr("streamlit.session_state", state)
    take_seed("part", "compare-seed")
    assert state["compare-seed"] == after


def test_prose_has_sections() -> None:
    assert all(sections("compare").values())
