"""Figures of the shop's data report: what it sold when, what sells, and to whom."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from nn_core.recommender.plural import number_of
from pages.figures.shop import BLUE, GREY, ORANGE, laid_out


def weekly(weeks: Sequence[Mapping[str, Any]], gaps: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Rows of `start`, `purchases`, `customers`, `revenue` -> bars of what was sold each week, and
    bands over the days on which nobody bought anything."""
    money = weeks[0]["revenue"] is not None
    what, unit = ("revenue", "revenue a week") if money else ("purchases", "purchases a week")
    values = [week[what] for week in weeks]
    bars = go.Bar(
        x=[week["start"] for week in weeks], y=values, marker={"color": BLUE}, name=unit,
        customdata=[[week["purchases"], week["customers"]] for week in weeks],
        hovertemplate="week of %{x|%d %B %Y}<br>%{y:,.0f} " + what
        + "<br>%{customdata[0]:,} purchases of %{customdata[1]:,} customers<extra></extra>",
    )  # fmt: skip
    back = [week.get("taken_back") or 0.0 for week in weeks]  # a report of before has none
    figure = go.Figure([bars, *([taken_back(weeks, back)] if any(back) else [])])
    for gap in gaps:
        figure.add_vrect(x0=gap["first"], x1=f"{gap['last']} 23:59", fillcolor=ORANGE, opacity=0.25,
                         line_width=0)  # fmt: skip
    best = max(weeks, key=lambda week: week[what])
    went_back = f" Below zero, {sum(back):,.0f} cancelled or sent back." if any(back) else ""
    closed = f" Longest time without a purchase: {gaps[0]['days']} days." if gaps else ""
    alt = (
        f"Bars of {what} in {number_of(len(weeks), 'week')} from {weeks[0]['start']}; the most, "
        f"{best[what]:,.0f}, in the week of {best['start']}.{went_back}{closed}"
    )
    title = "What was sold each week" + in_brackets(sum(back), gaps)
    laid_out(figure, title, alt, 280)
    figure.update_xaxes(tickformat="%b\n%Y", nticks=14)
    return figure.update_layout(yaxis_title=unit, showlegend=False, bargap=0.15,
                                barmode="relative")  # fmt: skip


def taken_back(weeks: Sequence[Mapping[str, Any]], back: Sequence[float]) -> go.Bar:
    """Bars below zero: the money that went back in each week, whenever it was paid."""
    return go.Bar(
        x=[week["start"] for week in weeks], y=[-money for money in back],
        marker={"color": ORANGE}, name="cancelled or sent back", customdata=back,
        hovertemplate="week of %{x|%d %B %Y}<br>%{customdata:,.0f} cancelled or sent back"
        "<extra></extra>",
    )  # fmt: skip


def in_brackets(back: float, gaps: Sequence[Mapping[str, Any]]) -> str:
    """What is orange in the picture of the weeks."""
    said = [f"below zero: {back:,.0f} cancelled or sent back"] if back else []
    said += ["orange bands: days without a purchase"] if gaps else []
    return f" ({'; '.join(said)})" if said else ""


def long_tail(tail: Mapping[str, Any], products: int) -> go.Figure:
    """The curve of products, the most sold first, against their share of all purchases."""
    across, up = zip(*tail["curve"])
    figure = go.Figure()
    figure.add_scatter(
        x=across, y=up, mode="lines", line={"color": BLUE, "width": 3}, fill="tozeroy",
        fillcolor="rgba(61, 127, 214, 0.15)",
        hovertemplate="the most sold %{x:.0%} of products<br>have %{y:.0%} of purchases"
        "<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": GREY, "dash": "dot"}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=[0.1], y=[tail["top_10"]], mode="markers", marker={"color": ORANGE, "size": 11},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_annotation(
        x=0.98, y=0.45, text="if all sold equally", showarrow=False, xanchor="right"
    )
    share = tail.get("money_10")  # a report of before has none
    money = "" if share is None else f" The 10% that bring most have {share:.0%} of the revenue."
    figure.add_annotation(x=0.98, y=0.2, text=money.strip(". "), showarrow=False, xanchor="right")
    alt = (
        f"Of {products:,} products the most sold 1% have {tail['top_1']:.0%} of all purchases and "
        f"the most sold 10% have {tail['top_10']:.0%}.{money}"
    )
    title = f"A tenth of the products has {tail['top_10']:.0%} of the purchases"
    laid_out(figure, title, alt, 320)
    figure.update_xaxes(title="share of products, the most sold first", tickformat=".0%")
    figure.update_yaxes(title="share of purchases", tickformat=".0%", range=[0, 1.03])
    return figure.update_layout(showlegend=False)


def basket_sizes(baskets: Mapping[str, Any]) -> go.Figure:
    """Bars: how many baskets have one row, two, ...; the last bar is all larger ones."""
    sizes = without_crumbs(baskets["sizes"])
    names = [*(str(size) for size in range(1, len(sizes))), f"{len(sizes)}+"]
    bars = go.Bar(
        x=names, y=sizes, marker={"color": BLUE},
        hovertemplate="%{y:,} baskets with %{x} rows<extra></extra>",
    )  # fmt: skip
    alt = (
        f"{baskets['count']:,} baskets have {baskets['mean']:g} rows on average, half of them "
        f"{baskets['median']:g} or fewer; {sizes[0]:,} have one."
    )
    title = f"A basket has {baskets['mean']:.3g} rows on average"
    figure = laid_out(go.Figure(bars), title, alt, 320)
    return figure.update_layout(
        xaxis={"title": "rows in a basket", "type": "category"}, yaxis_title="baskets"
    )


def without_crumbs(sizes: Sequence[int]) -> list[int]:
    """The last bars as one, as far as together they have no more than one basket of 200."""
    shown, few = list(sizes), sum(sizes) / 200
    while len(shown) > 4 and shown[-1] + shown[-2] <= few:
        shown[-2:] = [shown[-2] + shown[-1]]
    return shown


def events(found: Mapping[str, Mapping[str, float]]) -> go.Figure:
    """{event: {"weight", "rows"}} -> bars of rows, each with its weight."""
    ranked = sorted(found, key=lambda event: found[event]["rows"])
    counts = [found[event]["weight"] >= 1 for event in ranked]
    words = {e: f"{found[e]['rows']:,} rows, weight {found[e]['weight']:g}" for e in found}
    bars = go.Bar(
        x=[found[event]["rows"] for event in ranked], y=ranked, orientation="h",
        marker={"color": [BLUE if bought else GREY for bought in counts]},
        text=[words[event] for event in ranked],
        insidetextfont={"color": ["#fff" if bought else "#10161e" for bought in counts]},
        textposition="auto", cliponaxis=False, hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    said = "; ".join(
        f"{e}: {found[e]['rows']:,} rows, weight {found[e]['weight']:g}" for e in found
    )
    figure = laid_out(
        go.Figure(bars), "What happened, and what it counts for (blue: a purchase)",
        f"Events of the log. {said}.", 110 + 34 * len(ranked),
    )  # fmt: skip
    return figure.update_layout(
        xaxis_title="rows", yaxis={"automargin": True, "ticksuffix": "  ", "type": "category"}
    )
