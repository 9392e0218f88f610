"""The eight numbers, counted by hand, and what came after."""

from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from nn_core.course.buying import customers
from nn_core.course.buying.stage import Customers
from nn_core.course.buying.year import JUDGED, LABELS, LEARNT, moments
from nn_core.live.carried import packed, unpacked
from nn_core.live.table import Table

# Two customers; the second one has a single order. The cut is the first of March.
ROWS = [
    ("a", 1, "2020-01-01", 2.0, "tea"),
    ("a", 1, "2020-01-01", 3.0, "milk"),
    ("a", 2, "2020-01-21", 5.0, "tea"),
    ("a", 3, "2020-02-20", 1.0, "tea"),
    ("b", 4, "2020-02-25", 8.0, "milk"),
    ("a", 5, "2020-03-05", 4.0, "soap"),
    ("b", 6, "2020-03-20", 9.0, "tea"),
    ("c", 7, "2020-03-02", 9.0, "tea"),
]
CUT = cast(pd.Timestamp, pd.Timestamp("2020-03-01"))


@pytest.fixture(scope="module")
def purchases() -> pd.DataFrame:
    frame = pd.DataFrame(ROWS, columns=["customer", "order", "time", "amount", "category"])
    return frame.assign(time=pd.to_datetime(frame["time"]))


def test_the_eight_numbers_are_those_counted_by_hand(purchases: pd.DataFrame) -> None:
    found = customers.numbers(purchases, CUT)
    assert list(found.columns) == list(customers.NUMBERS)
    assert found.index.tolist() == ["a", "b"]
    # Orders of a lie 60, 40 and 10 days before the cut; in the last 30 days one, before them two
    # (of which the one 60 days ago still counts).
    assert found.loc["a"].tolist() == [10, 3, 11.0, pytest.approx(4 / 3), 60, 2, 25.0, -1]
    assert found.loc["b"].tolist() == [5, 1, 8.0, 1.0, 5, 1, 5.0, 1]


def test_nothing_after_the_cut_changes_them(purchases: pd.DataFrame) -> None:
    before: Any = purchases[purchases["time"] < CUT]
    pd.testing.assert_frame_equal(customers.numbers(purchases, CUT), customers.numbers(before, CUT))


def test_a_label_looks_at_the_days_after_the_cut_alone(purchases: pd.DataFrame) -> None:
    who = customers.numbers(purchases, CUT).index
    week, month = (customers.after(purchases, CUT, days) for days in (7, 30))
    assert customers.bought(who, week).tolist() == [1, 0]
    assert customers.bought(who, month).tolist() == [1, 1]
    assert customers.spent(who, week).tolist() == [4.0, 0.0]


def test_the_stage_learns_from_one_moment_and_is_tested_on_the_later_one() -> None:
    spec = Customers(seed=7)
    learnt, judged = moments()
    assert len(spec.columns) == len(customers.NUMBERS)
    split = spec.data()
    assert split.train_x.mean(axis=0) == pytest.approx(0, abs=1e-9)
    assert split.train_x.std(axis=0) == pytest.approx(1)
    assert abs(split.test_x.mean(axis=0)).max() > 0.01
    assert split.test_y.tolist() == judged.y["month"].tolist()
    assert len(spec.table) == len(learnt.x) + len(judged.x)
    assert unpacked(packed(spec))["columns"] == spec.columns
    opened = Table(**unpacked(packed(spec)), hidden=spec.hidden)
    for own, again in zip(split, opened.data()):  # the split in time comes back with the file
        np.testing.assert_array_equal(own, again)


def test_the_labels_of_the_first_moment_end_before_the_second() -> None:
    assert max(days for days, _ in LABELS.values()) * customers.DAY <= JUDGED - LEARNT
