"""Quantities and prices are read as people write them."""

import numpy as np
import pandas as pd
import pytest

from nn_core.recommender.data.numbers import numbers


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2.55", "1,234.50", " 3 "], [2.55, 1234.5, 3]),
        (["2,55", "1.234,50", "3"], [2.55, 1234.5, 3]),
        (["£2.55", "7 EUR", "¥1,200"], [2.55, 7, 1200]),
        (["-6", "many", None, "inf"], [-6, np.nan, np.nan, np.nan]),
        ([1, 2, None], [1, 2, np.nan]),
    ],
)
def test_numbers(cells: list[object], expected: list[float]):
    np.testing.assert_array_equal(numbers(pd.Series(cells)), expected)
