"""A class from both sides: the teacher makes the link, learners answer, the answers appear."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.course import classes
from nn_core.live.hub import the_hub
from pages.ui.course.teaching import table


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))


def opened(page: str, **address: str) -> AppTest:
    app = AppTest.from_file("../../pages/router.py", default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(page).run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def press(app: AppTest, label: str) -> None:
    button(app, label).click().run()
    assert not app.exception


def made(app: AppTest) -> tuple[str, str]:
    """The class that the form makes -> its code and key."""
    press(app, "Make the class's link")
    key = app.query_params["key"]
    code = classes.own_class(key)
    assert code
    return code, key


def sat(page: str, code: str, nickname: str) -> AppTest:
    app = opened(page, **{"class": code})
    app.text_input[0].set_value(nickname)
    press(app, "Join")
    return app


def test_a_guess_reaches_the_teacher() -> None:
    teacher = opened("teach.py")
    teacher.number_input[0].set_value(4).run()
    code, key = made(teacher)
    assert any(f"class={code}" in each.value for each in teacher.code)
    learner = sat("course.py", code, "Ada")
    learner.sidebar.radio[0].set_value("which way").run()
    learner.button_group(key="predict-one-neuron which way").set_value(-1).run()
    press(learner, "Run it")
    learner.text_input[0].set_value("=1+1").run()
    found = [(each.nickname, each.kind, each.value) for each in classes.answers(key)]
    assert found == [("Ada", "sign", -1), ("Ada", "why", "=1+1")]
    assert learner.number_input(key="seed-one-neuron which way").value == 4
    teacher = opened("teach.py", key=key)
    teacher.selectbox[0].set_value("which way").run()
    assert not teacher.exception
    assert any("Ada: =1+1" in each.value for each in teacher.text)
    assert "'=1+1" in table(classes.answers(key))


def test_a_learner_sees_the_parts_of_the_class_alone() -> None:
    code, _ = classes.make_class(classes.Assignment("one-neuron", parts=("which way", "downhill")))
    learner = sat("course.py", code, "Ada")
    assert len(learner.sidebar.radio[0].options) == 2
    assert len(learner.sidebar.selectbox[0].options) == 1
    press(learner, "Next")
    assert button(learner, "Next").disabled


def test_a_taken_nickname_is_said() -> None:
    code, _ = classes.make_class(classes.Assignment("one-neuron", parts=("which way",)))
    sat("course.py", code, "Ada")
    other = sat("course.py", code, "Ada")
    assert "already" in other.error[0].value


def test_a_scenario_can_be_given() -> None:
    name = "symmetric start"
    code, key = classes.make_class(classes.Assignment(scenario=name))
    learner = sat("scenarios.py", code, "Ada")
    learner.radio(key=f"predict-{name}").set_value(0).run()
    press(learner, "Run it")
    assert [each.value for each in classes.answers(key)] == [0]
    teacher = opened("teach.py", key=key)
    assert not teacher.exception


def test_deleting_ends_the_class() -> None:
    code, key = classes.make_class(classes.Assignment("one-neuron", parts=("which way",)))
    teacher = opened("teach.py", key=key)
    press(teacher, "Delete now")
    assert classes.find_class(code) is None
    assert any(each.label == "Make the class's link" for each in teacher.button)
    assert not opened("course.py", **{"class": code}).exception
    assert opened("teach.py", key=key).warning


def test_the_presenters_view_goes_on_by_paragraphs() -> None:
    app = opened("course.py", view="present")
    before = len(app.main.markdown[1].value)
    press(app, "Next")
    assert len(app.main.markdown[1].value) > before
    assert app.session_state["course-place"] == ("one-neuron", "weighted sum")
    for _ in range(30):
        press(app, "Next")
        if app.session_state["course-place"][1] != "weighted sum":
            break
    assert app.session_state["course-place"] == ("one-neuron", "the line")


def test_what_was_solved_alone_before_is_told_to_the_class_when_it_is_solved_there() -> None:
    given = classes.Assignment("one-neuron", parts=("be the neuron",))
    code, key = classes.make_class(given)
    learner = sat("course.py", code, "Ada")
    learner.session_state["course-done"] = {"one-neuron": ["be the neuron"]}
    _, token = learner.session_state["stage one-neuron be the neuron"]
    play = the_hub().find(token)
    assert play is not None
    play.run.edit("dense_1/kernel[1,0]", 1.0)
    learner.run()
    assert [(each.part, each.value) for each in classes.answers(key)] == [("be the neuron", True)]


def test_a_scenario_tried_beside_the_lesson_is_no_answer_of_the_class() -> None:
    code, key = classes.make_class(classes.Assignment("one-neuron", parts=("which way",)))
    learner = sat("scenarios.py", code, "Ada")
    name = "symmetric start"
    learner.sidebar.radio(key="scenario").set_value(name).run()
    learner.radio(key=f"predict-{name}").set_value(0).run()
    press(learner, "Run it")
    assert classes.answers(key) == []
