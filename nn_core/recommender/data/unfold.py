"""One row a basket -> one row an item: cells such as "milk;bread" or ["milk", "bread"], split."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.faults import row_numbers
from nn_core.recommender.data.identifiers import codes_of
from nn_core.recommender.data.repeated import repeats

LIST = "list"
SEPARATORS = {LIST: "a list", ";": "semicolon", "|": "vertical bar", ",": "comma", "+": "plus sign"}
ROW = "row of the file"


@dataclass(frozen=True)
class Unfolded:
    """frame: a row for each product; repeated: (M,) whether the whole row of the file occurred
    before; separator: a name in SEPARATORS or any text."""

    frame: pd.DataFrame
    repeated: NDArray[np.bool_]
    separator: str
    rows: int

    @property
    def words(self) -> str:
        how = SEPARATORS.get(self.separator, f"'{self.separator}'")
        return (
            f"A row is a basket: {self.rows:,} rows were split at {how} into {len(self.frame):,} "
            "products."
        )


def separator_of(column: Any) -> str | None:
    """What separates the products in these cells; None when a cell is one product.

    A comma alone proves nothing ("Cereal, 500 g"). In baskets what stands behind a separator also
    stands in front of one elsewhere; sizes and colours behind a name do not.
    """
    _, text = codes_of(column)
    cells: list[str] = text.tolist()
    if not cells:
        return None
    for separator in SEPARATORS:
        pieces = [parts(cell, separator) for cell in cells]
        several = [cell for cell in pieces if len(cell) > 1]
        if len(several) < 0.3 * len(cells):
            continue
        if separator == LIST:
            return LIST
        first = {cell[0] for cell in pieces}
        later = [part for cell in several for part in cell[1:]]
        if np.mean([part in first for part in later]) > 0.3:
            return separator
    return None


def parts(cell: str, separator: str) -> list[str]:
    """The products in a cell, at least one (perhaps empty) text."""
    if separator == LIST:
        if not (cell.startswith("[") and cell.endswith("]")):
            return [cell]
        try:
            found: Any = json.loads(cell)
        except json.JSONDecodeError:  # as Python or numpy write it: ['milk', 'bread'], [1 2 3]
            inner = cell[1:-1]
            found = inner.split("," if "," in inner else None)
        texts = [str(part).strip().strip("'\"") for part in found]
    else:
        texts = [part.strip() for part in cell.split(separator)]
    return [text for text in texts if text] or [""]


def unfolded(frame: pd.DataFrame, column: str, separator: str) -> Unfolded:
    """(N rows) -> a row for each product in `column`. The index still counts rows of the file,
    and a column ROW names the basket, for files that have no id of it."""
    cells: Any = frame[column]
    codes, text = codes_of(cells)
    pieces = [*(parts(cell, separator) for cell in text.tolist()), [""]]
    cell = np.where(codes < 0, len(pieces) - 1, codes)  # the last one is a missing cell
    lengths = np.array([len(found) for found in pieces])
    start = np.cumsum(lengths) - lengths
    row = np.repeat(np.arange(len(frame)), lengths[cell])
    before = np.cumsum(lengths[cell]) - lengths[cell]
    place = np.arange(len(row)) - before[row]
    flat, products = pd.factorize(pd.Series([part for found in pieces for part in found]))
    made: Any = frame.iloc[row].copy()
    made[column] = pd.Categorical.from_codes(flat[start[cell[row]] + place], pd.Index(products))
    made[ROW] = row_numbers(frame)[row].astype(str)
    return Unfolded(made, repeats(frame)[row], separator, len(frame))
