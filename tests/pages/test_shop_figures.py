"""The shop's figures show the numbers they are given, and say them in words too."""

from typing import Any

import plotly.graph_objects as go
import pytest

from pages.figures import shop

MONTHS = [
    {"month": "2024-01", "purchases": 5, "customers": 2},
    {"month": "2024-02", "purchases": 9, "customers": 3},
]
EPOCHS = [{"epoch": 1, "loss": 4.5, "ndcg@10": 0.1}, {"epoch": 2, "loss": 4.1}]


TRIALS = [
    {"model": "ease", "options": {}, "ndcg@10": {"discover": 0.1, "all": 0.3}},
    {"model": "ease", "options": {"largest": 9}, "ndcg@10": {"discover": 0.2, "all": None}},
    {"model": "gru", "options": {}, "ndcg@10": {}},
]
QUESTIONS = {"discover": "Discover", "all": "All"}

FIGURES = {
    "rows": shop.rows_set_aside({"the customer is missing": 7, "duplicate": 2}),
    "months": shop.monthly(MONTHS),
    "tried": shop.tried(TRIALS, QUESTIONS, {"ease": "EASE", "gru": "GRU"}),
    "learning": shop.learning({"Net": EPOCHS}),
}


def bars(name: str) -> Any:
    return FIGURES[name].data


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_a_title_words_and_no_own_background(name: str):
    figure: go.Figure = FIGURES[name]
    layout: Any = figure.layout
    assert layout.title.text
    assert len(layout.meta["alt"]) > 20
    assert layout.paper_bgcolor is None


def test_the_most_frequent_reason_is_on_top():
    assert list(bars("rows")[0].y)[-1] == "the customer is missing"
    assert list(bars("rows")[0].x) == [2, 7]


def test_months():
    purchases, customers = bars("months")
    assert (list(purchases.y), list(customers.y)) == ([5, 9], [2, 3])


def test_an_epoch_without_validation_is_left_out_of_its_curve_only():
    loss, ndcg = bars("learning")
    assert (list(loss.y), list(ndcg.y)) == ([4.5, 4.1], [0.1])
    assert (loss.line.dash, ndcg.line.dash) == ("solid", "dash")


def test_a_trial_has_a_dot_for_each_question_it_answered_and_none_if_it_was_left_out():
    discover, everything = bars("tried")
    assert (list(discover.x), list(everything.x)) == ([0.1, 0.2], [0.3])
    assert {*discover.y, *everything.y} == {"EASE"}
    assert discover.customdata[1][0] == "the 9 products with most buyers at most"
