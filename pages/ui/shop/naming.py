"""Names for a menu. Streamlit finds a choice by its label, so no two may be alike."""

from collections.abc import Mapping
from itertools import count


def apart(names: Mapping[str, str]) -> dict[str, str]:
    """{key: name} -> the same with a number where a name was there before: "orders.csv (2)"."""
    given = set(names.values())
    used: set[str] = set()
    found: dict[str, str] = {}
    for key, name in names.items():
        numbered = (f"{name} ({n})" for n in count(2))
        own = name if name not in used else next(n for n in numbered if n not in used | given)
        used.add(own)
        found[key] = own
    return found
