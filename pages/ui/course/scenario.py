"""One scenario on a page: look, predict, run, compare the guess with what came out."""

from typing import Any

import streamlit as st

from nn_core.course.scenario import Evidence, Scenario
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.words import Words
from pages.ui.addresses import compare_address, lab_address
from pages.ui.content import sections


@st.cache_data(max_entries=200, show_spinner="The runs are trained ...")
def evidence(name: str, seed: int) -> Evidence:
    """What the scenario's runs show with this seed; a class asks for it once."""
    return SCENARIOS.get(name).evidence(seed)


def words(name: str) -> Words:
    return Words.of(sections("scenarios")[name])


def choose() -> str:
    """The list of all scenarios; the address carries the choice."""
    names = SCENARIOS.names()
    return st.radio(
        "Scenarios",
        names,
        format_func=lambda name: words(name).title,
        key="scenario",
        bind="query-params",
    )


def show(name: str) -> None:
    """Look and predict at the left; at the right, once a guess is settled, what came out."""
    scenario, said = SCENARIOS.get(name), words(name)
    st.title(said.title)
    st.markdown(f"**Look at.** {said.look}")
    left, right = st.columns([4, 5], gap="large")
    with left:
        guess = predict(name, said)
        ways_in(scenario)
    with right:
        if guess is not None:
            reveal(name, scenario, said, guess)


def predict(name: str, said: Words) -> int | None:
    """The question; -> the place of the chosen option, once it is settled."""
    st.markdown(f"**Predict.** {said.question}")
    chosen: Any = st.radio(
        "Your prediction",
        range(len(said.options)),
        index=None,
        format_func=said.options.__getitem__,
        label_visibility="collapsed",
        key=f"predict-{name}",
    )
    pressed = st.button(
        "Run it",
        type="primary",
        icon=":material/play_arrow:",
        disabled=chosen is None,
        key=f"run-{name}",
    )
    if pressed:
        st.session_state[f"settled-{name}"] = chosen
    return st.session_state.get(f"settled-{name}")


def ways_in(scenario: Scenario) -> None:
    """The links that open the very runs that the answer is taken from."""
    st.markdown("**Watch it happen**")
    if scenario.raced:
        link("Open in Compare", compare_address(scenario), ":material/compare_arrows:")
        return
    for start in scenario.starts:
        what = f"Open in the lab: {start.label}" if start.label else "Open in the lab"
        link(what, lab_address(start), ":material/science:")


def link(label: str, address: str, icon: str) -> None:
    """In a window of its own, so that the question stays where it is."""
    st.link_button(label, address, icon=icon)


def reveal(name: str, scenario: Scenario, said: Words, guess: int) -> None:
    """Guess beside truth, the sentence with this run's numbers, and other seeds."""
    seed = st.session_state.get(f"seed-{name}", scenario.starts[0].spec.seed)
    found = evidence(name, int(seed))
    right = guess == found.answer
    st.markdown(f"**You said:** {said.options[guess]}")
    st.markdown(f"**It came out:** {said.options[found.answer]}")
    (st.success if right else st.info)(
        said.shown(found), icon=":material/check:" if right else ":material/lightbulb:"
    )
    st.number_input("Another seed", 1, 1_000, int(seed), key=f"seed-{name}", width=160)
