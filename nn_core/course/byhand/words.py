"""An exercise's words: its title and what to do, in which {dw_21} stands for a symbol."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from nn_core.course.byhand.notation import html_symbol, latex_symbol

FILE = Path(__file__).parents[3] / "assets" / "lessons" / "en" / "exercises.md"
SYMBOL = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True)
class Words:
    """title: plain text; task: a paragraph."""

    title: str
    task: str

    def markdown(self) -> str:
        """The task with its symbols as LaTeX."""
        return written(self.task, lambda name: f"${latex_symbol(name)}$")

    def html(self) -> str:
        """The task with its symbols as HTML, everything else escaped."""
        return written(escape(self.task), html_symbol)


def written(text: str, symbol: Callable[[str], str]) -> str:
    return SYMBOL.sub(lambda found: symbol(found[1]), text)


@cache
def all_words(file: Path = FILE) -> dict[str, Words]:
    """By the exercise's name: a `##` section, its first line the title, the rest the task."""
    found: dict[str, Words] = {}
    for part in file.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, title, task = part.strip().split("\n\n", 2)
        found[name] = Words(title.strip(), " ".join(task.split()))
    return found
