"""The data report: what was read, kept and set aside, and what the purchases are like."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from nn_core.recommender.portrait.audit import ENOUGH_CUSTOMERS
from pages.figures import audit as figures
from pages.figures import audit_customers as people
from pages.figures.columns import columns, second_files
from pages.figures.shop import rows_set_aside
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.columns import ROLES, Ready
from pages.ui.shop.left_out import left_out
from pages.ui.shop.personal import told
from pages.ui.shop.plain import plain


def report(ready: Ready) -> None:
    """Numbers first, then what they mean, then pictures, then the rows themselves."""
    audit = ready.report["audit"]
    st.subheader(plain(ready.source.name), anchor=False)
    st.caption(when(audit["span"]))
    numbers(audit)
    joins = ready.report.get("joins", ())
    sentences = [
        *(join["words"] for join in joins if join.get("poor")),  # a report of before has none
        *audit["advice"],
        *told(ready.source),
        *(join["words"] for join in joins if not join.get("poor")),
        *ready.report.get("second_notes", ()),
        *ready.report.get("notes", ()),
        *ready.report.get("forgotten", ()),
    ]
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    if audit["customers_with_two"] >= ENOUGH_CUSTOMERS:
        st.button(
            "Go on to training",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=go_on,
        )
    for sentence in ready.report.get("left_out", ()):
        st.warning(
            f"{plain(sentence)} {section('report', 'Without it')}", icon=":material/link_off:"
        )
    pictures(audit)
    left_out(ready)
    roles(ready.report)
    left, right = st.columns(2, gap="large") if joins else (st.container(), st.container())
    with left:
        set_aside(ready, audit)
    with right:
        if joins:
            picture(second_files(joins), "Second files")
            mismatches(ready)


def go_on() -> None:
    st.session_state["goto"] = "Training"


def when(span: dict[str, Any]) -> str:
    """From which day to which one, or that nobody knows."""
    if span["days"] is None:
        return section("report", "No dates")
    first, last = (date.fromisoformat(span[end][:10]) for end in ("first", "last"))
    if first == last:
        return f"Purchases of {first.day} {first:%B %Y}."
    return f"Purchases from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}."


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
        column.metric(label, value, help=section("report", label))


def pictures(audit: dict[str, Any]) -> None:
    """Those that the data can fill, wide ones alone, others in pairs."""
    if audit["events"]:
        picture(figures.events(audit["events"]), "Events")
    if audit["weeks"]:
        picture(figures.weekly(audit["weeks"], audit["gaps"]), "Each week")
    kinds, judged = audit["customer_kinds"], audit["judged"]
    drawn: list[tuple[go.Figure, str]] = []
    if audit["tail"]["curve"]:
        drawn.append((figures.long_tail(audit["tail"], audit["products"]), "Long tail"))
    if audit["baskets"]:
        drawn.append((figures.basket_sizes(audit["baskets"]), "Baskets"))
    if kinds:
        drawn.append((people.customer_map(kinds), "Customers by recency and frequency"))
        drawn.append((people.spending(kinds), "Fifths of the customers"))
    if any(audit.get("times_bought", ())):  # a report of before has none
        again = people.comes_again(audit["times_bought"], audit["repeat_share"])
        drawn.append((again, "Bought again"))
    if judged:
        drawn.append((people.judged_by(judged), "Who can judge"))
    for begin in range(0, len(drawn), 2):
        for column, (figure, heading) in zip(st.columns(2, gap="large"), drawn[begin : begin + 2]):
            with column:
                picture(figure, heading)


def picture(figure: go.Figure, heading: str) -> None:
    """A chart, and below it how its numbers were counted."""
    chart(figure, heading)
    with st.popover("How is this counted?", key=f"counted/{heading}"):
        st.markdown(section("report", heading))


def mismatches(ready: Ready) -> None:
    """What the second files and the purchases do not have in common."""
    for join in ready.report.get("joins", ()):
        file = ready.folder / f"{join['of']}_mismatches.csv"
        st.download_button(
            f"{join['of'].capitalize()}s that did not match (CSV)",
            file.read_bytes(),
            file.name,
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            help=plain(
                f"{join['unknown']:,} not in the second file, {join['unbought']:,} never bought"
            ),
        )


def set_aside(ready: Ready, audit: dict[str, Any]) -> None:
    if not audit["set_aside"]:
        st.markdown("No row had to be set aside.")
        return
    picture(rows_set_aside(audit["set_aside"]), "Rows set aside")
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
    st.markdown("**How the columns are read**")
    st.caption("Wrong? Choose others at the left, under Columns.")
    facts = report.get("columns", [])  # a report of before has none
    if facts:
        with st.container():  # which can be pushed on a phone
            picture(columns(facts, ROLES), "Columns of the file")
    about = {fact["column"]: fact for fact in facts}
    rows = [
        {
            "Role": ROLES[guess["role"]],
            "Column": guess["column"],
            "Why": guess["reason"],
            **seen(about.get(guess["column"])),
        }
        for guess in guesses
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, alt="Roles, their columns and the reason for each"
    )


def seen(fact: dict[str, Any] | None) -> dict[str, str]:
    """What its cells say of a column."""
    if fact is None:
        return {}
    return {"Its cells": fact["evidence"], "For instance": ", ".join(fact["examples"])}
