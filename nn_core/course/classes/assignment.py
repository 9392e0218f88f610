"""An assignment: what a class is given under its link."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from nn_core.course.lessons import LESSONS
from nn_core.course.scenarios import SCENARIOS

LONGEST_DAYS = 365


@dataclass(frozen=True)
class Assignment:
    """A lesson or a scenario, for everybody with the same seed.

    parts: of the lesson, those that are shown; hide: groups of controls that are left out of the
    stages, beside those that a part leaves out; days: how long the answers are kept.
    """

    lesson: str = ""
    scenario: str = ""
    parts: tuple[str, ...] = ()
    seed: int = 1
    hide: tuple[str, ...] = ()
    days: int = 30

    def __post_init__(self) -> None:
        if bool(self.lesson) == bool(self.scenario):
            raise ValueError("A class is given a lesson or a scenario; choose one of them.")
        if self.scenario:
            SCENARIOS.get(self.scenario)
            return
        known = [part.name for part in LESSONS.get(self.lesson).parts]
        if not self.parts or not set(self.parts) <= set(known):
            raise ValueError(f"Choose one part or more of: {', '.join(known)}.")
        if not 1 <= self.days <= LONGEST_DAYS:
            raise ValueError(f"Answers are kept for 1 to {LONGEST_DAYS} days, not {self.days}.")

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Assignment:
        found = json.loads(text)
        return cls(**found | {name: tuple(found[name]) for name in ("parts", "hide")})
