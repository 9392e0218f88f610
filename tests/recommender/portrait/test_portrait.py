"""The facts behind the report's pictures, against shops small enough to count by hand."""

from typing import Any

import pytest

from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.portrait.audit import audit
from nn_core.recommender.portrait.portrait import classes, customers, gaps, judged, tail, weeks
from nn_core.recommender.rows import Rows
from nn_core.recommender.split import TASKS, make_split
from pages.figures.audit import long_tail
from tests.recommender.shops import planted, shop

ROWS = [
    "ada tea 2024-01-01 1", "ada cup 2024-01-01 1", "ada tea 2024-01-09 2", "bob tea 2024-01-09 3",
    "bob pot 2024-01-24 4", "cem tea 2024-01-25 5",
]  # fmt: skip
SHOP = shop(ROWS)


def test_a_week_without_purchases_is_a_week_too():
    found = weeks(Rows.of(SHOP))
    assert [(week.start, week.purchases, week.customers) for week in found] == [
        ("2024-01-01", 2, 1), ("2024-01-08", 2, 2), ("2024-01-15", 0, 0), ("2024-01-22", 2, 2),
    ]  # fmt: skip


def test_gaps_are_runs_of_days_without_a_purchase():
    assert gaps(Rows.of(SHOP)) == [
        {"first": "2024-01-10", "last": "2024-01-23", "days": 14},
        {"first": "2024-01-02", "last": "2024-01-08", "days": 7},
    ]


def test_the_tail_counts_the_most_sold_first():
    found = tail(Rows.of(SHOP))
    assert found["curve"] == [[0, 0], [0.3333, 0.6667], [0.6667, 0.8333], [1, 1]]
    assert (found["products_10"], found["top_10"], found["money_10"]) == (1, 0.6667, None)


def test_a_share_of_rows_is_no_share_of_money():
    rows = ["ada tea 1 2", "bob tea 1 2", "ada tea 1 2", "cem pot 1 24"]
    found = tail(Rows.of(shop(rows, "customer", "product", "quantity", "price")))
    assert (found["top_10"], found["money_10"]) == (0.75, 0.8)
    layout: Any = long_tail(found, 2).layout
    assert layout.title.text == "A tenth of the products has 75% of the purchases"
    assert layout.annotations[-1].text == "The 10% that bring most have 80% of the revenue"
    assert layout.annotations[-1].text in layout.meta["alt"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["ada tea 2024-01-01 1"], ["Nobody can judge the methods", "covers 1 day;",
                                    "1 of 1 product was bought by fewer", "1 customer with one"]),
        (["ada tea 2024-01-01 1", "bob cup 2024-01-02 2"],
         ["covers 2 days;", "2 of 2 products were bought", "2 customers with one"]),
    ],
)  # fmt: skip
def test_words_at_zero_one_and_two(rows: list[str], says: list[str]):
    advice = " ".join(audit(shop(rows)).advice)
    assert not [words for words in says if words not in advice]


def test_baskets_and_customers():
    report = audit(SHOP)
    assert report.baskets is not None
    assert (report.baskets["count"], report.baskets["sizes"][:3]) == (5, [4, 1, 0])
    kinds = report.customer_kinds
    assert kinds is not None
    assert kinds["frequency"][:3] == ["1 order", "2 orders", "3 to 5 orders"]
    assert kinds["recency"][::4] == ["0 to 30 days", "more than 180 days"]
    assert [row[0] for row in kinds["grid"]] == [1, 2, 0, 0, 0]
    assert kinds["one_order"] == 1
    assert sum(kinds["fifths"]) == pytest.approx(1, abs=1e-3)
    assert any("You have 1 customer with one order" in words for words in report.advice)
    assert any("from 2024-01-10 to 2024-01-23 (14 days)" in words for words in report.advice)


def test_customers_without_dates_are_not_sorted_by_them():
    assert customers(Rows.of(shop(["ada tea 1"], "customer", "product", "order"))) is None


@pytest.mark.parametrize("options", [SplitOptions(), SplitOptions(test_days=60, min_buyers=8)])
def test_those_who_can_be_judged_are_those_whom_the_split_judges(options: SplitOptions):
    split = make_split(planted(), options)
    found = judged(Rows.of(planted()), options)
    assert found is not None
    for task in TASKS:
        assert found[task] == (split.relevant(task).sum(axis=1) > 0).sum()


def test_classes_read_as_words():
    assert classes((1, 3), "orders") == ["1 order", "2 to 3 orders", "more than 3 orders"]
