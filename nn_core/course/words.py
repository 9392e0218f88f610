"""A scenario's words: title, what to look at, the question with its options, what it shows."""

import re
from dataclasses import dataclass

from nn_core.course.scenario import Evidence


@dataclass(frozen=True)
class Words:
    """As they stand in the lesson; `shows` still has its numbers to be filled in."""

    title: str
    look: str
    question: str
    options: tuple[str, ...]
    shows: str

    @classmethod
    def of(cls, text: str) -> "Words":
        """A section's Markdown with the headings Title, Look at, Predict and It shows."""
        parts = dict(re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", text, re.M | re.S))
        question, _, options = parts["Predict"].partition("\n- ")
        return cls(
            joined(parts["Title"]),
            joined(parts["Look at"]),
            joined(question),
            tuple(joined(option) for option in options.split("\n- ")),
            joined(parts["It shows"]),
        )

    def shown(self, evidence: Evidence) -> str:
        """What the runs showed, with their numbers."""
        return self.shows.format(**evidence.numbers)


def joined(text: str) -> str:
    """One paragraph, however its lines are broken."""
    return " ".join(text.split())
