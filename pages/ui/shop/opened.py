"""A run's result, opened once for everybody who looks at it."""

from dataclasses import dataclass

from nn_core.recommender.runs.opened import made_at, opened_run
from nn_core.recommender.runs.runs import Run


@dataclass(frozen=True)
class Made:
    """A run and when its result was made: what a page keeps of it holds for this result only."""

    run_id: str
    at: int

    @classmethod
    def of(cls, run_id: str) -> "Made":
        return cls(run_id, made_at(run_id))


def opened(run: str) -> Run:
    """Models are loaded once and shared by all pages, and by the API."""
    return opened_run(run)
