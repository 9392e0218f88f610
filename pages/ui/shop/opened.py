"""A run's result, opened once for everybody who looks at it."""

from dataclasses import dataclass

import streamlit as st

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.runs.opened import made_at, opened_run
from nn_core.recommender.runs.runs import Run
from pages.ui.shop.plain import fault


@dataclass(frozen=True)
class Made:
    """A run and when its result was made: what a page keeps of it holds for this result only."""

    run_id: str
    at: int

    @classmethod
    def of(cls, run_id: str) -> "Made":
        return cls(run_id, made_at(run_id))


def opened(run: str) -> Run:
    """Models are loaded once and shared by all pages, and by the API. A run that cannot be read
    ends the page with the sentence that says why."""
    found = opened_run(run)
    try:
        _ = found.comparison
    except ShopDataError as error:
        st.error(fault(str(error)))
        st.stop()
    return found
