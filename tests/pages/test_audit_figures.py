"""The figures of the data report show what was counted, and say it in words."""

from typing import Any

import plotly.graph_objects as go
import pytest

from nn_core.recommender.portrait.audit import audit
from pages.figures import audit as figures
from pages.figures import audit_customers as people
from pages.ui.content import sections
from tests.recommender.shops import planted

FACTS: dict[str, Any] = audit(planted()).to_json()
GAP = {"first": "2024-02-01", "last": "2024-02-09", "days": 9}
EVENTS = {"view": {"weight": 0.1, "rows": 70}, "buy": {"weight": 1.0, "rows": 7}}
FIGURES: dict[str, go.Figure] = {
    "Each week": figures.weekly(FACTS["weeks"], [GAP]),
    "Long tail": figures.long_tail(FACTS["tail"], FACTS["products"]),
    "Baskets": figures.basket_sizes(FACTS["baskets"]),
    "Bought again": people.comes_again(FACTS["times_bought"], FACTS["repeat_share"]),
    "Customers by recency and frequency": people.customer_map(FACTS["customer_kinds"]),
    "Fifths of the customers": people.spending(FACTS["customer_kinds"]),
    "Who can judge": people.judged_by(FACTS["judged"]),
    "Events": figures.events(EVENTS),
}


def drawn(name: str) -> Any:
    return FIGURES[name].data


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_a_title_words_no_own_background_and_says_how_it_is_counted(name: str):
    layout: Any = FIGURES[name].layout
    assert layout.title.text
    assert len(layout.meta["alt"]) > 40
    assert layout.paper_bgcolor is None
    assert len(sections("report")[name]) > 100


def test_what_is_drawn_is_what_was_counted():
    assert sum(drawn("Each week")[0].y) == FACTS["rows"]["kept"]
    assert sum(drawn("Baskets")[0].y) == FACTS["orders"]
    times = list(drawn("Bought again")[0].y)
    assert sum(n * often for n, often in enumerate(times, 1)) <= FACTS["rows"]["kept"]
    repeats = 1 - sum(times) / FACTS["rows"]["kept"]
    assert repeats == pytest.approx(FACTS["repeat_share"])
    circles = drawn("Customers by recency and frequency")[0]
    assert sum(circles.marker.size) == FACTS["customers"]
    assert list(drawn("Who can judge")[0].x)[-1] == FACTS["customers"]
    assert list(drawn("Long tail")[0].y)[-1] == 1
    assert list(drawn("Events")[0].x) == [7, 70]


def test_days_without_a_purchase_are_banded():
    layout: Any = FIGURES["Each week"].layout
    assert [shape.x0 for shape in layout.shapes] == ["2024-02-01"]
    assert "9 days" in layout.meta["alt"]
