"""How a file is read: guesses, and a choice for each of them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from nn_core.recommender.data.builtin import BUILTIN
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.dates import DateOrder
from nn_core.recommender.data.unfold import SEPARATORS
from nn_core.recommender.forgetting.kept_out import KeptOut
from nn_core.recommender.prepare import Request, prepare
from pages.ui.shop.plain import plain
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
    "category": "Category",
    "event": "Kind of event",
    "rating": "Rating",
}
ORDERS: dict[str, DateOrder | None] = {
    "As the dates tell": None,
    "Day first (31/12)": "day-first",
    "Month first (12/31)": "month-first",
}
BASKETS: dict[str, str | None] = {"As the cells tell": None, "One product": "none"} | {
    f"Several, apart by {words}": separator for separator, words in SEPARATORS.items()
}


@dataclass(frozen=True)
class Ready:
    """A file made ready: its report, and the folder that keeps its purchases."""

    source: Source
    report: dict[str, Any]
    folder: Path
    choices: Choices

    @property
    def error(self) -> str | None:
        """Why the purchases cannot be used, in a sentence; None if they can."""
        return self.report["error"]

    @property
    def waits(self) -> bool:
        """Whether a person is to decide about personal data first."""
        return bool(self.report.get("waits"))


def made_ready(source: Source) -> Ready:
    """Reads the source with guessed columns, then with what the person chose instead."""
    personal = source.personal()
    first = Choices(personal=personal or {}, exclude=source.exclude())
    guessed = read(source, first, asks=personal is None)
    if sheet := other_sheet(guessed):
        guessed = read(source, replace(first, sheet=sheet), asks=personal is None)
    if source.path == BUILTIN or guessed.waits or not guessed.report["names"]:
        return guessed
    with st.expander("Columns", expanded=guessed.error is not None):
        chosen = controls(source, guessed)
    return guessed if chosen == guessed.choices else read(source, chosen)


def other_sheet(guessed: Ready) -> str | None:
    """A sheet of a workbook that was chosen in place of the one with most cells."""
    sheets: list[str] = guessed.report.get("sheets") or []
    if len(sheets) < 2:
        return None
    chosen = st.selectbox("Sheet", sheets, key=f"{guessed.source.folder.name}/sheet")
    return None if chosen == sheets[0] else chosen


def controls(source: Source, guessed: Ready) -> Choices:
    """A select box for each role, and what else can be read in more than one way."""
    report, sheet = guessed.report, guessed.choices.sheet
    folder = source.folder.name + (f"/{sheet}" if sheet else "")
    order = st.selectbox("Day and month", list(ORDERS), key=f"{folder}/dates")
    options = [None, *report["names"]]
    found = {guess["role"]: guess["column"] for guess in report["guesses"]}
    # A basket's number of its row has the role of an order, but is no column of the file.
    guesses = {role: found.get(role) if found.get(role) in options else None for role in ROLES}
    chosen: dict[str, str | None] = {
        role: st.selectbox(
            label,
            options,
            index=options.index(guesses[role]),
            format_func=lambda column: "(no column)" if column is None else column,
            key=f"{folder}/{role}",
        )
        for role, label in ROLES.items()
    }
    baskets = st.selectbox("Products in one cell", list(BASKETS), key=f"{folder}/baskets")
    return replace(
        guessed.choices,
        columns={} if chosen == guesses else chosen,
        dates=ORDERS[order],
        baskets=BASKETS[baskets],
        second=of_second_files(report, folder),
        **weights(report, folder),
    )


SECOND = {
    "product": {
        "key": "Key", "name": "Name", "category": "Category", "price": "Price",
        "margin": "Margin", "stock": "Stock",
    },
    "customer": {"key": "Key"},
}  # fmt: skip
"""What a second file may say of a product or a customer."""
KINDS = {"product": "catalogue", "customer": "customers"}


def of_second_files(report: Mapping[str, Any], folder: str) -> dict[str, dict[str, str | None]]:
    """Select boxes for the columns of each second file -> those that were chosen otherwise."""
    found: dict[str, dict[str, str | None]] = {}
    for join in report.get("joins", ()):
        if "names" not in join:  # a report of before
            continue
        st.markdown(f"**{plain(join['file'])}**")
        guessed = {"key": join["key"], **join["columns"]}
        other = {
            role: said
            for role, label in SECOND[join["of"]].items()
            if (said := one_of(join, guessed.get(role), role, label, folder)) != guessed.get(role)
        }
        if other:
            found[KINDS[join["of"]]] = other
    return found


def one_of(
    join: Mapping[str, Any], guess: str | None, role: str, label: str, folder: str
) -> str | None:
    """The column for one role; a guess made of two columns (price minus cost) is an option too."""
    options = [None, *join["names"], *([guess] if guess and guess not in join["names"] else [])]
    return st.selectbox(
        label,
        options[1:] if role == "key" else options,
        index=options.index(guess) - (role == "key"),
        format_func=lambda column: "(no column)" if column is None else column,
        key=f"{folder}/{join['of']}/{join['file']}/{role}",
    )


def weights(report: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """Numbers for what events count for, and from which rating on a product is liked."""
    found: dict[str, Any] = {}
    if events := report.get("events"):
        said = {
            event: st.number_input(
                f"Weight of “{plain(event)}”",
                0.0,
                10.0,
                float(weight),
                0.05,
                key=f"{folder}/weight/{event}",
                help="1 or more counts as a purchase, 0 leaves these rows out.",
            )
            for event, weight in events.items()
        }
        found["weights"] = said if said != events else {}
    if (liked := report.get("liked")) is not None:
        said = st.number_input("Liked from this rating on", value=liked, key=f"{folder}/liked")
        found["liked"] = said if said != liked else None
    return found


def read(source: Source, choices: Choices, asks: bool = False) -> Ready:
    """Once for every choice; the next visit finds it on disk."""
    more = source.more()
    plain_choices = asdict(choices)
    forgotten = KeptOut(source.keys).state() if source.path != BUILTIN else []
    asked = [plain_choices, more, source.since(), asks, *([forgotten] if forgotten else [])]
    choice = json.dumps(asked, sort_keys=True)
    folder = source.folder / hashlib.sha256(choice.encode()).hexdigest()[:12]
    request = Request(source.path, source.name, choices, more, str(source.keys), asks)
    with st.spinner("Reading the purchases ...", show_time=True):
        report = prepare(request, folder)
    return Ready(source, report, folder, choices)
