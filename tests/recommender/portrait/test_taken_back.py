"""What was cancelled or sent back: told of, taken off a customer's value, and off nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.exclude import Exclude
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.stored import store, stored
from nn_core.recommender.portrait.audit import audit
from nn_core.recommender.report.data import over_time
from pages.figures import audit as figures

COLUMNS = Columns("who", "what", time="when", order="bill", quantity="pieces", price="each")
ROWS = [
    ("ada", "tea", "01/02/2024", "100", 5, 2.0),
    ("bob", "cup", "01/03/2024", "101", 80, 10.0),
    ("bob", "cup", "01/03/2024", "C102", -80, 10.0),
    ("ada", "pot", "01/16/2024", "103", 1, 40.0),
    ("ada", "tea", "02/05/2024", "104", -2, 2.0),  # after the last purchase
    ("dan", "tea", "01/09/2024", "C105", -1, 6.0),  # nothing of dan was kept
    ("ada", "pot", "01/16/2024", "106", 0, 40.0),  # no piece is none sent back
    (None, "cup", "01/17/2024", "C107", -9, 10.0),
]


def priced(columns: Columns = COLUMNS, **choices: Any) -> Interactions:
    frame = pd.DataFrame(ROWS, columns=["who", "what", "when", "bill", "pieces", "each"])
    return Interactions.from_frame(frame, columns, choices=Choices(**choices))


def test_the_sum_its_share_and_its_weeks():
    report = audit(priced())
    assert report.taken_back == {"rows": 3, "money": 810.0, "share": round(810 / 850, 4)}
    assert [(week.revenue, week.taken_back) for week in report.weeks] == [
        (810.0, 800.0), (0.0, 6.0), (40.0, 4.0),
    ]  # fmt: skip
    said = [words for words in report.advice if words.startswith("Cancelled")]
    assert said == [
        "Cancelled or sent back: 810.00 (95.3% of what was sold). 3 rows are set aside; the "
        "purchases they took back still count as purchases, since they say what somebody wanted."
    ]


def test_a_customer_is_worth_what_stayed_and_still_bought():
    kinds = audit(priced()).customer_kinds
    assert kinds is not None
    assert kinds["returned"] == 804.0
    assert kinds["fifths"][:2] == [1.0, 0.0]  # ada's 46 of 46; bob sent all of it back
    assert (kinds["one_order"], sum(map(sum, kinds["grid"]))) == (1, 2)


def test_a_shop_read_back_from_disk_says_the_same(tmp_path: Path):
    shop = priced(dates="month-first")
    store(shop, tmp_path)
    assert audit(stored(tmp_path)) == audit(shop)


def test_what_was_left_out_takes_nothing_back():
    without = audit(priced(exclude=Exclude(also=("cup",)), dates="month-first"))
    assert without.taken_back == {"rows": 2, "money": 10.0, "share": 0.2}


def test_without_money_rows_are_told():
    found = audit(priced(replace(COLUMNS, price=None)))
    assert found.taken_back == {"rows": 3, "money": None, "share": None}
    assert any("sent back: 3 rows. They are set aside" in words for words in found.advice)
    assert {week.taken_back for week in found.weeks} == {None}


def test_the_picture_has_it_below_zero_and_says_the_sum():
    weeks: Any = audit(priced()).to_json()["weeks"]
    figure: Any = figures.weekly(weeks, [])
    assert list(figure.data[1].y) == [-800.0, -6.0, -4.0]
    assert "810 cancelled or sent back" in figure.layout.title.text
    assert "810 cancelled or sent back" in figure.layout.meta["alt"]
    assert "before 810 cancelled or sent back" in over_time({"weeks": weeks})


def test_where_nothing_went_back_nothing_is_said():
    frame = pd.DataFrame(ROWS[:1], columns=["who", "what", "when", "bill", "pieces", "each"])
    found = audit(Interactions.from_frame(frame, COLUMNS))
    assert found.taken_back is None
    figure: Any = figures.weekly(found.to_json()["weeks"], [])
    assert len(figure.data) == 1


@pytest.mark.parametrize(
    ("bad", "share", "says"),
    [
        (0, 0, None),
        (4, 4, None),
        (30, 30, "30% of the rows were set aside (30 of 100), all because the date is missing"),
        (60, 60, "Few rows are left"),
    ],
)
def test_from_one_row_of_twenty_on_the_reason_and_what_to_do_are_said(
    bad: int, share: int, says: str | None
):
    when = ["soon"] * bad + ["2024-01-05"] * (100 - bad)
    frame = pd.DataFrame({"c": [f"c{n}" for n in range(100)], "p": "tea", "t": when})
    advice = audit(Interactions.from_frame(frame, Columns("c", "p", time="t"))).advice
    told = [words for words in advice if "set aside" in words]
    assert bool(told) == bool(says)
    assert not says or (says in told[0] and "choose how day and month stand" in told[0])


def test_the_most_frequent_reason_is_named_with_its_share():
    who = [None] * 20 + [f"c{n}" for n in range(80)]
    frame = pd.DataFrame({"c": who, "p": [*["tea"] * 90, *[""] * 10]})
    advice = audit(Interactions.from_frame(frame, Columns("c", "p"))).advice
    told = [words for words in advice if "20% of the rows name no customer" in words]
    assert len(told) == 1
    assert told[0].startswith("30% of the rows were set aside (30 of 100), most because")


def test_any_other_reason_has_its_share_and_its_remedy():
    who = [""] * 3 + [f"c{n}" for n in range(97)]
    frame = pd.DataFrame({"c": who, "p": [*["tea"] * 90, *[""] * 10]})
    told = audit(Interactions.from_frame(frame, Columns("c", "p"))).advice
    assert any("most, 10% of all rows, because the product is missing: look" in one for one in told)
