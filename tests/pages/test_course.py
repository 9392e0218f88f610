"""The course's page: parts in turn, a guess before the truth, a tick where one is done."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.course.lessons import LESSONS


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../../pages/router.py", default_timeout=60).run()
    app.switch_page("course.py").run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def shown(app: AppTest) -> str:
    return app.session_state["course-place"][1]


@pytest.mark.parametrize("name", LESSONS.names())
def test_every_part_of_every_lesson_opens(app: AppTest, name: str) -> None:
    for part in LESSONS.get(name).parts:
        app.session_state["course-place"] = (name, part.name)
        app.run()
        assert shown(app) == part.name
        assert not app.exception
        assert app.query_params["part"] == part.name


def test_next_leads_through_a_lesson_to_the_one_after_it(app: AppTest) -> None:
    first, second = LESSONS.names()[:2]
    for part in LESSONS.get(first).parts:
        assert shown(app) == part.name
        button(app, "Next").click().run()
    assert app.session_state["course-place"] == (second, LESSONS.get(second).parts[0].name)


def test_the_address_opens_its_part() -> None:
    app = AppTest.from_file("../../pages/router.py", default_timeout=60)
    app.query_params["lesson"], app.query_params["part"] = "one-neuron", "which way"
    app.run()
    app.switch_page("course.py").run()
    assert shown(app) == "which way"


def test_a_guess_comes_before_the_truth_and_ticks_the_part(app: AppTest) -> None:
    app.sidebar.radio[0].set_value("which way").run()
    button(app, "Run it").click().run()
    assert app.warning[0].value == "First your prediction: choose a sign."
    assert not app.info
    app.button_group(key="predict-one-neuron which way").set_value(-1).run()
    button(app, "Run it").click().run()
    assert any("The gradient is +" in info.value for info in app.info)
    assert "which way" in app.session_state["course-done"]["one-neuron"]
    why = "It says too much blue"
    assert not any(why in text.value for text in app.markdown)
    app.text_input[0].set_value("since it says blue too often").run()
    assert any(why in text.value for text in app.markdown)


def test_a_step_on_the_stage_can_be_read_again(app: AppTest) -> None:
    app.sidebar.radio[0].set_value("the line").run()
    assert "1 of 6." in app.info[0].value
    assert app.button(key="last one-neuron the line 0").disabled
    button(app, "Skip").click().run()
    assert "2 of 6." in app.info[0].value
    app.button(key="last one-neuron the line 1").click().run()
    assert "1 of 6." in app.info[0].value
    button(app, "Go on").click().run()
    assert "2 of 6." in app.info[0].value
    assert button(app, "Skip")


def test_a_lesson_is_ticked_when_all_its_parts_are_done(app: AppTest) -> None:
    menu = app.sidebar.selectbox[0]
    assert not any(option.endswith("\N{CHECK MARK}") for option in menu.options)
    parts = LESSONS.get("one-neuron").parts
    app.session_state["course-done"] = {"one-neuron": [part.name for part in parts]}
    ticked = app.run().sidebar.selectbox[0].options
    assert [option.endswith("\N{CHECK MARK}") for option in ticked[:2]] == [True, False]
