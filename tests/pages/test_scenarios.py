"""The page of scenarios: a guess first, then the runs and what they say of it."""

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.course.scenarios import SCENARIOS


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../../pages/router.py", default_timeout=60).run()
    app.switch_page("scenarios.py").run()
    assert not app.exception
    return app


def run(app: AppTest) -> None:
    next(button for button in app.button if button.label == "Run it").click().run()
    assert not app.exception


def predict(app: AppTest, name: str, option: int) -> None:
    app.radio(key=f"predict-{name}").set_value(option).run()
    run(app)


def test_nothing_is_told_before_a_prediction(app: AppTest) -> None:
    run(app)
    assert app.warning[0].value.startswith("First your prediction: ")
    assert not app.success
    assert not app.info


@pytest.mark.parametrize("right", [True, False])
def test_guess_and_truth_stand_side_by_side(app: AppTest, right: bool) -> None:
    name = "batch normalization"
    app.radio(key="scenario").set_value(name).run()
    predict(app, name, SCENARIOS.get(name).answer if right else 0)
    assert len(app.success) == right
    assert len(app.info) == (not right)
    said = (app.success if right else app.info)[0].value
    numbers = SCENARIOS.get(name).evidence(1).numbers
    assert f"{numbers['plain']:.2%}" in said
    app.number_input(key=f"seed-{name}").set_value(2).run()
    again = (app.success if right else app.info)[0].value
    assert f"{SCENARIOS.get(name).evidence(2).numbers['plain']:.2%}" in again
