"""A task: a goal that is checked on the stage, hints in three steps, and an answer that runs."""

import streamlit as st

from nn_core.course.parts import Task
from nn_core.course.seen import Seen
from nn_core.live.hub import the_hub
from nn_core.live.spec import Spec
from pages.ui.addresses import KINDS
from pages.ui.course.classroom import hidden_for_class, tell
from pages.ui.course.live import EVERY, PREPARING, play
from pages.ui.course.place import Place, settle
from pages.ui.network_controls import LOSS_LABELS, choose_network
from pages.ui.picture_controls import DIGITS, KERNELS, POOL_LABELS, choose_pictures
from pages.ui.sequence_controls import TASK_LABELS, choose_sequences
from pages.ui.stack_controls import choose_stack
from pages.ui.stage import mount

CHOOSE = {
    "points": choose_network,
    "pictures": choose_pictures,
    "sequences": choose_sequences,
    "stack": choose_stack,
}
HINTS = 3
# The addresses carry what a choice is called; a session holds the choice itself.
CALLED: dict[str, str | int] = {
    called: choice
    for labels in (DIGITS, LOSS_LABELS, POOL_LABELS, TASK_LABELS)
    for choice, called in labels.items()
} | {f"{size}x{size}": size for sizes in KERNELS.values() for size in sizes}


def show(place: Place, part: Task) -> None:
    """Goal and hints above, the stage below, the network at the left if it may be changed."""
    st.markdown(place.said["Goal"])
    answering = bool(st.session_state.get(f"answer {place.key}"))
    start = part.answer if answering else part.start
    spec = None if answering or not part.controls else network(place, part)
    key = f"{place.key} answer" if answering else place.key
    with st.spinner(PREPARING, show_time=True):
        token = play(start, key, spec)
    goal(place, part, token, answering)
    mount(token, f"stage {key}", [*part.hide, *hidden_for_class()], folded=True)


def network(place: Place, part: Task) -> Spec:
    """The controls of the network, which begin as the task does -> the spec they stand for."""
    spec = part.start.spec
    prefix = f"task-{place.part.name}".replace(" ", "-")
    for name, value in KINDS[spec.scene][1](spec).items():
        st.session_state.setdefault(f"{prefix}-{name}", CALLED.get(str(value), value))
    with st.sidebar:
        st.markdown("**Your network**")
        return CHOOSE[spec.scene](prefix)


@st.fragment(run_every=EVERY)
def goal(place: Place, part: Task, token: str, answering: bool) -> None:
    """How far the goal is, looked at again and again; the hints, and the answer."""
    current = the_hub().find(token)
    with st.container(key="course-step"):
        said, hints, answer = st.columns([6, 1, 1.4], vertical_alignment="center")
    if current is not None:
        found = part.goal(Seen.playing_on(current))
        # It may have been done before, alone, and the class does not know of that.
        told = f"told {place.key}"
        if found.reached and not answering and not st.session_state.get(told):
            st.session_state[told] = True
            settle(place)
            tell(part.name, "task", True, 1.0)
            # The whole page anew: its list of parts gets the tick, and the browser keeps it.
            st.rerun()
        (said.success if found.reached else said.info)(
            f"{'Reached' if found.reached else 'Not yet'}: {found.said}",
            icon=":material/check:" if found.reached else ":material/flag:",
        )
    with hints.popover("Hint", icon=":material/lightbulb:"):
        hint(place)
    if answer.toggle("An answer", key=f"toggle {place.key}", value=answering) != answering:
        st.session_state[f"answer {place.key}"] = not answering
        st.rerun()
    if answering:
        how = f" Train it for {part.updates:,} updates." if part.updates else ""
        st.markdown(place.said["Answer"] + how)


def hint(place: Place) -> None:
    """One hint more at every press."""
    key = f"hints {place.key}"
    shown = st.session_state.setdefault(key, 1)
    for at in range(1, shown + 1):
        st.markdown(f"**{at}.** {place.said[f'Hint {at}']}")
    if shown < HINTS and st.button("Another hint", key=f"more {place.key}"):
        st.session_state[key] = shown + 1
        st.rerun(scope="fragment")
