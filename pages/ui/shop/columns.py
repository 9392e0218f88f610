"""Which column plays which role: guesses, and a choice for each."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from nn_core.recommender.builtin import BUILTIN
from nn_core.recommender.dates import DateOrder
from nn_core.recommender.prepare import Request, prepare
from pages.ui.shop.source import Source

ROLES = {
    "customer": "Customer",
    "product": "Product",
    "time": "Date",
    "order": "Order",
    "name": "Product name",
    "quantity": "Quantity",
    "price": "Price",
    "amount": "Amount",
}
ORDERS: dict[str, DateOrder | None] = {
    "As the dates tell": None,
    "Day first (31/12)": "day-first",
    "Month first (12/31)": "month-first",
}


@dataclass(frozen=True)
class Ready:
    """A file made ready: its report, and the folder that keeps its purchases."""

    source: Source
    report: dict[str, Any]
    folder: Path

    @property
    def error(self) -> str | None:
        """Why the purchases cannot be used, in a sentence; None if they can."""
        return self.report["error"]


def made_ready(source: Source) -> Ready:
    """Reads the source with guessed columns, then with what the person chose instead."""
    guessed = read(source, {}, None)
    if source.path == BUILTIN or not guessed.report["names"]:
        return guessed
    with st.expander("Columns", expanded=guessed.error is not None):
        chosen, dates = controls(source, guessed.report)
    guesses = {guess["role"]: guess["column"] for guess in guessed.report["guesses"]}
    if dates is None and chosen == {role: guesses.get(role) for role in ROLES}:
        return guessed
    return read(source, chosen, dates)


def controls(
    source: Source, report: dict[str, Any]
) -> tuple[dict[str, str | None], DateOrder | None]:
    """A select box for each role, and one for the order of day and month."""
    order = st.selectbox("Day and month", list(ORDERS), key=f"{source.folder.name}/dates")
    guesses = {guess["role"]: guess["column"] for guess in report["guesses"]}
    options = [None, *report["names"]]
    chosen: dict[str, str | None] = {
        role: st.selectbox(
            label,
            options,
            index=options.index(guesses.get(role)),
            format_func=lambda column: "(no column)" if column is None else column,
            key=f"{source.folder.name}/{role}",
        )
        for role, label in ROLES.items()
    }
    return chosen, ORDERS[order]


def read(source: Source, columns: dict[str, str | None], dates: DateOrder | None) -> Ready:
    """Once for every choice of columns; the next visit finds it on disk."""
    choice = json.dumps([columns, dates], sort_keys=True)
    folder = source.folder / hashlib.sha256(choice.encode()).hexdigest()[:12]
    with st.spinner("Reading the purchases ...", show_time=True):
        report = prepare(Request(source.path, source.name, columns, dates), folder)
    return Ready(source, report, folder)
