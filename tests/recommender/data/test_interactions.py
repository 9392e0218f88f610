"""Every row of a shop's file is either kept or set aside with a reason; none is lost."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.faults import REASONS
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.errors import ShopDataError

FULL = Columns("customer", "product", "time", "order", "name", "quantity", "price")
GOOD = ("17850.0", "85123A", "2010-12-01 08:26:00", "536365", "LANTERN", "6", "2.55")


def shop(*rows: tuple[str | None, ...]) -> Interactions:
    """Rows of seven text cells, in the order of FULL, read as Interactions."""
    frame = pd.DataFrame(rows, columns=list(FULL.chosen()), dtype="str")
    return Interactions.from_frame(frame, FULL)


def changed(**cells: str | None) -> tuple[str | None, ...]:
    return tuple((dict(zip(FULL.chosen(), GOOD)) | cells).values())


def test_a_good_row_is_typed():
    row = shop(GOOD).frame.iloc[0]
    assert row.to_dict() == {
        "customer": "17850",
        "product": "85123A",
        "time": pd.Timestamp("2010-12-01 08:26:00"),
        "order": "536365",
        "quantity": 6.0,
        "price": 2.55,
    }


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"customer": None}, "customer"),
        ({"customer": " nan ", "product": ""}, "customer"),
        ({"product": "", "time": "soon"}, "product"),
        ({"time": "2010-13-40"}, "time"),
        ({"time": None, "order": "C536365"}, "time"),
        ({"order": "C536365", "quantity": "-6"}, "cancellation"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-6", "price": "0"}, "quantity"),
        ({"quantity": "many"}, "quantity"),
        ({"price": "0.0"}, "price"),
        ({"price": "inf"}, "price"),
        ({}, "duplicate"),
    ],
)
def test_a_faulty_row_has_the_first_reason_that_holds(cells: dict[str, str | None], reason: str):
    interactions = shop(GOOD, changed(**cells), changed(order="536366", customer="12583.0"))
    assert interactions.kept == 2
    aside = interactions.set_aside.iloc[0]
    assert (aside["row"], aside["reason"]) == (2, REASONS[reason])


def test_rows_set_aside_are_as_they_were_read():
    aside = shop(GOOD, changed(quantity=" -6 ", name="=1+1")).set_aside
    assert list(aside.columns) == ["row", "reason", *FULL.chosen()]
    assert (aside["quantity"].item(), aside["name"].item()) == (" -6 ", "=1+1")


def test_a_c_means_nothing_where_every_order_has_one():
    interactions = shop(changed(order="C1"), changed(order="C2"))
    assert interactions.kept == 2


def test_without_time_or_order_a_repeated_row_is_a_repeated_purchase():
    frame = pd.DataFrame({"c": ["a", "a"], "p": ["x", "x"]})
    assert Interactions.from_frame(frame, Columns("c", "p")).kept == 2
    frame["t"] = "2024-05-01"
    assert Interactions.from_frame(frame, Columns("c", "p", time="t")).kept == 1


def test_rows_are_sorted_by_time_and_stay_in_file_order_within_it():
    interactions = shop(
        changed(product="b", time="2011-01-02"),
        changed(product="c", time="2011-01-01"),
        changed(product="a", time="2011-01-01"),
    )
    assert interactions.frame["product"].tolist() == ["c", "a", "b"]
    assert interactions.frame.index.tolist() == [0, 1, 2]


def test_categories_are_those_of_kept_rows():
    interactions = shop(GOOD, changed(customer="9", quantity="0"))
    assert interactions.frame["customer"].cat.categories.tolist() == ["17850.0".removesuffix(".0")]
    assert (interactions.customers, interactions.products) == (1, 1)


def test_a_product_has_its_most_frequent_name():
    names = ["LAMP", "LANTERN", "LANTERN", None, " LANTERN "]
    rows = [changed(name=name, order=str(place)) for place, name in enumerate(names)]
    assert shop(*rows).names == {"85123A": "LANTERN"}


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    frame = pd.DataFrame({"c": ["a"], "p": ["x"]})
    with pytest.raises(ShopDataError, match=r"no column 'item' for the product; it has 'c', 'p'"):
        Interactions.from_frame(frame, Columns("c", "item"))


def test_typed_columns_read_like_text():
    frame = pd.DataFrame(
        {
            "customer": [17850.0, None],
            "product": [7, 8],
            "time": pd.to_datetime(["2024-01-01T12:00+02:00"] * 2),
            "quantity": [1, 2],
        }
    )
    kept = Interactions.from_frame(
        frame, Columns("customer", "product", "time", quantity="quantity")
    )
    assert kept.frame["customer"].tolist() == ["17850"]
    assert kept.frame["time"].tolist() == [pd.Timestamp("2024-01-01T10:00")]


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "17850.0", "1", "C2", "-3", "0", "nan", "31/12/2024", "2024-02-30", "1,5"]
    ),
    st.text(max_size=6),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[CELLS] * 7), max_size=12), st.sampled_from(["day-first", "month-first"])
)
def test_rows_in_are_rows_kept_and_rows_set_aside(rows: list[tuple[str | None, ...]], dates: str):
    frame = pd.DataFrame(rows, columns=list(FULL.chosen()), dtype="str")
    made = Interactions.from_frame(frame, FULL, choices=Choices(dates=dates))  # pyright: ignore[reportArgumentType]
    assert made.read == len(rows) == made.kept + len(made.set_aside)
    assert set(made.set_aside["reason"]) <= set(REASONS.values())
    assert not made.frame.isna().any().drop("order").any()
