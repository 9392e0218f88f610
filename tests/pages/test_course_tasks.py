"""A task whose network may be changed: its controls begin with the task's own network."""

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.course.parts import Check, Task
from nn_core.course.scenario import one
from nn_core.live.convolution import Block, Pictures
from nn_core.live.notation import parse
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import Sequences
from nn_core.live.spec import Spec
from nn_core.live.stack import Stack

SPECS = [
    Points(dataset="spiral", hidden=(Hidden(3, "tanh", "zeros"),), loss="mse", seed=4),
    Pictures(blocks=(Block(5, 2, "same", "relu", "average"),), samples=300),
    Pictures(dataset="digits28", blocks=(Block(3, 5),), samples=300),
    Sequences(dataset="adding", steps=7, loss="mse", cell="GRU", units=5),
    Stack(source=Pictures(dataset="digits28", samples=300), hidden=parse("flatten-dense(7)")),
    Stack(source=Sequences(dataset="sine", steps=9, loss="mse"), hidden=parse("gru(4)")),
]


def drawn(task) -> None:
    """A page with nothing but the controls; it is run from its text, without the imports above."""
    import streamlit as st

    from nn_core.course.lessons import LESSONS
    from pages.ui.course.place import Place
    from pages.ui.course.tasks import network

    place = Place("convolution", LESSONS.get("convolution"), task)
    st.session_state["found"] = network(place, task)


@pytest.mark.parametrize("spec", SPECS)
def test_the_controls_begin_with_the_tasks_network(spec: Spec) -> None:
    start = one(spec)
    task = Task("own", start, lambda seen: Check(False, ""), start, 0, controls=True)
    app = AppTest.from_function(drawn, args=(task,), default_timeout=30).run()
    assert not app.exception
    assert not app.error
    assert app.session_state["found"] == spec
