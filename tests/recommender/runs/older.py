"""Results as older versions left them."""

import json
from pathlib import Path
from typing import Any

from nn_core.jobs.folder import write_atomically

MARRIED = {
    "name": "marital_status: Married",
    "definition": "marital_status is Married",
    "whom": "customers whose marital_status is Married",
    "own": True,
}
"""A group as a run of format 1 has it."""


def make_old(result: Path) -> None:
    """Turns a result into one of format 1, in which a group of customers is the shop's own."""
    file = result / "comparison.json"
    told: dict[str, Any] = json.loads(file.read_text())
    for name in ("format", "people"):
        told.pop(name, None)
    for task in told["segments"].values():
        group = next(one for one in task["groups"] if one["told"])
        for cells in task["models"].values():
            cells[MARRIED["name"]] = cells.pop(group["name"])
        group |= MARRIED
    write_atomically(file, told)


def make_unreadable(result: Path) -> None:
    """Into one of a version that kept no formulas."""
    file = result / "comparison.json"
    told: dict[str, Any] = json.loads(file.read_text())
    del told["formulas"]
    write_atomically(file, told)
