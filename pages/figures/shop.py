"""Figures of the shop page. Every figure carries its alternative text in `layout.meta["alt"]`."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from nn_core.recommender.settings_words import worded

# Blue and orange of one lightness: apart for every kind of colour vision, on light and on dark.
BLUE, ORANGE, GREY = "#3d7fd6", "#d9791a", "#8a94a3"
LINES = (
    (BLUE, "circle"),
    (ORANGE, "square"),
    ("#2c9c78", "diamond"),
    ("#b05fb5", "triangle-up"),
    (GREY, "x"),
)


def laid_out(figure: go.Figure, title: str, alt: str, height: int) -> go.Figure:
    """The frame that all figures of this page share."""
    figure.update_layout(
        title={"text": title, "font": {"size": 16}, "x": 0},
        height=height,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
        meta={"alt": alt},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 1, "xanchor": "right"},
    )
    return figure


def rows_set_aside(counts: Mapping[str, int]) -> go.Figure:
    """{reason: rows} -> bars, the most frequent on top."""
    reasons, rows = list(counts)[::-1], list(counts.values())[::-1]
    bars = go.Bar(
        x=rows, y=reasons, orientation="h", marker={"color": ORANGE},
        text=[f"{count:,}" for count in rows], textposition="auto", cliponaxis=False,
        hovertemplate="%{y}: %{x:,} rows<extra></extra>",
    )  # fmt: skip
    said = "; ".join(f"{reason}: {count:,}" for reason, count in counts.items())
    figure = laid_out(
        go.Figure(bars),
        "Rows set aside, by reason",
        f"Bar chart of rows set aside. {said}.",
        max(160, 90 + 34 * len(reasons)),
    )
    return figure.update_layout(
        xaxis_title="rows", yaxis={"automargin": True, "ticksuffix": "  "}, showlegend=False
    )


def monthly(months: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Rows of `month`, `purchases`, `customers` -> two panels of bars over the same months."""
    titles = ("purchases", "customers who bought")
    figure = make_subplots(cols=2, subplot_titles=titles, horizontal_spacing=0.1)
    panels = (("purchases", BLUE), ("customers", ORANGE))
    for column, (what, colour) in enumerate(panels, 1):
        figure.add_bar(
            x=[f"{month['month']}-01" for month in months],
            y=[month[what] for month in months],
            hovertemplate="%{x|%B %Y}: %{y:,} " + what + "<extra></extra>",
            marker={"color": colour}, showlegend=False, row=1, col=column,
        )  # fmt: skip
    best = max(months, key=lambda month: month["purchases"])
    alt = (
        f"Purchases and customers by month, {months[0]['month']} to {months[-1]['month']}; "
        f"the most purchases, {best['purchases']:,}, in {best['month']}."
    )
    laid_out(figure, "Each month", alt, 270).update_layout(margin={"t": 64})
    return figure.update_xaxes(type="date", tickformat="%b\n%Y", nticks=8)


def learning(networks: Mapping[str, Sequence[Mapping[str, Any]]]) -> go.Figure:
    """{network: rows of `epoch`, `epochs`, `loss`, perhaps `ndcg@10` (of the validation)} -> two
    panels, a colour and a mark for each network."""
    figure = make_subplots(
        cols=2, subplot_titles=("training loss (cross-entropy)", "validation NDCG@10")
    )
    for place, (label, epochs) in enumerate(networks.items()):
        colour, mark = LINES[place % len(LINES)]
        for column, (name, dash) in enumerate((("loss", "solid"), ("ndcg@10", "dash")), 1):
            rows = [row for row in epochs if row.get(name) is not None]
            figure.add_scatter(
                x=[row["epoch"] for row in rows], y=[row[name] for row in rows],
                mode="lines+markers", name=label, legendgroup=label, showlegend=column == 1,
                line={"color": colour, "dash": dash, "width": 2.5}, marker={"symbol": mark},
                hovertemplate="epoch %{x}: %{y:.4f}<extra>" + label + "</extra>",
                row=1, col=column,
            )  # fmt: skip
    said = "; ".join(f"{label}: {so_far(epochs)}" for label, epochs in networks.items())
    laid_out(figure, "The network learns", f"Training by epoch. {said or 'Not begun.'}", 290)
    rows = [row for epochs in networks.values() for row in epochs]
    total = max((int(row.get("epochs", row["epoch"])) for row in rows), default=1)
    figure.update_xaxes(title="epoch", dtick=max(1, total // 10), range=[0.5, total + 0.5])
    figure.update_yaxes(rangemode="tozero", col=2)
    below = {"y": -0.42, "yanchor": "top", "x": 0, "xanchor": "left"}
    return figure.update_layout(margin={"t": 76}, legend=below)


def tried(
    trials: Sequence[Mapping[str, Any]], titles: Mapping[str, str], labels: Mapping[str, str]
) -> go.Figure:
    """Rows of `model` and `ndcg@10` by task -> a dot a trial: a line a model, a mark a task."""
    judged = [trial for trial in trials if trial["ndcg@10"]]
    figure = go.Figure()
    for (task, title), (colour, mark) in zip(titles.items(), LINES):
        rows = [trial for trial in judged if trial["ndcg@10"].get(task) is not None]
        figure.add_scatter(
            x=[trial["ndcg@10"][task] for trial in rows],
            y=[labels[trial["model"]] for trial in rows], mode="markers", name=title,
            marker={"color": colour, "symbol": mark, "size": 10, "opacity": 0.85},
            customdata=[[folded(worded(trial["model"], trial["options"]))] for trial in rows],
            hovertemplate="%{y}: %{x:.4f}<br>%{customdata[0]}<extra>" + title + "</extra>",
        )  # fmt: skip
    models = list(dict.fromkeys(labels[trial["model"]] for trial in judged))
    best = {
        title: max((t["ndcg@10"].get(task) or 0.0 for t in judged), default=0.0)
        for task, title in titles.items()
    }
    said = "; ".join(f"{title}: {value:.3f}" for title, value in best.items())
    alt = (
        f"{len(judged)} trials of {len(models)} models; the best NDCG@10 of each question: {said}."
    )
    laid_out(figure, "How each trial did", alt, 150 + 26 * len(models))
    return figure.update_layout(
        xaxis={"title": "NDCG@10", "rangemode": "tozero"},
        yaxis={"autorange": "reversed", "automargin": True, "ticksuffix": "  "},
        legend={"x": 1, "xanchor": "right", "y": -0.16, "yanchor": "top"},
    )


def folded(words: str) -> str:
    """Each setting on a line of its own, as a label at the pointer has room for."""
    return words.replace("; ", "<br>")


def so_far(epochs: Sequence[Mapping[str, Any]]) -> str:
    """ "after 3 epochs loss 4.1000, ndcg@10 0.1000"."""
    last = epochs[-1] if epochs else {}
    numbers = [f"{n} {last[n]:.4f}" for n in ("loss", "ndcg@10") if last.get(n) is not None]
    return f"after {len(epochs)} epochs {', '.join(numbers) or 'no value yet'}"
