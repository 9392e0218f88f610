"""Personal data in an upload: named, and decided upon before anything is kept of it."""

from typing import Any

import streamlit as st

from nn_core.recommender.data.choices import PERSONAL
from pages.ui.content import section
from pages.ui.shop.columns import ROLES, Ready
from pages.ui.shop.plain import plain
from pages.ui.shop.source import Source

WHAT = {
    "drop": "Leave the column out",
    "replace": "Replace by pseudonyms",
    "keep": "Keep as it is",
}


DONE = {"drop": "left out", "replace": "replaced by pseudonyms", "keep": "kept as it is"}


def ask(ready: Ready) -> None:
    """A row for each column that holds such data, and one button."""
    ready.source.wait()
    roles = {guess["column"]: ROLES[guess["role"]] for guess in ready.report["guesses"]}
    st.subheader("This file holds personal data")
    st.markdown(section("shop", "Personal data"))
    with st.form("personal"):
        chosen = {
            found["column"]: choice(found, roles.get(found["column"]))
            for found in ready.report["personal"]
        }
        kept = st.form_submit_button("Go on with these choices", type="primary")
    if kept:
        ready.source.decide(chosen)
        st.rerun()


def choice(found: dict[str, Any], role: str | None) -> str:
    column: str = found["column"]
    needed = role in (ROLES["customer"], ROLES["order"], ROLES["product"])
    options = [what for what in PERSONAL if what != "drop" or not needed]
    place = f", the {role.lower()}" if role else ""
    return st.radio(
        f"**{plain(column)}**{place}: {found['kind']} in {found['share']:.0%} of its cells",
        options,
        index=options.index(found["what"]),
        format_func=WHAT.__getitem__,
        horizontal=True,
    )


def told(source: Source) -> list[str]:
    """What was done, in sentences; nothing where nothing was found."""
    found = source.personal() or {}
    return [f"Column '{column}': {DONE[what]} (personal data)." for column, what in found.items()]
