"""Figures of one customer's list: what speaks for a product, and what a lever costs."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from nn_core.recommender.customer.desk import Moment
from nn_core.recommender.customer.explain import Explanation
from nn_core.recommender.customer.trade_off import Point
from pages.figures.shop import BLUE, ORANGE, laid_out

UNNAMED = "without a category"
LONGEST = 34  # signs of a product's name beside a bar


def reasons(found: Explanation, names: Sequence[str]) -> go.Figure:
    """A bar for each reason, blue for what raises the score and orange for what lowers it."""
    effects = [reason.effect for reason in found.reasons]
    labels = [short(name) for name in names]
    if found.exact and found.unnamed:
        effects.append(found.others)
        labels.append(f"the other {found.unnamed:,}")
    rows = list(range(len(effects)))
    bars = go.Bar(
        x=effects, y=rows, orientation="h", customdata=labels,
        marker={
            "color": [BLUE if effect >= 0 else ORANGE for effect in effects],
            "pattern": {"shape": ["" if effect >= 0 else "/" for effect in effects]},
        },
        text=[f"{effect:+.3g}" for effect in effects], textposition="outside", cliponaxis=False,
        hovertemplate="%{customdata}: %{x:.5g}<extra></extra>",
    )  # fmt: skip
    title = (
        "What each purchase adds to the score" if found.exact else "What the score loses without"
    )
    told = "; ".join(f"{label} {effect:+.3g}" for label, effect in zip(labels, effects))
    figure = laid_out(go.Figure(bars), title, f"{title}: {told}.", 110 + 32 * len(effects))
    figure.update_yaxes(
        tickvals=rows, ticktext=labels, autorange="reversed", automargin=True, ticksuffix="  "
    )
    low, high = min(0.0, *effects), max(0.0, *effects)
    room = 0.28 * (high - low)  # for the number behind the longest bar
    low, high = low - (room if low < 0 else 0), high + room
    return figure.update_xaxes(title="score", range=[low, high], zeroline=True)


def scores(names: Sequence[str], values: Sequence[float]) -> go.Figure:
    """A list as bars, best on top: how far the places stand apart."""
    rows = list(range(len(values)))
    labels = [f"{place}. {short(name)}" for place, name in enumerate(names, 1)]
    bars = go.Bar(
        x=list(values), y=rows, orientation="h", marker={"color": BLUE}, customdata=labels,
        hovertemplate="%{customdata}: %{x:.5g}<extra></extra>",
    )  # fmt: skip
    title = "How far the places stand apart"
    told = "; ".join(f"{label} {value:.3g}" for label, value in zip(labels, values))
    figure = laid_out(go.Figure(bars), title, f"{title}: {told}.", 90 + 28 * len(rows))
    figure.update_yaxes(
        tickvals=rows, ticktext=labels, autorange="reversed", automargin=True, ticksuffix="  "
    )
    return figure.update_xaxes(title="score")


def short(name: str) -> str:
    """Escaped for Plotly, which reads a few tags, and cut."""
    cut = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


KINDS = 12
"""Rows of a timeline; a hundred of them would be taller than any window."""


def per_kind(found: Sequence[Moment]) -> Counter[str]:
    """Kind -> how many products of it were bought."""
    return sum((Counter({moment.kind: len(moment.products)}) for moment in found), Counter[str]())


def at_most(rows: int, found: Sequence[Moment]) -> tuple[list[str], list[Moment]]:
    """The kinds, most often bought first, and the moments; beyond so many rows the kinds bought
    least become one, the last."""
    ranked = [kind for kind, _ in per_kind(found).most_common()]
    if len(ranked) <= rows:
        return ranked, list(found)
    kinds, rest = ranked[: rows - 1], f"{len(ranked) - rows + 1} other kinds"
    together: dict[tuple[int, str], tuple[int, ...]] = {}
    for moment in found:
        place = moment.day, moment.kind if moment.kind in kinds else rest
        together[place] = together.get(place, ()) + moment.products
    return [*kinds, rest], [Moment(*place, products) for place, products in together.items()]


def timeline(bought: Sequence[Moment], names: Sequence[str]) -> go.Figure:
    """A row for each kind of product, most often bought on top; a dot a day, as large as many were
    bought. names: of all products."""
    kinds, found = at_most(KINDS, bought)
    counts = per_kind(found)
    unnamed = UNNAMED if len(kinds) > 1 else "all"
    dots = go.Scatter(
        x=[str(np.datetime64(moment.day, "D")) for moment in found],
        y=[kinds.index(moment.kind) for moment in found], mode="markers",
        marker={"color": BLUE, "opacity": 0.75,
                "size": [7 + 5 * np.sqrt(len(moment.products)) for moment in found]},
        text=["<br>".join(short(names[n]) for n in moment.products[:8]) for moment in found],
        hovertemplate="%{x|%d %b %Y}<br>%{text}<extra></extra>",
    )  # fmt: skip
    told = "; ".join(f"{kind or 'products'} {counts[kind]}" for kind in kinds[:8])
    days = len({moment.day for moment in found})
    alt = f"What this customer bought on {days} days, by kind of product: {told}."
    title = "When this customer bought what (a larger dot: more products)"
    figure = laid_out(go.Figure(dots), title, alt, 110 + 26 * len(kinds))
    figure.update_yaxes(
        tickvals=list(range(len(kinds))), automargin=True, ticksuffix="  ",
        ticktext=[f"{short(kind) or unnamed} ({counts[kind]})" for kind in kinds],
        range=[len(kinds) - 0.4, -0.6],
    )  # fmt: skip
    return figure.update_xaxes(type="date")


OTHER = {
    "price": ("money", "money of the right products, per 100 customers"),
    "margin": ("margin", "margin of the right products, per 100 customers"),
    "diversity": ("diversity", "diversity of a list"),
}


def trade_off(points: Sequence[Point], now: Point, lever: str, k: int) -> go.Figure:
    """Accuracy against what a lever is to bring, one dot a weight, and where it stands now."""
    name, title = OTHER[lever]
    y: list[Any] = [getattr(point, name) for point in points]
    x = [point.ndcg for point in points]
    weights = [getattr(point.levers, lever) for point in points]
    figure = go.Figure()
    figure.add_scatter(
        x=x, y=y, mode="lines+markers+text", line={"color": BLUE, "width": 2},
        marker={"size": 7}, customdata=weights, showlegend=False,
        text=[f"{w:g}" if w in (weights[0], weights[-1]) else "" for w in weights],
        textposition="top center", cliponaxis=False,
        hovertemplate=f"weight %{{customdata:g}}: NDCG@{k} %{{x:.4f}}, {name} %{{y:,.4g}}"
        "<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[now.ndcg], y=[getattr(now, name)], mode="markers", name="these settings",
        marker={"symbol": "diamond", "size": 13, "color": ORANGE},
        hovertemplate=f"now: NDCG@{k} %{{x:.4f}}, {name} %{{y:,.4g}}<extra></extra>",
    )  # fmt: skip
    alt = (
        f"Accuracy against {title} while the weight of {lever} goes from {weights[0]:g} to "
        f"{weights[-1]:g}: NDCG@{k} from {x[0]:.3f} to {x[-1]:.3f}, {name} from {y[0]:.4g} to "
        f"{y[-1]:.4g}. Now {now.ndcg:.3f} and {getattr(now, name):.4g}."
    )
    laid_out(figure, f"What the weight of {lever} costs", alt, 220)
    figure.update_xaxes(title=f"accuracy, NDCG@{k}", nticks=6)
    figure.update_yaxes(title=title.replace(", ", ",<br>"), title_font_size=11, nticks=5)
    figure.update_layout(legend={"y": 1.12, "font": {"size": 11}})
    return figure.update_layout(margin={"t": 56}, paper_bgcolor=None, title_font_size=14)
