"""A run on the stage with steps beside it, each of which lights up what it speaks of and waits."""

import streamlit as st

from nn_core.course.parts import Live, Notice
from nn_core.course.scenario import Start
from nn_core.course.seen import Seen
from nn_core.live.hub import the_hub
from nn_core.live.spec import Spec
from pages.ui.course.classroom import hidden_for_class
from pages.ui.course.place import Place, onward, settle, turn
from pages.ui.stage import mount, opened, playing

# Seconds between two looks whether a step is done: a class of thirty looks twenty times a second.
EVERY = 1.5
PREPARING = "The data and the network are made ready ..."


def show(place: Place, part: Live) -> None:
    """The step that it is at above, the stage below."""
    if "Text" in place.said:
        st.markdown(place.said["Text"])
    at = st.session_state.setdefault(f"step {place.key}", 0)
    with st.spinner(PREPARING, show_time=True):
        token = play(part.start, place.key)
    if part.notices:
        steps(place, part, token)
    lit = part.notices[at].lit if at < len(part.notices) else ()
    mount(token, f"stage {place.key}", [*part.hide, *hidden_for_class()], lit, folded=True)


def play(start: Start, key: str, spec: Spec | None = None) -> str:
    """The play of a start -> its token; with another spec, its settings over that one."""
    wanted = spec or start.spec
    held = playing(wanted, f"stage {key}")
    if held is None:
        script = start.script if wanted == start.spec else None
        held = opened(wanted, start.settings, f"stage {key}", script)
        st.session_state[f"stage {key}"] = (wanted, held)
    return held


@st.fragment(run_every=EVERY)
def steps(place: Place, part: Live, token: str) -> None:
    """The present step; when the learner has done it, the next one."""
    key = f"step {place.key}"
    at: int = st.session_state[key]
    if at == len(part.notices):
        settle(place)
        over(place)
        return
    with st.container(key="course-step"):
        text, back, forth = st.columns([15, 2.6, 2], vertical_alignment="center")
    text.info(
        f"**{at + 1} of {len(part.notices)}.** {place.said[f'Step {at + 1}']}",
        icon=":material/touch_app:",
    )
    if back.button("Step back", key=f"last {place.key} {at}", disabled=not at, width="stretch"):
        turn_to(key, at - 1)
    # A step that is read again has been done: it waits for the reader, not for the stage.
    again = at < st.session_state.get(f"most {key}", 0)
    label = "Skip" if part.notices[at].done and not again else "Go on"
    pressed = forth.button(label, key=f"next {place.key} {at}", width="stretch")
    if pressed or (not again and is_done(part.notices[at], f"{key} {at}", token)):
        turn_to(key, at + 1)


def over(place: Place) -> None:
    """What was to be seen, and the way on: the heading with its own may be out of sight."""
    with st.container(key="course-step"):
        text, forth = st.columns([16, 3], vertical_alignment="center")
    text.success(place.said.get("Done", "That was the last step."), icon=":material/check:")
    if turn(place, 1) and forth.button("Next part", key=f"on {place.key}", width="stretch"):
        onward(place, 1)
        st.rerun()


def turn_to(key: str, at: int) -> None:
    """To another step; how far the learner has come is kept."""
    st.session_state[key] = at
    st.session_state[f"most {key}"] = max(at, st.session_state.get(f"most {key}", 0))
    st.rerun()


def is_done(notice: Notice, key: str, token: str) -> bool:
    """Whether the learner has done what the step asks for since it came up."""
    current = the_hub().find(token)
    if notice.done is None or current is None:
        return False
    now = Seen.playing_on(current)
    before: Seen = st.session_state.setdefault(f"before {key}", now)
    return notice.done(before, now)
