"""A run's result, opened once for everybody who looks at it."""

from nn_core.recommender.opened import opened_run
from nn_core.recommender.runs import Run


def opened(run: str) -> Run:
    """Models are loaded once and shared by all pages, and by the API."""
    return opened_run(run)
