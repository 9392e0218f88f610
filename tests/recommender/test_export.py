"""No cell of an export runs in a spreadsheet, and numbers stay numbers."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.recommender.export import safe_csv


def written(cell: object) -> str:
    rows = list(csv.reader(io.StringIO(safe_csv(pd.DataFrame({"x": [cell]})), newline="")))
    return rows[1][0]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("x")',
        "+SUM(A1)",
        "-1+1",
        "@A1",
        "\tx",
        "\rx",
        "\nx",
        "\uff1d1+1",
        "  =1+1",
        "\u00a0@A1",
    ],
)
def test_formulas_become_text(cell: str):
    assert written(cell) == "'" + cell


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("<script>alert(1)</script>",) * 2, ("-6",) * 2, ("a=b",) * 2, (-6, "-6"), (0.25, "0.25")],
)
def test_everything_else_stays(cell: object, expected: str):
    assert written(cell) == expected


def test_headers_are_escaped_too():
    assert safe_csv(pd.DataFrame({"=1+1": ["x"]})).startswith("'=1+1\r\n")


def test_a_missing_cell_is_empty():
    assert safe_csv(pd.DataFrame({"x": ["a", None], "y": [1, 2]})) == "x,y\r\na,1\r\n,2\r\n"


@given(st.text())
def test_no_text_starts_a_formula(cell: str):
    start = written(cell)
    assert start[:1] not in {"\t", "\r", "\n"}
    assert start.lstrip()[:1] not in {"=", "@"}
