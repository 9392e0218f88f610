"""In which other runs and uploads of a workspace a customer stands, by what name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from nn_core import jobs
from nn_core.recommender.personal import KEY_FILE, key_in, pseudonym


@dataclass(frozen=True)
class Elsewhere:
    """runs: {id: title}; uploads: {id: file name}."""

    runs: dict[str, str]
    uploads: dict[str, str]


def elsewhere(workspace: str, run_id: str, customer: str) -> Elsewhere:
    """The other runs and the uploads whose purchases have this customer."""
    runs = {
        str(run["id"]): str(run["title"])
        for run in jobs.list_runs(workspace)
        if run["id"] != run_id and has(jobs.folder(run["id"]) / "input", customer)
    }
    uploads = {
        upload.name: name.read_text(encoding="utf-8") if name.exists() else upload.name
        for upload in sorted(jobs.workspace_folder(workspace).glob("uploads/*"))
        if any(has(shop, customer) for shop in upload.glob("*/shop"))
        for name in [upload / "name.txt"]
    }
    return Elsewhere(runs, uploads)


def called(workspace: str, run_id: str, customer: str) -> str:
    """The id that this run knows the customer by: as given, or the pseudonym made from it."""
    purchases, folder = jobs.folder(run_id) / "input", jobs.workspace_folder(workspace)
    if has(purchases, customer) or not (folder / KEY_FILE).exists():
        return customer
    instead = pseudonym(customer, key_in(folder))
    return instead if has(purchases, instead) else customer


def has(purchases: Path, customer: str) -> bool:
    """Reads one column of the stored purchases."""
    file = purchases / "purchases.parquet"
    if not file.exists():
        return False
    return customer in pd.read_parquet(file, columns=["customer"])["customer"].cat.categories
