"""Gates of an LSTM and of a GRU, which the reader opens and closes day by day."""

from collections.abc import Sequence

import streamlit as st

from nn_core.course.gates import CHALLENGES, DAYS, gru, lstm
from nn_core.course.parts import Check
from pages.figures.memory import unit_in_time
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show

EVERY_DAY = range(1, DAYS + 1)


@show("lstm gates")
def lstm_gates(key: str) -> None:
    """Gates, and whether what is asked came about, at the left; what comes of them at the right."""
    left, right = st.columns([4, 5], gap="large")
    with left:
        i = opened("Input gate i open on day", EVERY_DAY, f"{key} i")
        f = opened("Forget gate f open on day", (), f"{key} f")
        o = opened("Output gate o open on day", EVERY_DAY, f"{key} o")
        cell = lstm(i, f, o, strength(key))
        st.markdown(
            "  \n".join(asked(at, challenge(cell)) for at, challenge in enumerate(CHALLENGES, 1))
        )
    with right:
        gates = {"i": cell.i, "f": cell.f, "o": cell.o}
        kept = {"c: what the cell holds": cell.c, "h: what it says": cell.h}
        chart(unit_in_time(cell.g, gates, kept), f"{key} figure")


@show("gru gates")
def gru_gates(key: str) -> None:
    """Two gates at the left, what comes of them at the right."""
    left, right = st.columns([4, 5], gap="large")
    with left:
        z = opened("Update gate z open on day", (), f"{key} z")
        r = opened("Reset gate r open on day", EVERY_DAY, f"{key} r")
        unit = gru(z, r, strength(key))
    with right:
        g, h = unit.states
        gates = {"z": unit.z, "r": unit.r}
        chart(unit_in_time(g, gates, {"h: what it holds and says": h}), f"{key} figure")


def asked(at: int, found: Check) -> str:
    """One of the things to be brought about, with a tick once it is."""
    mark = ":material/check_circle:" if found.reached else ":material/circle:"
    return f"{mark} **{at}.** {found.said}."


def opened(label: str, first: Sequence[int], key: str) -> Sequence[int]:
    """The days on which a gate is open."""
    return st.pills(label, EVERY_DAY, selection_mode="multi", default=first, key=key)


def strength(key: str) -> float:
    """How far an open gate opens and a closed one closes."""
    return st.slider("How firmly: sigmoid of ± this number", 0.5, 8.0, 5.0, 0.5, key=f"{key} firm")
