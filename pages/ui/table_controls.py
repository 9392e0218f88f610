"""The lab's controls for somebody's own file: which columns the network reads, which it answers."""

import csv
from typing import Any, cast

import numpy as np
import pandas as pd
import streamlit as st

from nn_core.live import carried
from nn_core.live.table import FEWEST_ROWS, MOST_CLASSES, MOST_COLUMNS
from pages.ui.shop.plain import plain

MOST_MB = 20


def choose_table(prefix: str) -> dict[str, Any] | None:
    """Draws the controls -> the fields of `Table` that a file decides; None until there is one."""
    file = st.file_uploader("CSV with a header", ["csv", "txt", "tsv"], key=f"{prefix}-own-file")
    if file is None and f"{prefix}-given" in st.session_state:
        return given(st.session_state[f"{prefix}-given"])
    if file is None:
        st.caption("Two or more columns of numbers, and one with the answer: a class or a number.")
        return None
    if file.size > MOST_MB * 1_000_000:
        st.warning(f"{file.name} is larger than {MOST_MB} MB; take a part of it.")
        return None
    frame = read(file)
    numbers = [] if frame is None else numeric(frame)
    if frame is None or len(numbers) < 2:
        st.warning(f"{file.name} needs a header and two columns of numbers or more.")
        return None
    last = len(frame.columns) - 1
    answer = str(
        st.selectbox("Answer", list(frame), last, key=f"{prefix}-own-answer-{file.file_id}")
    )
    readable = [name for name in numbers if name != answer]
    columns = st.multiselect(
        "Columns it reads",
        readable,
        readable[:MOST_COLUMNS],
        max_selections=MOST_COLUMNS,
        key=f"{prefix}-own-columns-{file.file_id}-{answer}",
    )
    if len(columns) < 2:
        st.warning("Choose two columns or more.")
        return None
    return chosen(prefix, frame, columns, answer)


def give(prefix: str, text: str) -> None:
    """Takes the table that an opened run brought, until a file is uploaded."""
    try:
        st.session_state[f"{prefix}-given"] = carried.unpacked(text)
    except ValueError as error:
        st.session_state[f"{prefix}-given"] = str(error)


def given(table: dict[str, Any] | str) -> dict[str, Any] | None:
    """Says what an opened run brought -> its fields; None with a sentence where it is damaged."""
    if isinstance(table, str):
        st.warning(table)
        return None
    rows = len(table["rows"]) // 8 // (len(table["columns"]) + 1)
    columns = ", ".join(map(plain, table["columns"]))
    parted = f" The first {table['cut']:,} train, the others test." if table["cut"] else ""
    st.caption(
        f"From the opened run: {rows:,} rows, {columns} to read and {plain(table['answer'])} to "
        f"answer.{parted} A file of your own takes their place."
    )
    return table


def chosen(prefix: str, frame: Any, columns: list[str], answer: str) -> dict[str, Any] | None:
    """The fields for these columns; says what was left out."""
    part = frame[[*columns, answer]]
    for name in columns:
        part = part.assign(**{name: as_numbers(part[name])})
    whole = part.replace([np.inf, -np.inf], np.nan).dropna()
    classes, told = as_answer(whole[answer])
    if len(whole) < FEWEST_ROWS or len(classes) == 1 or len(classes) > MOST_CLASSES:
        st.warning(
            f"{len(whole)} rows are whole, with {len(classes) or 'no'} classes; {FEWEST_ROWS} rows "
            f"and 2 to {MOST_CLASSES} classes, or a number, are needed."
        )
        return None
    rows = whole.assign(**{answer: told}).to_numpy(float)
    if len(rows) > carried.MOST_ROWS:
        rows = rows[np.random.default_rng(0).permutation(len(rows))[: carried.MOST_ROWS]]
    st.caption(
        f"{len(rows):,} of {len(frame):,} rows are used; {len(frame) - len(whole):,} are left out, "
        "because a cell is empty or no number."
    )
    left, right = st.columns(2)
    across = left.selectbox("Map: across", columns, 0, key=f"{prefix}-own-across-{answer}")
    rest = [name for name in columns if name != across]
    up = right.selectbox("Map: up", rest, 0, key=f"{prefix}-own-up-{answer}")
    shown = 1
    if len(classes) > 2:
        shown = classes.index(
            st.selectbox("Map: probability of", classes, 1, key=f"{prefix}-own-told-{answer}")
        )
    return {
        "columns": tuple(columns),
        "answer": answer,
        "classes": tuple(classes),
        "rows": rows.tobytes(),
        "plane": (columns.index(across), columns.index(up)),
        "told": shown,
    }


def read(file: Any) -> Any:
    """The table in a file, whatever parts its columns; None if there is none."""
    for encoding in ("utf-8-sig", "latin-1"):
        file.seek(0)
        try:
            frame = cast(
                Any, pd.read_csv(file, sep=None, engine="python", encoding=encoding, dtype=str)
            )
        except (ValueError, StopIteration, csv.Error):
            continue
        return frame.rename(columns=str) if len(frame.columns) > 1 and len(frame) else None
    return None


def as_numbers(column: Any) -> Any:
    """Its cells as numbers; NaN where one is none."""
    return cast(Any, pd.to_numeric(column, errors="coerce")).astype(float)


def numeric(frame: Any) -> list[str]:
    """Columns of which most cells are numbers."""
    return [name for name in frame if as_numbers(frame[name]).notna().mean() > 0.8]


def as_answer(column: Any) -> tuple[list[str], Any]:
    """The classes and each row's number of them; or no class and each row's height."""
    values = as_numbers(column)
    if values.notna().all() and column.nunique() > MOST_CLASSES:
        return [], values
    classes = sorted(column.astype(str).unique())
    return classes, column.astype(str).map({name: at for at, name in enumerate(classes)})
