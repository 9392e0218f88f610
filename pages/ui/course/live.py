"""A run on the stage with steps beside it, each of which lights up what it speaks of and waits."""

import streamlit as st

from nn_core.course.parts import Live, Notice
from nn_core.course.scenario import Start
from nn_core.course.seen import Seen
from nn_core.live.hub import the_hub
from nn_core.live.spec import Spec
from pages.ui.course.classroom import hidden_for_class
from pages.ui.course.place import Place, settle
from pages.ui.stage import mount, opened, playing

# Seconds between two looks whether a step is done: a class of thirty looks twenty times a second.
EVERY = 1.5


def show(place: Place, part: Live) -> None:
    """The step that it is at above, the stage below."""
    if "Text" in place.said:
        st.markdown(place.said["Text"])
    at = st.session_state.setdefault(f"step {place.key}", 0)
    token = play(part.start, place.key)
    if part.notices:
        steps(place, part, token)
    lit = part.notices[at].lit if at < len(part.notices) else ()
    mount(token, f"stage {place.key}", [*part.hide, *hidden_for_class()], lit)


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
        st.success(place.said.get("Done", "That was the last step."), icon=":material/check:")
        return
    with st.container(key="course-step"):
        text, button = st.columns([9, 1], vertical_alignment="center")
    text.info(
        f"**{at + 1} of {len(part.notices)}.** {place.said[f'Step {at + 1}']}",
        icon=":material/touch_app:",
    )
    label = "Skip" if part.notices[at].done else "Go on"
    pressed = button.button(label, key=f"next {place.key} {at}")
    if pressed or is_done(part.notices[at], f"{key} {at}", token):
        st.session_state[key] = at + 1
        st.rerun()


def is_done(notice: Notice, key: str, token: str) -> bool:
    """Whether the learner has done what the step asks for since it came up."""
    current = the_hub().find(token)
    if notice.done is None or current is None:
        return False
    now = Seen.playing_on(current)
    before: Seen = st.session_state.setdefault(f"before {key}", now)
    return notice.done(before, now)
