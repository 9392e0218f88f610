"""A Plotly figure on a page: theme, size, and the words for those who cannot see it."""

from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st


def chart(figure: go.Figure, key: str, on_select: Literal["ignore", "rerun"] = "ignore") -> None:
    """The figure's `meta` holds its alternative text (see pages/figures). With `on_select` a click
    on a point runs the page again, which finds it in the session under the key."""
    layout: Any = figure.layout
    st.plotly_chart(
        figure,
        theme="streamlit",
        alt=layout.meta["alt"],
        key=key,
        on_select=on_select,
        selection_mode="points",
        config={"displayModeBar": False},
    )
