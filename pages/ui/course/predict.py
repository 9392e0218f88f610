"""Predict, then run: a guess first, truth laid over it, the gap, and one sentence that asks why."""

from typing import Any

import streamlit as st

from nn_core.course.lessons import LESSONS
from nn_core.course.parts import Experiment, Measured, Predict
from nn_core.course.questions import Curve, Number, Question, Score
from nn_core.course.scenario import Evidence, Scenario
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.words import asked, filled
from pages.figures import course as figures
from pages.ui.addresses import compare_address, lab_address
from pages.ui.chart import chart
from pages.ui.course.asking import ASKED, WANTED, in_words
from pages.ui.course.classroom import seed_for, tell, tell_guess
from pages.ui.course.place import Place, settle

SEED_HELP = (
    "Everything that is drawn by chance, such as points and first weights, comes from this number. "
    "Another one makes the same experiment with other draws."
)


def experiment(lesson: str, part: str) -> Experiment:
    """The experiment of a part of a lesson; without a lesson, the scenario of that name."""
    if not lesson:
        return SCENARIOS.get(part)
    found: Any = LESSONS.get(lesson).part(part)
    return found.experiment


@st.cache_data(max_entries=400, show_spinner="The runs are trained ...", show_time=True)
def evidence(lesson: str, part: str, seed: int) -> Evidence:
    """What the experiment shows with this seed; a class asks for it once."""
    return experiment(lesson, part).evidence(seed)


def show(place: Place, part: Predict) -> None:
    """Question at the left; at the right, once a guess is settled, what came out."""
    said = place.said
    if "Text" in said:
        st.markdown(said["Text"])
    guess = ask(said, part.question, place.key, place.name, part.name)
    if guess is not None:
        settle(place)


def ask(said: dict[str, str], question: Question, key: str, lesson: str, part: str) -> Any:
    """The question beside its answer -> the settled guess, or None."""
    asking, options = asked(said["Predict"])
    tried = experiment(lesson, part)
    left, right = st.columns([4, 5], gap="large")
    with left:
        st.markdown(f"**Predict.** {asking}")
        guess = settled(question, options, key)
        # In a lesson the runs would give the answer away.
        if isinstance(tried, Scenario) and (guess is not None or not lesson):
            ways_in(tried)
    if guess is not None:
        with right:
            reveal(said, question, options, key, guess, lesson, part)
    return guess


def settled(question: Question, options: tuple[str, ...], key: str) -> Any:
    """The guess, once it is settled; it may be changed and run again."""
    chosen = ASKED[question.kind](question, options, f"predict-{key}")
    pressed = st.button("Run it", type="primary", icon=":material/play_arrow:", key=f"run-{key}")
    if pressed and chosen is None:
        # A button that is merely grey says to nobody what is missing.
        st.warning(WANTED[question.kind], icon=":material/edit:")
    elif pressed:
        st.session_state[f"settled-{key}"] = chosen
        st.session_state[f"untold-{key}"] = True
    return st.session_state.get(f"settled-{key}")


def reveal(
    said: dict[str, str],
    question: Question,
    options: tuple[str, ...],
    key: str,
    guess: Any,
    lesson: str,
    part: str,
) -> None:
    """Truth over guess, the gap, this run's numbers; then why; and other seeds."""
    first = seed_for(1 if lesson else SCENARIOS.get(part).starts[0].spec.seed)
    tried = experiment(lesson, part)
    found = evidence(lesson, part, int(st.session_state.get(f"seed-{key}", first)))
    score = question.score(guess, found.answer)
    if st.session_state.pop(f"untold-{key}", False):
        tell_guess(part, question.kind, guess, score)
    overlay(question, options, key, guess, found.answer)
    (st.success if score.good else st.info)(
        " ".join([*gap(question, score), filled(said["It shows"], found.numbers)]),
        icon=":material/check:" if score.good else ":material/lightbulb:",
    )
    if "Why" in said:
        why(filled(said["Why"], found.numbers), key, part)
    if by_chance(tried):
        st.number_input(
            "Another seed", 1, 1_000, first, key=f"seed-{key}", width=160, help=SEED_HELP
        )


def by_chance(tried: Experiment) -> bool:
    """Whether another seed can show anything else."""
    return not isinstance(tried, Measured) or tried.chance


def gap(question: Question, score: Score) -> list[str]:
    """What lies between guess and truth, where there is more than right and wrong: that the two
    lines above say."""
    if question.kind in ("choice", "sign"):
        return []
    return [score.gap, f"That is {score.points:.0%} of the points."]


def overlay(question: Question, options: tuple[str, ...], key: str, guess: Any, truth: Any) -> None:
    """Guess and truth on one picture, or as two lines of text."""
    if isinstance(question, Curve):
        chart(figures.drawn_and_true(question.steps, guess, truth, question.what), f"gap {key}")
    elif isinstance(question, Number):
        log = question.scale == "log"
        chart(figures.on_a_line(guess, truth, question.low, question.high, log), f"gap {key}")
    else:
        st.markdown(f"**You said:** {in_words(question, guess, options)}")
        st.markdown(f"**It came out:** {in_words(question, truth, options)}")


def why(explained: str, key: str, part: str) -> None:
    """One sentence of the learner's own; then the explanation behind it."""
    own = st.text_input(
        "Why? One sentence of your own.",
        key=f"why-{key}",
        max_chars=300,
        placeholder="Write it and press Enter: then our explanation comes.",
        on_change=lambda: tell(part, "why", st.session_state[f"why-{key}"]),
    )
    if own or st.session_state.get(f"shown-{key}"):
        st.session_state[f"shown-{key}"] = True
        st.markdown(explained)


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
