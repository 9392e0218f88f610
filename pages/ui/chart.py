"""A Plotly figure on a page: theme, size, and the words for those who cannot see it."""

from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

# Streamlit writes a chart's words in a grey that a projector swallows (3.7 : 1 on white).
INK = {"light": "#4a5361", "dark": "#bcc4d0"}


def chart(figure: go.Figure, key: str, on_select: Literal["ignore", "rerun"] = "ignore") -> None:
    """The figure's `meta` holds its alternative text (see pages/figures). With `on_select` a click
    on a point runs the page again, which finds it in the session under the key."""
    layout: Any = figure.layout
    st.plotly_chart(
        legible(figure, INK["dark" if st.context.theme.type == "dark" else "light"]),
        theme="streamlit",
        alt=layout.meta["alt"],
        key=key,
        on_select=on_select,
        selection_mode="points",
        config={"displayModeBar": False},
    )


def legible(figure: go.Figure, ink: str) -> go.Figure:
    """The words around the picture in this colour."""
    words: Any = {"tickfont": {"color": ink}, "title": {"font": {"color": ink}}}
    figure.update_xaxes(**words)
    figure.update_yaxes(**words)
    figure.update_annotations(font_color=ink)
    return figure.update_layout(font={"color": ink}, legend={"font": {"color": ink}})
