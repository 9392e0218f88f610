"""Which columns of the table of customers make groups."""

from collections.abc import Sequence

import streamlit as st

from nn_core.recommender.judge.people_groups import taken
from pages.ui.content import section


def group_columns(columns: Sequence[str]) -> list[str] | None:
    """columns: those that can make groups, in the table's order -> the chosen ones; None as long as
    they are those that are taken anyway, or where there is nothing to choose."""
    usual = taken(columns, None)
    if not columns:
        return None
    with st.expander("Groups of your customers"):
        st.markdown(section("shop", "Columns that make groups"))
        chosen = st.multiselect(
            "Columns of the customer table that make groups",
            list(columns),
            usual,
            placeholder="None: only groups that any shop has",
            select_all=False,
            key="columns that make groups",
        )
    return None if set(chosen) == set(usual) else chosen
