"""How a run was made: its purchases in counts and fingerprint, plan, seeds, what computed it."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from nn_core.jobs.folder import write_atomically
from nn_core.recommender.data.excluded import in_words, lines
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.portrait.audit import audit
from nn_core.recommender.runs.study import Plan

PACKAGES = ("numpy", "scipy", "pandas", "pyarrow", "tensorflow", "keras", "implicit")
"""Whose versions can change a number of a result."""


def how_it_was_made(shop: Interactions, plan: Plan) -> dict[str, Any]:
    """What somebody needs who wants to get the same numbers again."""
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "fingerprint": fingerprint(shop),
        "customers": shop.customers,
        "products": shop.products,
        "rows": shop.kept,
        "span": span(shop),
        "columns": shop.columns.chosen(),
        "exclude": asdict(shop.exclude),
        "left_out": in_words(lines(shop)),
        "plan": plan.to_json(),
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """{package: version} of this machine, without importing any."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def span(shop: Interactions) -> list[str] | None:
    """The first and the last moment of the purchases; None without time."""
    if not shop.has_time or not shop.kept:
        return None
    time: Any = shop.frame["time"]
    return [f"{time.iloc[0]:%Y-%m-%d %H:%M}", f"{time.iloc[-1]:%Y-%m-%d %H:%M}"]


def fingerprint(shop: Interactions) -> str:
    """SHA-256 of the purchases that were kept, row by row in their order.

    For each column its name, then its cells as little-endian numbers of 64 bits; ids are numbered
    as they first appear, and the ids themselves follow, one a line. The same purchases give the
    same fingerprint, however a file spelled or ordered its columns.
    """
    digest = hashlib.sha256()
    for name in sorted(shop.frame.columns):
        column: Any = shop.frame[name]
        digest.update(f"{name}\n".encode())
        if isinstance(column.dtype, pd.CategoricalDtype):
            numbered: Any = pd.factorize(column.cat.codes.to_numpy())
            codes, seen = numbered
            digest.update(codes.astype("<i8").data)
            ids = column.cat.categories.take(seen[seen >= 0])
            digest.update("\n".join(map(str, ids)).encode())
        elif column.dtype.kind == "M":
            digest.update(column.to_numpy("datetime64[us]").astype("<i8").data)
        else:
            digest.update(np.ascontiguousarray(column.to_numpy("<f8")).data)
    return digest.hexdigest()


def note_how(shop: Interactions, plan: Plan, result: Path) -> None:
    """Into RESULT/made.json."""
    text = json.dumps(how_it_was_made(shop, plan), ensure_ascii=False, indent=1)
    (result / "made.json").write_text(text, encoding="utf-8")


def how(result: Path) -> dict[str, Any] | None:
    """What `note_how` wrote; None for a run of before."""
    file = result / "made.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def note_audit(shop: Interactions, result: Path) -> None:
    """Into RESULT/audit.json: what the purchases are like, in counts that name nobody."""
    write_atomically(result / "audit.json", audit(shop).to_json())


def audited(result: Path) -> dict[str, Any] | None:
    """What `note_audit` wrote; None for a run of before."""
    file = result / "audit.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
