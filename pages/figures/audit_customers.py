"""Figures of the shop's data report about customers: what they come back for, and who they are."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from nn_core.recommender.plural import number_of
from pages.figures.audit import without_crumbs
from pages.figures.shop import BLUE, GREY, ORANGE, laid_out


def comes_again(times: Sequence[int], share: float) -> go.Figure:
    """Bars: a customer's products bought once, twice, ...; share: of purchases that repeat one."""
    shown = without_crumbs(times)
    names = [*(f"{n}×" for n in range(1, len(shown))), f"{len(shown)}× +"]  # noqa: RUF001
    bars = go.Bar(
        x=names, y=shown, marker={"color": [GREY, *[BLUE] * (len(shown) - 1)]},
        hovertemplate="%{y:,} times a customer bought a product %{x}<extra></extra>",
    )  # fmt: skip
    alt = (
        f"{share:.0%} of the purchases repeat a product of the same customer. Bought once: "
        f"{times[0]:,} products of a customer; twice or more: {sum(times[1:]):,}."
    )
    title = f"{share:.0%} of the purchases repeat a product"
    figure = laid_out(go.Figure(bars), title, alt, 320)
    return figure.update_layout(
        xaxis={"title": "times a customer bought the same product", "type": "category"},
        yaxis_title="products of a customer",
    )


def customer_map(kinds: Mapping[str, Any]) -> go.Figure:
    """A circle for each class of last purchase (across) and number of orders (up), as large as it
    has customers."""
    grid, money = kinds["grid"], kinds["money"]
    rows = [
        (across, up, grid[y][x], money[y][x])
        for y, up in enumerate(kinds["frequency"])
        for x, across in enumerate(kinds["recency"])
        if grid[y][x]
    ]
    most = max(row[2] for row in rows)
    figure = go.Figure(
        go.Scatter(
            x=[row[0] for row in rows], y=[row[1] for row in rows], mode="markers+text",
            marker={"size": [row[2] for row in rows], "sizemode": "area", "color": BLUE,
                    "sizeref": most / 22**2, "sizemin": 3, "opacity": 0.75, "line": {"width": 0}},
            text=[f"{row[2]:,}" for row in rows], textposition="bottom center",
            customdata=[[row[3]] for row in rows],
            hovertemplate="%{text} customers with %{y}, the last one %{x} ago<br>they have "
            "%{customdata[0]:.0%} of the " + kinds["value"] + "<extra></extra>",
        )
    )  # fmt: skip
    across, up, count, _ = max(rows, key=lambda row: row[2])
    alt = (
        f"Customers by time since their last purchase and number of orders; the largest group, "
        f"{count:,}, has {up} and bought last {across} ago. {kinds['one_order']:,} "
        f"{'has' if kinds['one_order'] == 1 else 'have'} one order."
    )
    laid_out(figure, "How often customers order, and how long ago they last did", alt, 380)
    figure.update_xaxes(
        title="days since the last order", categoryorder="array", categoryarray=kinds["recency"],
        tickvals=kinds["recency"], tickangle=0,
        ticktext=[name.removesuffix(" days").replace(" to ", "-") for name in kinds["recency"]],
        range=[-0.5, len(kinds["recency"]) - 0.5],
    )  # fmt: skip
    figure.update_yaxes(
        categoryorder="array", categoryarray=kinds["frequency"], automargin=True, ticksuffix="  ",
        range=[-0.7, len(kinds["frequency"]) - 0.4],
    )  # fmt: skip
    return figure


def spending(kinds: Mapping[str, Any]) -> go.Figure:
    """Five bars: what each fifth of the customers brings, the best fifth on the left."""
    less = ", less what each cancelled or sent back" if kinds.get("returned") else ""
    names = ["best fifth", "second", "third", "fourth", "last fifth"]
    bars = go.Bar(
        x=names, y=kinds["fifths"], marker={"color": BLUE},
        text=[f"{share:.0%}" for share in kinds["fifths"]], textposition="outside",
        cliponaxis=False, hovertemplate="%{x}: %{y:.1%}<extra></extra>",
    )  # fmt: skip
    alt = (
        f"The fifth of the customers who spend most bring {kinds['fifths'][0]:.0%} of the "
        f"{kinds['value']}, the last fifth {kinds['fifths'][-1]:.0%}{less}."
    )
    title = f"A fifth of the customers brings {kinds['fifths'][0]:.0%} of the {kinds['value']}"
    figure = laid_out(go.Figure(bars), title, alt, 380)
    top, low = max(kinds["fifths"]), min(0.0, *kinds["fifths"])  # more sent back than bought
    return figure.update_layout(
        yaxis={
            "title": f"share of the {kinds['value']}",
            "tickformat": ".0%",
            "range": [1.3 * low, 1.15 * top],
        }
    )


def judged_by(judged: Mapping[str, Any]) -> go.Figure:
    """Bars that grow shorter: all customers, those who came in the last days, those known before,
    those with something new, who decide which method is best."""
    steps = {
        "bought anything": judged["bought"],
        f"bought in the last {judged['days']} days": judged["came"],
        "and before these days": judged["known"],
        "and products new to them": judged["discover"],
    }
    names, values = list(steps)[::-1], list(steps.values())[::-1]
    colours = [ORANGE, *[BLUE] * 3]
    bars = go.Bar(
        x=values, y=names, orientation="h", marker={"color": colours},
        text=[f"{value:,}" for value in values], textposition="auto", cliponaxis=False,
        hovertemplate="%{y}: %{x:,} customers<extra></extra>",
    )  # fmt: skip
    who = number_of(judged["discover"], "customer") if judged["discover"] else "Nobody"
    alt = "Customers who " + "; ".join(f"{name}: {value:,}" for name, value in steps.items()) + "."
    figure = laid_out(go.Figure(bars), f"{who} can judge the methods", alt, 320)
    return figure.update_layout(
        xaxis_title="customers", yaxis={"automargin": True, "ticksuffix": "  "}
    )
