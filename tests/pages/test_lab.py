"""Home and lab through Streamlit's AppTest, on the router as people reach them."""

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.live.hub import the_hub
from pages.ui.content import sections


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file("../../pages/router.py", default_timeout=30)


def test_home_leads_to_lab_and_shop(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.title[0].value == "A neural network, opened like a glass box"


def play_of(app: AppTest):
    spec, token = app.session_state["lab"]
    play = the_hub().find(token)
    assert play is not None
    assert play.spec == spec
    return token, play


def test_the_lab_opens_a_play_and_keeps_it(app: AppTest) -> None:
    app.run()
    app.switch_page("lab.py").run()
    assert not app.exception
    token, play = play_of(app)
    assert play.spec.dataset == "circle"
    app.run()
    assert play_of(app)[0] == token


def test_another_structure_is_another_play(app: AppTest) -> None:
    app.run()
    app.switch_page("lab.py").run()
    token, _ = play_of(app)
    app.selectbox(key="lab-dataset").select("multi-gauss").run()
    app.slider(key="lab-layers").set_value(6).run()
    app.number_input(key="lab-units-5").set_value(16).run()
    app.selectbox(key="lab-initializer-0").select("he_normal").run()
    app.selectbox(key="lab-penalty").select("l2").run()
    assert not app.exception
    other, play = play_of(app)
    assert other != token
    assert the_hub().find(token) is None
    assert play.spec.loss == "mse"
    assert [layer.units for layer in play.spec.hidden] == [4, 2, 2, 2, 2, 16]
    assert play.spec.hidden[0].initializer == "he_normal"
    assert play.model.penalties


def test_a_network_without_hidden_layers(app: AppTest) -> None:
    app.run()
    app.switch_page("lab.py").run()
    app.slider(key="lab-layers").set_value(0).run()
    assert not app.exception
    assert len(play_of(app)[1].model.layers) == 1


@pytest.mark.parametrize("lesson", ["home", "lab"])
def test_prose_has_sections(lesson: str) -> None:
    assert all(sections(lesson).values())
