"""An exercise on a page: answers are marked in words, formulas shown, other numbers drawn."""

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.course.byhand import EXERCISES

NAME = "network backward"


def page() -> None:
    """Runs in a script of its own."""
    import streamlit as st

    from pages.ui.course.exercise import exercise

    st.session_state["done"] = exercise("network backward", "here", seed=3)


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
    return app


def answer(app: AppTest, answers: dict[str, str], seed: int = 3) -> list[str]:
    """Types, checks -> the marks."""
    for name, text in answers.items():
        app.text_input(key=f"here-{seed}-{name}").set_value(text)
    press(app, "Check")
    return [one.value for one in app.markdown if one.value.startswith(":material/")]


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def solution(seed: int = 3) -> dict[str, str]:
    found = EXERCISES.get(NAME)(seed)
    values = found.solution()
    return {b.name: f"{values[b.name]:.{b.decimals}f}" for b in found.blanks}


def test_nothing_is_marked_before_it_is_checked(app: AppTest) -> None:
    assert app.session_state["done"] is None
    assert len(app.text_input) == len(solution())


def test_the_right_answers_are_right(app: AppTest) -> None:
    marks = answer(app, solution())
    assert app.session_state["done"] is True
    assert marks == [":material/check_circle: Right."] * len(solution())


def test_a_wrong_term_is_named_and_what_follows_is_not_blamed(app: AppTest) -> None:
    right = {name: float(text) for name, text in solution().items()}
    given = {one.name: one.value for one in EXERCISES.get(NAME)(3).given}
    slipped = right["do"] * given["v_1"]
    followed = {"dz_1": f"{slipped:.4f}", "dw_11": f"{slipped * given['x_1']:.4f}"}
    marks = dict(zip(solution(), answer(app, solution() | followed | {"do": "a half"})))
    assert app.session_state["done"] is False
    assert "No number" in marks["do"]
    assert "without the derivative of the activation" in marks["dz_1"]
    assert r"Right with your $\mathrm{d}z_{1}$" in marks["dw_11"]
    assert "Right." in marks["dv_1"]


def test_a_formula_is_shown_in_symbols_then_with_numbers(app: AppTest) -> None:
    app.button_group(key="here-3-formula").set_value("do").run()
    assert any(one.value == r"$\mathrm{d}o = a - y$" for one in app.markdown)
    assert not any(one.value.startswith("$= ") for one in app.markdown)
    app.checkbox(key="here-3-numbers-do").check().run()
    assert any(one.value.startswith("$= 0.") for one in app.markdown)


def test_what_is_right_has_its_numbers_in_the_formula(app: AppTest) -> None:
    answer(app, solution())
    app.button_group(key="here-3-formula").set_value("dz_1").run()
    assert not app.checkbox
    assert any(one.value.startswith("$= ") for one in app.markdown)


def test_other_numbers_begin_anew(app: AppTest) -> None:
    answer(app, solution())
    press(app, "Other numbers")
    assert app.session_state["done"] is None
    assert all(not field.value for field in app.text_input)
    answer(app, solution(4), seed=4)
    assert app.session_state["done"] is True
