"""Repeated rows, however many different cells there are and whatever their hashes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.recommender.data import repeated
from nn_core.recommender.data.repeated import repeats
from nn_core.recommender.distinct import distinct

ROW = st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 2), st.sampled_from("xy"))


@given(rows=st.lists(ROW, max_size=30))
def test_a_row_repeats_another_where_all_cells_do(rows: list[tuple[str | None, int, str]]):
    frame = pd.DataFrame(rows, columns=["text", "number", "coded"])
    frame["coded"] = frame["coded"].astype("category")
    assert repeats(frame).tolist() == frame.duplicated().tolist()


def test_repeats_are_found_however_many_different_cells_there_are():
    # Eight columns of 3,000 different cells each: their combinations do not fit into 64 bits.
    frame = pd.DataFrame({f"column {n}": [f"{n} {row}" for row in range(3_000)] for n in range(8)})
    twice = pd.concat([frame, frame.iloc[[17]]], ignore_index=True)
    assert repeats(twice).nonzero()[0].tolist() == [3_000]


def test_rows_that_only_share_a_hash_are_no_repeats(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(repeated, "hashed", lambda columns, rows: np.zeros(rows, np.uint64))
    frame = pd.DataFrame({f"column {n}": [*range(3_000), 17] for n in range(8)})
    assert repeats(frame).nonzero()[0].tolist() == [3_000]


@given(values=st.lists(st.integers(-5, 5)))
def test_different_numbers_rise(values: list[int]):
    assert distinct(np.array(values, np.int64)).tolist() == sorted(set(values))
