"""CSV that any spreadsheet opens safely: text that would run as a formula is kept text."""

from typing import Any

import pandas as pd

RECOMMENDATION_COLUMNS = ("customer", "product", "name", "rank", "score")

# What makes a spreadsheet take a cell for a formula, behind blanks too; the last four are
# full-width forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Some take a cell apart at these.
CUTS = ("\t", "\r", "\n")
# "-6" or "+1,234.5" start like a formula and are plain numbers.
NUMBER = r"[-+]?[\d.,]+"


def safe_csv(frame: pd.DataFrame, header: bool = True) -> str:
    """A frame as CSV; numbers stay numbers, dangerous text gets an apostrophe."""
    safe = frame.copy(deep=False)
    for place in range(frame.shape[1]):
        cells: Any = frame.iloc[:, place]
        if not pd.api.types.is_numeric_dtype(cells.dtype) and cells.dtype.kind != "M":
            safe.isetitem(place, escaped(cells.astype("str")))
    safe.columns = escaped(pd.Series([str(name) for name in frame.columns], dtype="str")).tolist()
    return safe.to_csv(index=False, header=header, lineterminator="\r\n")


def escaped(cells: pd.Series) -> pd.Series:
    """Text cells, an apostrophe before those that a spreadsheet would run."""
    danger = cells.str.lstrip().str.startswith(FORMULA_STARTS) & ~cells.str.fullmatch(NUMBER)
    danger |= cells.str.startswith(CUTS)
    return cells.mask(danger, "'" + cells)
