"""The data report against a shop small enough to count by hand."""

import json

import pandas as pd
import pytest

from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.portrait.audit import Month, audit, check_enough

COLUMNS = Columns("c", "p", time="t", order="o", quantity="q", price="e")


def small_shop() -> Interactions:
    rows = [
        ("ada", "tea", "2024-01-05", "1", 2, 3.0),
        ("ada", "cup", "2024-01-05", "1", 1, 5.0),
        ("ada", "tea", "2024-02-10", "2", 1, 3.0),
        ("bob", "tea", "2024-02-11", "3", 1, 3.0),
        (None, "tea", "2024-02-12", "4", 1, 3.0),
        ("bob", "cup", "2024-02-13", "5", 0, 5.0),
    ]
    frame = pd.DataFrame(rows, columns=["c", "p", "t", "o", "q", "e"])
    return Interactions.from_frame(frame, COLUMNS)


def test_counts():
    report = audit(small_shop())
    assert (report.read, report.kept) == (6, 4)
    assert report.set_aside == {
        "the customer is missing": 1,
        "the quantity is not above zero, as of a return": 1,
    }
    assert (report.customers, report.products, report.orders) == (2, 2, 3)
    assert (report.first, report.last, report.days) == (
        "2024-01-05T00:00:00",
        "2024-02-11T00:00:00",
        38,
    )
    assert report.repeat_share == 0.25  # ada's second tea, of four purchases
    assert report.times_bought[:3] == [2, 1, 0]
    assert report.customers_with_two == 1
    assert (report.half_of_sales, report.rare_products) == (1, 2)
    assert report.months == (Month("2024-01", 2, 1, 11.0), Month("2024-02", 2, 2, 6.0))


def test_json_is_one_plain_object():
    report = json.loads(json.dumps(audit(small_shop()).to_json()))
    assert report["rows"] == {"read": 6, "kept": 4, "set_aside": 2}
    assert report["span"]["days"] == 38
    assert report["columns"]["customer"] == "c"


def test_nothing_kept_is_a_report_too():
    frame = pd.DataFrame({"c": [None, ""], "p": ["x", "y"]})
    report = audit(Interactions.from_frame(frame, Columns("c", "p")))
    assert (report.kept, report.half_of_sales, report.months) == (0, 0, ())
    assert "100% of the rows name no customer" in " ".join(report.advice)


def test_too_few_customers_are_counted_and_refused():
    shop = small_shop()
    assert "are needed, and 1 is there; 24 more are missing" in audit(shop).advice[0]
    with pytest.raises(ShopDataError, match=r"this data has 1 .*at least 24 more such customers"):
        check_enough(shop)


def test_twenty_five_are_enough():
    frame = pd.DataFrame({"c": [f"c{n % 25}" for n in range(50)], "p": ["x"] * 50})
    check_enough(Interactions.from_frame(frame, Columns("c", "p")))
