"""A column of dates is found by its cells where its title says nothing, and an id is not."""

import pandas as pd
import pytest

from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.columns import choose_columns
from nn_core.recommender.data.opening import Opened, open_purchases
from nn_core.recommender.data.reading import read_table

DAYS = pd.date_range("2024-01-01", periods=40, freq="D")


def frame(**more: list[str]) -> pd.DataFrame:
    ids = {
        "customer": [f"c{n % 8}" for n in range(40)],
        "product": [f"p{n % 5}" for n in range(40)],
    }
    return pd.DataFrame(ids | more)


def opened(**more: list[str]) -> Opened:
    text = frame(**more).to_csv(index=False)
    return open_purchases(read_table(text.encode()), Choices(), b"key")


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("When", [f"{day:%Y-%m-%d}" for day in DAYS]),
        ("Kauf", [f"{day:%d.%m.%Y %H:%M}" for day in DAYS]),
        ("US", [f"{day:%m/%d/%Y}" for day in DAYS]),
        ("paidAt", [str(int(day.timestamp())) for day in DAYS]),
        ("bought on", [str(45292 + n) for n in range(40)]),
        ("gap", [f"{day:%Y-%m-%d}" for day in DAYS[:-1]] + ["?"]),
    ],
)
def test_found_by_content_with_the_reason(title: str, cells: list[str]):
    columns, guesses = choose_columns(frame(**{title: cells}))
    assert columns.time == title
    assert [one.reason for one in guesses if one.role == "time"] == [
        "nearly every cell reads as a date; please check"
    ]


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("till", [str(45292 + n) for n in range(40)]),
        ("ref", [str(20240101 + n) for n in range(31)] + [""] * 9),
        ("serial", [str(1704067200 + n) for n in range(40)]),
        ("cost", [f"{n}.{n:02d}" for n in range(40)]),
        ("ean", [f"12-{n}-345" for n in range(40)]),
        ("Geburtstag", [f"19{50 + n}-01-05" for n in range(40)]),
        ("note", [""] * 40),
    ],
)
def test_ids_prices_and_birthdays_are_none(title: str, cells: list[str]):
    found = opened(**{title: cells}).interactions
    assert found.columns.time is None
    assert found.notes == ()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"joined": [f"2024-01-0{1 + n % 8}" for n in range(40)]}, "Column 'joined' reads as"),
        ({"mixed": ["2024-01-05", "soon", "2024-02-05", "2024-03-05"] * 10}, "'mixed' reads as"),
        (
            {"out": [f"{day:%Y-%m-%d}" for day in DAYS], "in": [f"{day:%d.%m.%Y}" for day in DAYS]},
            "Columns 'out', 'in' read as dates; choose the right one",
        ),
    ],
)
def test_where_it_is_unsure_the_person_is_asked(more: dict[str, list[str]], says: str):
    found = opened(**more).interactions
    assert found.columns.time is None
    assert says in found.notes[0]
