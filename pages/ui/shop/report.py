"""The data report: what was read, kept and set aside, and what the purchases are like."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.figures import shop as figures
from pages.ui.chart import chart
from pages.ui.shop.columns import ROLES, Ready
from pages.ui.shop.personal import told
from pages.ui.shop.plain import plain


def report(ready: Ready) -> None:
    """Numbers first, then pictures, then the rows themselves."""
    audit = ready.report["audit"]
    numbers(audit)
    sentences = [
        *ready.report.get("notes", ()),
        *told(ready.source),
        *(join["words"] for join in ready.report.get("joins", ())),
        *audit["advice"],
    ]
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    left, right = st.columns([3, 2], gap="large")
    with left:
        if audit["months"]:
            chart(figures.monthly(audit["months"]), "months")
        set_aside(ready, audit)
    with right:
        roles(ready.report)


def numbers(audit: dict[str, Any]) -> None:
    rows, span = audit["rows"], audit["span"]
    shown = {
        "Rows read": f"{rows['read']:,}",
        "Rows kept": f"{rows['kept']:,}",
        "Rows set aside": f"{rows['set_aside']:,}",
        "Customers": f"{audit['customers']:,}",
        "Products": f"{audit['products']:,}",
        "Orders": "unknown" if audit["orders"] is None else f"{audit['orders']:,}",
        "Days": "unknown" if span["days"] is None else f"{span['days']:,}",
    }
    for column, (label, value) in zip(st.columns(len(shown)), shown.items()):
        column.metric(label, value)


def set_aside(ready: Ready, audit: dict[str, Any]) -> None:
    if not audit["set_aside"]:
        st.markdown("No row had to be set aside.")
        return
    chart(figures.rows_set_aside(audit["set_aside"]), "set aside")
    st.download_button(
        f"Rows set aside, all {audit['rows']['set_aside']:,} (CSV)",
        lambda: (ready.folder / "set_aside.csv").read_bytes(),
        "rows_set_aside.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    preview = ready.report["preview"]
    titles = [f"{title}{'' if place < 2 else ' '}" for place, title in enumerate(preview["titles"])]
    with st.expander(f"The first {len(preview['rows'])} of them"):
        st.dataframe(
            pd.DataFrame(preview["rows"], columns=titles),
            hide_index=True,
            alt="Rows set aside, with row number and reason",
        )


def roles(report: dict[str, Any]) -> None:
    """The columns and why they were taken for what they are."""
    guesses = report["guesses"]
    if not guesses:
        return
    rows = [(ROLES[guess["role"]], guess["column"], guess["reason"]) for guess in guesses]
    st.markdown("**How the columns are read**")
    st.caption("Wrong? Choose others at the left, under Columns.")
    st.dataframe(
        pd.DataFrame(rows, columns=["Role", "Column", "Why"]),
        hide_index=True,
        alt="Roles, their columns and the reason for each",
    )
