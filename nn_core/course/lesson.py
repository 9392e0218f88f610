"""A lesson: its parts in order, about how many minutes they take but for the exercises by hand,
and where its words stand."""

from dataclasses import dataclass

from nn_core.course.parts import Part
from nn_core.registry import Registry


@dataclass(frozen=True)
class Lesson:
    """Its name in LESSONS is that of the Markdown file with its words, a section a part."""

    minutes: int
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """The part of that name; the first one if there is none."""
        return next((part for part in self.parts if part.name == name), self.parts[0])

    def place(self, name: str) -> int:
        """The place of the part of that name, from 0; 0 if there is none."""
        return next((at for at, part in enumerate(self.parts) if part.name == name), 0)


LESSONS: Registry[Lesson] = Registry("lesson")
