"""What can be wrong with one row of a shop's data, and the list of the rows set aside for it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.no_goods import KINDS

NO_GOODS = "no goods: "
# A row has one reason: the first of these that holds. Only the reader finds ragged rows. What is no
# goods comes last: those rows could have been kept.
REASONS = {
    "customer": "the customer is missing",
    "product": "the product is missing",
    "time": "the date is missing or unreadable",
    "cancellation": "the order is a cancellation",
    "event": "the event is missing or counts for nothing",
    "rating": "the rating is not a number",
    "quantity": "the quantity is not above zero, as of a return",
    "price": "the price is not a number above zero",
    "duplicate": "the whole row repeats an earlier one",
    "ragged": "the row has more or fewer cells than the header",
    **{kind: NO_GOODS + words for kind, words in KINDS.items()},
    "chosen": "the product was chosen to be left out",
}


def cancelled(codes: NDArray[np.int64], text: pd.Series) -> NDArray[np.bool_]:
    """True for orders such as C536379, where most order ids are plain numbers.

    In a shop whose ids all start with a C that letter means nothing, so the majority decides. A
    negative quantity alone is not called a cancellation; it is a quantity that is not above zero.
    """
    numeric = text.str.fullmatch(r"\d+").to_numpy(dtype=bool)
    marked = text.str.fullmatch(r"[Cc]\d+").to_numpy(dtype=bool)
    if numeric.sum() <= len(text) / 2:
        marked = np.zeros_like(marked)
    return np.append(marked, False)[codes]


def set_aside(
    frame: pd.DataFrame,
    bad: NDArray[np.bool_],
    faults: dict[str, NDArray[np.bool_]],
    ragged: pd.DataFrame | None,
) -> pd.DataFrame:
    """The faulty rows as they were read, each with its row number and its first reason."""
    rows = np.flatnonzero(bad)
    first = np.argmax([fault[rows] for fault in faults.values()], axis=0)
    reasons = np.array([REASONS[role] for role in faults], dtype=object)[first]
    aside = frame.iloc[rows].reset_index(drop=True)
    texts = [place for place, kind in enumerate(aside.dtypes) if kind == "category"]
    for place in texts:
        aside.isetitem(place, aside.iloc[:, place].astype("str"))
    aside.insert(0, "reason", pd.Series(reasons, dtype="str"), allow_duplicates=True)
    aside.insert(0, "row", row_numbers(frame)[rows], allow_duplicates=True)
    if ragged is not None and len(ragged):
        aside = pd.concat([aside, ragged], ignore_index=True)
    return aside


def row_numbers(frame: pd.DataFrame | pd.Series) -> NDArray[np.int64]:
    """The 1-based row in the file of each row: by the index where it counts, else by position."""
    index = frame.index
    if pd.api.types.is_integer_dtype(index.dtype) and index.is_monotonic_increasing:
        return frame.index.to_numpy(dtype=np.int64) + 1
    return np.arange(1, len(frame) + 1)
