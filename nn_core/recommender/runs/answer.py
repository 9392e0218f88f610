"""What a run answers: a list for somebody, or products like a product."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A list for one customer: rows of product, name, rank, score; and what to say with it."""

    customer: str
    model: str
    task: str
    rows: list[dict[str, Any]]
    note: str = ""


@dataclass(frozen=True)
class Likeness:
    """Products like one product: rows as in a list; and what a score means."""

    model: str
    rows: list[dict[str, Any]]
    meaning: str
