"""A Plotly figure on a page: theme, size, and the words for those who cannot see it."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st


def chart(figure: go.Figure, key: str) -> None:
    """The figure's `meta` holds its alternative text (see pages/figures)."""
    layout: Any = figure.layout
    st.plotly_chart(
        figure,
        theme="streamlit",
        alt=layout.meta["alt"],
        key=key,
        config={"displayModeBar": False},
    )
