"""The words of a lesson: sections of Markdown, cut at their headings, with numbers filled in."""

import re
from collections.abc import Mapping
from typing import Any

# A number in the prose, named and formatted as in an f-string: [[loss:.3f]]. Braces are LaTeX's.
NUMBER = re.compile(r"\[\[(\w+)(?::([^\]]*))?\]\]")


def parts(text: str) -> dict[str, str]:
    """A section's Markdown by its ### headings."""
    found = re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", text, re.M | re.S)
    return {heading.strip(): body.strip() for heading, body in found}


def asked(text: str) -> tuple[str, tuple[str, ...]]:
    """A question and the options below it, one a list item."""
    question, _, options = f"\n{text}".partition("\n- ")
    return joined(question), tuple(joined(one) for one in options.split("\n- ") if one)


def filled(text: str, numbers: Mapping[str, Any]) -> str:
    """With every [[name:format]] replaced by its number. KeyError on one that is not there."""
    return NUMBER.sub(lambda found: format(numbers[found[1]], found[2] or ""), text)


def program(text: str) -> str:
    """The code between a section's fences."""
    return re.sub(r"^```(python)?$", "", text, flags=re.M).strip()


def joined(text: str) -> str:
    """One paragraph, however its lines are broken."""
    return " ".join(text.split())
