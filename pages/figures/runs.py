"""Figures of several runs beside each other. Alternative text is in `layout.meta["alt"]`."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from pages.figures.shop import BLUE, GREY, ORANGE, laid_out


def side_by_side(runs: Sequence[Mapping[str, Any]], k: int) -> go.Figure:
    """Rows of `title`, `value`, `low`, `high` (None where unknown) -> points with intervals."""
    titles = [f"{place}. {run['title']}" for place, run in enumerate(runs, 1)][::-1]
    rows = list(runs)[::-1]
    figure = go.Figure(
        go.Scatter(
            x=[run["value"] for run in rows],
            y=titles,
            mode="markers+text",
            text=[f"{run['value']:.3f}" for run in rows],
            textposition="top center",
            marker={"color": BLUE, "size": 12},
            error_x={
                "type": "data",
                "array": [(run["high"] or run["value"]) - run["value"] for run in rows],
                "arrayminus": [run["value"] - (run["low"] or run["value"]) for run in rows],
                "color": GREY,
                "thickness": 2,
            },
            hovertemplate="%{y}: NDCG %{x:.4f}<extra></extra>",
        )
    )
    said = "; ".join(f"{run['title']} {run['value']:.3f}" for run in runs)
    laid_out(
        figure,
        f"NDCG@{k} of each run's best model, with 95% intervals",
        f"Points with intervals, one a run. {said}.",
        130 + 56 * len(rows),
    )
    top = max([run["high"] or run["value"] for run in rows] or [1.0])
    return figure.update_layout(
        xaxis={"title": f"NDCG@{k}", "range": [0, 1.15 * top or 1]},
        yaxis={"automargin": True, "ticksuffix": "  ", "range": [-0.6, len(rows) - 0.2]},
        showlegend=False,
    )


def trained_again(change: Mapping[str, Any]) -> go.Figure:
    """The old and the new model's hit rate and NDCG on the same customers, as two bars each."""
    k = change["k"]
    names = (("NDCG", f"ndcg@{k}"), ("hit rate", f"hit_rate@{k}"))
    figure = go.Figure()
    for which, label, colour, pattern in (
        ("old", "as it was", GREY, "/"),
        ("new", "trained again", ORANGE, ""),
    ):
        values = [change[which][metric] for _, metric in names]
        figure.add_bar(
            x=values, y=[name for name, _ in names], orientation="h", name=label,
            marker={"color": colour, "pattern": {"shape": pattern}},
            text=[f"{value:.3f}" for value in values], textposition="outside", cliponaxis=False,
            hovertemplate="%{y} %{x:.4f}<extra>" + label + "</extra>",
        )  # fmt: skip
    said = "; ".join(
        f"{name} {change['old'][metric]:.3f} as it was, {change['new'][metric]:.3f} trained again"
        for name, metric in names
    )
    laid_out(figure, f"The same customers since {change['cut']}", f"Two bars each: {said}.", 240)
    top = max(change[which][metric] for which in ("old", "new") for _, metric in names)
    return figure.update_layout(
        barmode="group",
        xaxis={"range": [0, 1.2 * top or 1]},
        yaxis={"autorange": "reversed", "ticksuffix": "  "},
        margin={"t": 70},
    )


def where_it_stood(places: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Rows of `file`, `before`, `after` (None where the file is gone) -> two bars a file."""
    names = [place["file"] for place in places]
    figure = go.Figure()
    for which, label, colour, pattern in (
        ("before", "before", GREY, "/"),
        ("after", "after", ORANGE, ""),
    ):
        values = [place[which] or 0 for place in places]
        figure.add_bar(
            x=values, y=names, orientation="h", name=label,
            marker={"color": colour, "pattern": {"shape": pattern}},
            text=[f"{value:,}" for value in values], textposition="outside", cliponaxis=False,
            hovertemplate="%{y}: %{x:,}<extra>" + label + "</extra>",
        )  # fmt: skip
    said = "; ".join(
        f"{one['file']} {one['before']:,}, now {one['after'] or 0:,}" for one in places
    )
    laid_out(figure, "Where the id stood", f"Two bars a file: {said}.", 130 + 52 * len(names))
    return figure.update_layout(
        barmode="group",
        xaxis={"title": "times", "range": [0, 1.15 * max(one["before"] for one in places)]},
        yaxis={"autorange": "reversed", "automargin": True, "ticksuffix": "  "},
        margin={"t": 64},
    )


def still_known(models: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> go.Figure:
    """Rows of `scores`, `before`, `after` -> two bars a model: the share of scores that are other
    than those of a model that never saw the customer."""
    figure = go.Figure()
    for which, label, colour, pattern in (
        ("before", "before", GREY, "/"),
        ("after", "now", ORANGE, ""),
    ):
        shares = [one[which] / max(one["scores"], 1) for one in models]
        figure.add_bar(
            x=shares, y=list(labels), orientation="h", name=label,
            customdata=[[one[which], one["scores"]] for one in models],
            marker={"color": colour, "pattern": {"shape": pattern}},
            text=[f"{share:.0%}" for share in shares], textposition="outside", cliponaxis=False,
            hovertemplate="%{y}: %{customdata[0]:,} of %{customdata[1]:,} scores<extra>" + label
            + "</extra>",
        )  # fmt: skip
    said = "; ".join(
        f"{label} {one['before']:,} of {one['scores']:,}, now {one['after']:,}"
        for label, one in zip(labels, models)
    )
    alt = f"Scores unlike those of a model that never saw the customer, two bars a model: {said}."
    laid_out(figure, "Scores with a trace of the customer", alt, 120 + 34 * len(models))
    return figure.update_layout(
        barmode="group",
        xaxis={"title": "share of scores for others", "range": [0, 1.2], "tickformat": ".0%"},
        yaxis={"autorange": "reversed", "automargin": True, "ticksuffix": "  "},
        margin={"t": 64},
    )
