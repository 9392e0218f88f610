"""The files of the shop's own components."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "assets" / "shop"


@cache
def part(name: str) -> str:
    """A component's HTML, CSS or JavaScript, read once."""
    return (FOLDER / name).read_text(encoding="utf-8")
