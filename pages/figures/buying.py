"""Figures of a yes-or-no answer: its order, its probabilities, a campaign, and one customer."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from pages.figures.shop import BLUE, GREY, ORANGE, laid_out

Values = NDArray[np.float64]
# The two models, with a dash of their own beside the colour.
MODELS = ((BLUE, "solid"), (ORANGE, "dash"))


def judged(
    roc: Mapping[str, tuple[Values, Values]],
    precision: Mapping[str, tuple[Values, Values]],
    calibration: Mapping[str, tuple[Values, Values]],
) -> go.Figure:
    """{model: (x, y)} each -> ROC curve, precision over recall, calibration."""
    titles = ("ROC curve", "precision and recall", "calibration")
    figure = make_subplots(cols=3, subplot_titles=titles, horizontal_spacing=0.09)
    for column, curves in enumerate((roc, precision, calibration), 1):
        for (colour, dash), (label, (x, y)) in zip(MODELS, curves.items()):
            figure.add_scatter(
                x=x, y=y, mode="lines+markers" if column == 3 else "lines", name=label,
                legendgroup=label, showlegend=column == 1,
                line={"color": colour, "dash": dash, "width": 2.5}, row=1, col=column,
            )  # fmt: skip
    for column in (1, 3):
        figure.add_scatter(
            x=[0, 1], y=[0, 1], mode="lines", line={"color": GREY, "width": 1},
            showlegend=False, hoverinfo="skip", row=1, col=column,
        )  # fmt: skip
    across = ("others chosen", "recall", "foretold")
    upwards = ("buyers found", "precision", "came true")
    for column, (x, y) in enumerate(zip(across, upwards), 1):
        figure.update_xaxes(title=x, range=[0, 1], row=1, col=column)
        figure.update_yaxes(title=y, range=[0, 1.02], row=1, col=column)
    alt = f"ROC curve, precision over recall, and calibration of {' and '.join(roc)}."
    laid_out(figure, "", alt, 330)
    return figure.update_layout(margin={"t": 60}, legend={"y": 1.14})


def profit(brings: Mapping[str, Values], at: int, best: str) -> go.Figure:
    """{model: profit by customers written to}; `at` customers of `best` lie above break-even."""
    figure = go.Figure()
    for (colour, dash), (label, values) in zip(MODELS, brings.items()):
        figure.add_scatter(
            x=np.arange(len(values)), y=values, mode="lines", name=label,
            line={"color": colour, "dash": dash, "width": 2.5},
        )  # fmt: skip
    value = float(brings[best][at])
    figure.add_scatter(
        x=[at], y=[value], mode="markers+text", text=["break-even"], textposition="top center",
        marker={"size": 12, "color": BLUE, "symbol": "diamond"}, name=f"{best}: p > c / m",
    )  # fmt: skip
    alt = (
        f"Profit by customers written to. Break-even chooses {at:,} customers and brings "
        f"{value:,.0f}; letters to everybody bring {brings[best][-1]:,.0f}."
    )
    laid_out(figure, "What the letters bring", alt, 270)
    return figure.update_layout(
        xaxis_title="customers written to, the most probable first", yaxis_title="profit"
    )


def shares(names: Sequence[str], values: Sequence[float], added: Sequence[float]) -> go.Figure:
    """Each input, what it is for this customer, what it adds to the probability."""
    labels = [f"{name} = {value:,.3g}" for name, value in zip(names, values)][::-1]
    bars = [float(each) for each in added][::-1]
    figure = go.Figure(
        go.Bar(
            x=bars, y=labels, orientation="h", cliponaxis=False,
            marker={"color": [BLUE if bar >= 0 else ORANGE for bar in bars]},
            text=[f"{bar:+.3f}" for bar in bars], textposition="outside",
        )
    )  # fmt: skip
    said = "; ".join(f"{label}: {bar:+.3f}" for label, bar in zip(labels[::-1], bars[::-1]))
    laid_out(figure, "What each number adds to the probability", f"Bar chart. {said}.", 330)
    reach = 1.25 * max(abs(bar) for bar in bars)
    figure.update_xaxes(range=[-reach, reach])
    return figure.update_layout(yaxis={"automargin": True, "ticksuffix": "  "}, showlegend=False)
