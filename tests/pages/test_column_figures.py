"""The figures of columns and second files show what was counted, and text of files as text."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from nn_core.recommender.data.column_facts import column_facts
from nn_core.recommender.data.columns import Guess
from pages.figures import columns as figures
from pages.ui.content import sections

FRAME = pd.DataFrame({"who": ["a", "b", "b", ""], "when": ["2024-01-01", "x", "", ""], "<b>z": "1"})
GUESSES = [Guess("customer", "who", ""), Guess("time", "when", "")]
FACTS = [one.to_json() for one in column_facts(FRAME, GUESSES)]
JOINS = [
    {
        "file": "<i>.csv",
        "of": "product",
        "matched": 7,
        "unknown": 2,
        "unbought": 1,
        "words": "Seven.",
    }
]
FIGURES: dict[str, go.Figure] = {
    "Columns of the file": figures.columns(FACTS, {"customer": "Customer", "time": "Date"}),
    "Second files": figures.second_files(JOINS),
}


def drawn(name: str) -> Any:
    return FIGURES[name].data


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_a_title_words_no_own_background_and_says_how_it_is_counted(name: str):
    layout: Any = FIGURES[name].layout
    assert layout.title.text
    assert layout.meta["alt"]
    assert layout.paper_bgcolor is None
    assert len(sections("report")[name]) > 100


def test_the_cells_of_a_column_are_all_of_it():
    fits, other, empty, different = drawn("Columns of the file")
    assert list(fits.x) == [0.75, 0.25, 1.0]
    assert list(other.x) == [0.0, 0.25, 0.0]
    assert list(empty.x) == [0.25, 0.5, 0.0]
    assert list(different.text) == ["2", "2", "1"]
    assert list(fits.y) == ["<b>Customer</b>: who", "<b>Date</b>: when", "&lt;b&gt;z (not used)"]


def test_what_did_not_match_is_beside_what_did():
    assert [list(part.x) for part in drawn("Second files")] == [[7], [2], [1]]
    assert drawn("Second files")[0].y[0].startswith("&lt;i&gt;")
