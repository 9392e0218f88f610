"""Figures for a teacher: what a class has answered, and what came out."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.figures.shop import BLUE, GREY, ORANGE, laid_out


def counted(labels: Sequence[str], chosen: Sequence[int], truth: int | None) -> go.Figure:
    """labels: all that could be answered; chosen: the place of each answer -> a bar a label; what
    came out, if it may be told, is blue and marked."""
    counts = Counter(chosen)
    rows = [counts[at] for at in range(len(labels))]
    marked = [f"✓ {label}" if at == truth else label for at, label in enumerate(labels)]
    colours = [
        BLUE if at == truth else ORANGE if truth is None else GREY for at in range(len(rows))
    ]
    bars = go.Bar(
        x=rows[::-1], y=[wrapped(label) for label in marked][::-1], orientation="h",
        marker={"color": colours[::-1]}, text=rows[::-1], textposition="auto", cliponaxis=False,
    )  # fmt: skip
    said = "; ".join(f"{label}: {count}" for label, count in zip(labels, rows))
    figure = laid_out(go.Figure(bars), f"{len(chosen)} answers", said, 90 + 60 * len(labels))
    figure.update_xaxes(dtick=max(1, max(rows) // 6), title="answers")
    return figure.update_layout(showlegend=False)


def wrapped(text: str, width: int = 48) -> str:
    """Broken into lines of so many letters or fewer, for an axis."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def spread(numbers: Sequence[float], truth: float | None, log: bool) -> go.Figure:
    """Every answer a dot on the number line, a box over them, and the truth as a line."""
    box = go.Box(
        x=list(numbers), boxpoints="all", jitter=0.6, pointpos=0, name="answers",
        marker={"color": ORANGE, "size": 9}, line={"color": GREY},
    )  # fmt: skip
    figure = go.Figure(box)
    if truth is not None:
        figure.add_vline(x=truth, line={"color": BLUE, "width": 3}, annotation_text=f"{truth:.3g}")
    said = f"{len(numbers)} answers from {min(numbers):.3g} to {max(numbers):.3g}."
    laid_out(figure, f"{len(numbers)} answers", said, 260)
    figure.update_layout(showlegend=False, yaxis_visible=False)
    return figure.update_xaxes(type="log") if log else figure


def drawn(
    steps: Sequence[int],
    curves: Sequence[Sequence[float]],
    truth: Sequence[float] | None,
    what: str,
) -> go.Figure:
    """Every learner's curve as a thin line, and the true one as a thick one."""
    figure = go.Figure()
    for at, curve in enumerate(curves):
        figure.add_scatter(
            x=steps, y=curve, mode="lines", line={"color": ORANGE, "width": 1.5}, opacity=0.6,
            name="drawn", showlegend=at == 0,
        )  # fmt: skip
    if truth is not None:
        figure.add_scatter(
            x=steps, y=truth, mode="lines", line={"color": BLUE, "width": 4}, name="it came out"
        )
    said = f"{len(curves)} curves drawn of the {what} over {steps[-1]:,} updates."
    laid_out(figure, f"{len(curves)} curves", said, 380)
    return figure.update_layout(xaxis_title="updates", yaxis_title=what)


def shares(points: Sequence[Any]) -> go.Figure:
    """0 to 1 of each learner -> how many came how far."""
    places = [min(4, int(5 * point)) for point in points]
    labels = ["under 20%", "20 to 40%", "40 to 60%", "60 to 80%", "80 to 100%"]
    return counted(labels, places, None)
