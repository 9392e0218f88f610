"""Figures of the course: what was guessed, and what came out."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from nn_core.course.questions import written
from pages.figures.shop import BLUE, GREY, ORANGE, laid_out


def drawn_and_true(
    steps: Sequence[int], guess: Sequence[float], truth: Sequence[float], what: str
) -> go.Figure:
    """steps, guess, truth: as many each -> both curves, and the gap between them."""
    figure = go.Figure()
    figure.add_scatter(
        x=steps, y=guess, mode="lines", name="you drew",
        line={"color": ORANGE, "width": 3, "dash": "dash"},
    )  # fmt: skip
    figure.add_scatter(
        x=steps, y=truth, mode="lines", name="it came out", fill="tonexty",
        fillcolor="rgba(128,128,128,0.18)", line={"color": BLUE, "width": 3},
    )  # fmt: skip
    alt = (
        f"The {what} over {steps[-1]:,} updates. You drew it from {guess[0]:.3g} to "
        f"{guess[-1]:.3g}; it went from {truth[0]:.3g} to {truth[-1]:.3g}."
    )
    laid_out(figure, f"The {what}: drawn and true", alt, 280)
    return figure.update_layout(xaxis_title="updates", yaxis_title=what)


def on_a_line(guess: float, truth: float, low: float, high: float, log: bool) -> go.Figure:
    """A number line with the guess and the truth."""
    figure = go.Figure()
    for value, name, colour, symbol in (
        (guess, "you said", ORANGE, "diamond"),
        (truth, "it came out", BLUE, "circle"),
    ):
        figure.add_scatter(
            x=[value], y=[0], mode="markers+text", name=name, text=[written(value)],
            textposition="top center", marker={"color": colour, "size": 15, "symbol": symbol},
        )  # fmt: skip
    figure.add_hline(y=0, line={"color": GREY, "width": 1})
    laid_out(
        figure, "Guess and truth", f"You said {written(guess)}; it came out {written(truth)}.", 180
    )
    figure.update_yaxes(visible=False, range=[-1, 2])
    if not log:
        return figure.update_xaxes(range=[low, high])
    # A label a power of ten: between two of them plotly writes bare digits.
    ends = np.log10([low, high]) + np.array([-0.1, 0.1])
    return figure.update_xaxes(type="log", range=list(ends), dtick=1, minor={"ticks": ""})
