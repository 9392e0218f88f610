"""A run's comparison.json as this version reads it, whichever version wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nn_core.recommender.errors import ShopDataError

FORMAT = 2
"""Of comparison.json: what has none is 1, in which a group said only that it is the shop's own."""
NEEDED = ("models", "task", "k", "rows", "split_details", "winner", "formulas")
OF_A_MODEL = ("model", "label", "options", "note", "metrics", "tasks")
OLDER = (
    "This run was made by an older version, and its result cannot be read any more. Train again "
    "with the same settings."
)
NEWER = (
    "This run was made by a newer version than the one that reads it. Update this one, or train "
    "again with the same settings."
)
COLUMN = re.compile(r"(.+?) (?:is|up to|above) ")


def of_today(found: dict[str, Any]) -> dict[str, Any]:
    """found: what the file holds -> the same, as this version writes it; ShopDataError where that
    cannot be."""
    if found.get("format", 1) > FORMAT:
        raise ShopDataError(NEWER)
    models: list[dict[str, Any]] = found.get("models", [])
    if any(name not in found for name in NEEDED) or any(
        name not in one for one in models for name in OF_A_MODEL
    ):
        raise ShopDataError(OLDER)
    for told in found.get("segments", {}).values():
        for group in told["groups"]:
            group["own"] = column_of(group)
    return found


def column_of(group: Mapping[str, Any]) -> str:
    """The column of the customers' table that makes this group, "" where any shop has the group. In
    format 1 it is read from the definition, "town is Ulm"."""
    own: str | bool = group.get("own", "")
    if isinstance(own, str):
        return own
    named = COLUMN.match(group["definition"])
    return (named[1] if named else "group") if own else ""
