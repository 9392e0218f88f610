"""A scenario's address opens the very runs that the scenario is tested on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.course.scenario import Scenario, Start
from nn_core.course.scenarios import SCENARIOS
from nn_core.live.hub import the_hub
from nn_core.live.play import Play
from pages.ui.addresses import compare_address, lab_address

IN_LAB = [name for name in SCENARIOS if not SCENARIOS.get(name).raced]
RACES = [name for name in SCENARIOS if SCENARIOS.get(name).raced]


def opened(address: str) -> AppTest:
    page, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
    app = AppTest.from_file("../../pages/router.py", default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"{page}.py").run()
    assert not app.exception
    assert not app.warning
    assert not app.error
    return app


def found(token: str) -> Play:
    play = the_hub().find(token)
    assert play is not None
    return play


def same_start(play: Play, start: Start) -> None:
    assert play.spec == start.spec
    assert play.run.settings == start.settings
    run = start.run(None)
    assert (play.run.model.weights.vector == run.model.weights.vector).all()


@pytest.mark.parametrize("name", IN_LAB)
def test_a_link_to_the_lab_opens_its_run(name: str) -> None:
    for start in SCENARIOS.get(name).starts:
        _, token = opened(lab_address(start)).session_state["lab"]
        same_start(found(token), start)


@pytest.mark.parametrize("name", RACES)
def test_a_link_to_compare_opens_its_race(name: str) -> None:
    scenario: Scenario = SCENARIOS.get(name)
    _, tokens = opened(compare_address(scenario)).session_state["compare"]
    for token, run in zip(tokens, scenario.runs(), strict=True):
        play = found(token)
        assert play.spec == run.spec
        assert play.run.settings == run.settings
        assert (play.run.model.weights.vector == run.model.weights.vector).all()
