"""Dates are read in the ways shops write them, and never in two orders at once."""

import pandas as pd
import pytest

from nn_core.recommender.data.dates import DateOrder, read_dates
from nn_core.recommender.errors import DateOrderError


def read(*cells: str | None, order: DateOrder | None = None) -> list[str]:
    dates = read_dates(pd.Series(cells, name="when", dtype="str"), order).values
    return [str(date) for date in dates.astype("datetime64[s]")]


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-09", "2024/3/9", "2024.03.09", "2024年3月9日", "20240309", "9 Mar 2024",
        "09-MAR-24", "March 9, 2024", "9. März 2024", "1709942400", "1709942400000",
        "45360", "45360.0", "2024-03-09T00:00:00+02:00",
        "2024-03-09 00:00:00.000Z", "2024-03-09 12:00 AM", "Saturday, March 9th, 2024",
        "Sat Mar 09 00:00:00 UTC 2024", "Sat, 09 Mar 2024 00:00:00 GMT", "20240309000000",
        "20240309T000000Z", "1709942400.0", "1709942400000000", "9 de marzo de 2024",
        "9 mars 2024", "09.03.2024, 00:00 Uhr", "2024年3月9日 0时00分", "2024-Mar-09",
        "2024-03-09 00:00:00,000", "2024-03-09T00:00+01", "2024-03-09 00.00.00",
    ],
)  # fmt: skip
def test_forms(cell: str):
    assert read(cell) == ["2024-03-09T00:00:00"]


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("12/1/2010 8:26", "08:26:00"),
        ("12/1/2010 8:26:05 PM", "20:26:05"),
        ("1.12.10 08:26", "08:26:00"),
    ],
)
def test_clock(cell: str, time: str):
    assert read(cell, order="day-first")[0].endswith("T" + time)


@pytest.mark.parametrize(
    "cell", ["soon", "", None, "2024-02-30", "2024-01-01 25:00", "9", "13/13/2024"]
)
def test_unreadable(cell: str | None):
    assert read(cell) == ["NaT"]


def test_one_unambiguous_row_decides_for_the_column():
    assert read("01/02/2024", "31/01/2024") == ["2024-02-01T00:00:00", "2024-01-31T00:00:00"]
    assert read("01/02/2024", "01/31/2024") == ["2024-01-02T00:00:00", "2024-01-31T00:00:00"]


def test_an_offset_moves_nothing_to_another_day_and_is_told():
    cells = ["2023-01-01T01:23:13+02:00", "2023-01-01 23:30:00-0500", "2023-01-02", None]
    assert read(*cells) == [
        "2023-01-01T01:23:13", "2023-01-01T23:30:00", "2023-01-02T00:00:00", "NaT",
    ]  # fmt: skip
    note = read_dates(pd.Series(cells, name="when")).note
    assert note is not None
    assert "'when' have an offset from UTC (such as 2023-01-01T01:23:13+02:00)" in note
    assert read_dates(pd.Series(["2024-03-09 10:00", "23.9.2024"], name="when")).note is None


def test_doubt_is_said():
    note = read_dates(pd.Series(["01/02/2024"], name="when")).note
    assert note is not None
    assert "'when' could be read both ways; they were read day first" in note


def test_two_orders_are_refused_with_rows_until_one_is_chosen():
    cells = ("2024-01-01", "13/02/2024", "02/13/2024")
    with pytest.raises(DateOrderError, match=r"row 2 \(13/02/2024\).* row 3 \(02/13/2024\)"):
        read(*cells)
    assert read(*cells, order="day-first")[1:] == ["2024-02-13T00:00:00", "NaT"]
    assert read(*cells, order="month-first")[1:] == ["NaT", "2024-02-13T00:00:00"]
