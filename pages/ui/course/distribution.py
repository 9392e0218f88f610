"""What a class has answered to one question, as a picture."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from nn_core.course.classes import Answer, Assignment
from nn_core.course.lessons import LESSONS
from nn_core.course.parts import Predict
from nn_core.course.questions import Choice, Curve, Number, Question
from nn_core.course.words import asked
from pages.figures import classroom as figures
from pages.ui.chart import chart
from pages.ui.course.asking import SIGNS
from pages.ui.course.place import words
from pages.ui.course.predict import evidence
from pages.ui.course.scenario import words as scenario_words


def distribution(given: Assignment, name: str, found: Sequence[Answer], truth: bool) -> None:
    """found: answers to this question alone; truth: whether what came out is shown as well."""
    if not found:
        st.info("Nobody has answered yet.", icon=":material/hourglass_empty:")
        return
    part = Choice() if given.scenario else LESSONS.get(given.lesson).part(name)
    key = f"answers {name}"
    if isinstance(part, Predict | Choice):
        question = part.question if isinstance(part, Predict) else part
        came_out = evidence(given.lesson, name, given.seed).answer if truth else None
        values = [answer.value for answer in found if answer.kind == question.kind]
        chart(figure_of(question, options(given, name), values, came_out), key)
    else:
        chart(figures.shares([answer.points or 0.0 for answer in found]), key)


def options(given: Assignment, name: str) -> tuple[str, ...]:
    said = scenario_words(name) if given.scenario else words(given.lesson, name)
    return asked(said["Predict"])[1]


def figure_of(question: Question, labels: tuple[str, ...], values: list[Any], truth: Any) -> Any:
    """The picture that fits the kind of question."""
    if isinstance(question, Curve):
        return figures.drawn(question.steps, values, truth, question.what)
    if isinstance(question, Number):
        return figures.spread(values, truth, question.scale == "log")
    if question.kind == "sign":
        places = [list(SIGNS).index(value) for value in values]
        sign = None if truth is None else (truth > 0) - (truth < 0) + 1
        return figures.counted(list(SIGNS.values()), places, sign)
    if question.kind == "order":
        return orders(labels, [tuple(value) for value in values], truth)
    return figures.counted(labels, values, truth)


def orders(labels: tuple[str, ...], values: list[tuple[int, ...]], truth: Any) -> Any:
    """How often each order was given; the true one is among them, given or not."""
    right_order = () if truth is None else (tuple(truth),)
    every: list[tuple[int, ...]] = sorted({*values, *right_order})
    names = [" → ".join(labels[at] for at in order) for order in every]
    right = None if truth is None else every.index(tuple(truth))
    return figures.counted(names, [every.index(value) for value in values], right)
