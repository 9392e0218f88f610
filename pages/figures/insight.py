"""Figures of the small studies: three splits, learning curves, a model that ages."""

from collections.abc import Iterable, Mapping
from typing import Any

import plotly.graph_objects as go

from nn_core.recommender.insight.power_law import expected
from nn_core.recommender.insight.words import POLICIES, SPLITS
from pages.figures.judgement import LETTERS, whiskers
from pages.figures.shop import BLUE, GREY, ORANGE, laid_out

AGES = {"weekly": (BLUE, "solid", "circle"), "monthly": (GREY, "dash", "diamond"),
        "never": (ORANGE, "dot", "square")}  # fmt: skip


def flattery(study: Mapping[str, Any], k: int) -> go.Figure:
    """Three bars: what the future gave, and what each split would have promised."""
    rows = study["rows"]
    figure = go.Figure(
        go.Bar(
            x=[SPLITS[row["split"]] for row in rows],
            y=[row["ndcg"] for row in rows],
            marker={"color": [BLUE, *["#e9a35c"] * (len(rows) - 1)]},
            error_y=whiskers(rows, "ndcg"),
            text=[f"{row['ndcg']:.3f}" for row in rows],
            textposition="inside",
            insidetextanchor="start",
            textfont={"color": LETTERS, "size": 14},
            hovertemplate="%{x}: %{y:.4f}<extra></extra>",
        )
    )
    said = "; ".join(f"{SPLITS[row['split']]}: {row['ndcg']:.3f}" for row in rows)
    alt = f"NDCG@{k} of one model under three ways to hold out. {said}."
    laid_out(figure, "One model, three ways to hold out", alt, 300)
    return figure.update_layout(yaxis_title=f"NDCG@{k}", showlegend=False)


def growth(study: Mapping[str, Any], unit: str, k: int, top: float) -> go.Figure:
    """Points with intervals, the curve through them, and what twice as much would add to the last
    of them; top: of the axis, which begins at zero."""
    points, found, then = study["points"], study["forecast"], expected(study)
    last = points[-1]["amount"]
    grid = [points[0]["amount"] / last * (1 + step / 40 * (2 * last / points[0]["amount"] - 1))
            for step in range(41)]  # fmt: skip
    figure = go.Figure()
    figure.add_scatter(
        x=[share * last for share in grid],
        y=[found["a"] - found["b"] * share ** -found["c"] for share in grid],
        mode="lines", name="fitted curve", line={"color": GREY, "dash": "dash", "width": 2},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[point["amount"] for point in points], y=[point["ndcg"] for point in points],
        mode="markers", name="measured", marker={"color": BLUE, "size": 10},
        error_y=whiskers(points, "ndcg"), hovertemplate="%{x:,}: %{y:.4f}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[found["times"] * last], y=[then["then"]], mode="markers", name="forecast",
        marker={"color": ORANGE, "size": 12, "symbol": "diamond-open", "line": {"width": 2}},
        error_y=whiskers([then], "then") | {"color": ORANGE},
        hovertemplate="%{x:,}: about %{y:.4f}<extra></extra>",
    )  # fmt: skip
    said = "; ".join(f"{point['amount']:,}: {point['ndcg']:.3f}" for point in points)
    alt = f"NDCG@{k} by {unit} learned from. {said}. Forecast for twice: {then['then']:.3f}."
    laid_out(figure, f"By {unit} learned from", alt, 320)
    return figure.update_layout(
        xaxis={"title": unit, "rangemode": "tozero"},
        yaxis={"title": f"NDCG@{k}", "range": [0, top]},
        legend={"x": 0, "xanchor": "left", "y": -0.28, "yanchor": "top"},
    )


def reach(studies: Iterable[Mapping[str, Any] | None]) -> float:
    """The top of one axis for several curves, with what is drawn highest below it."""
    made = [study for study in studies if study and "points" in study]
    tops = [point["high"] for study in made for point in study["points"]]
    return 1.08 * max([*tops, *(top for study in made if (top := expected(study)["high"]))])


def ageing(study: Mapping[str, Any], k: int) -> go.Figure:
    """A line for each policy over the weeks."""
    weeks = study["weeks"]
    figure = go.Figure()
    for policy, (colour, dash, symbol) in AGES.items():
        figure.add_scatter(
            x=[week["week"] for week in weeks], y=[week[policy] for week in weeks],
            mode="lines+markers", name=POLICIES[policy], line={"color": colour, "dash": dash},
            marker={"symbol": symbol, "size": 8},
            hovertemplate="week %{x}: %{y:.4f}<extra>" + POLICIES[policy] + "</extra>",
        )  # fmt: skip
    said = "; ".join(f"{POLICIES[row['policy']]}: {row['ndcg']:.3f}" for row in study["policies"])
    alt = f"NDCG@{k} over {len(weeks)} weeks, by how often the model is fitted. Means: {said}."
    laid_out(figure, "Fitted every week, every fourth, or once", alt, 320)
    return figure.update_layout(
        xaxis={"title": "week after the first fit", "dtick": 1},
        yaxis={"title": f"NDCG@{k}", "rangemode": "tozero"},
        legend={"x": 0, "xanchor": "left", "y": -0.28, "yanchor": "top"},
    )
