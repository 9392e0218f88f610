"""Dates as shops write them -> datetime64, the order of day and month decided once for a column."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nn_core.recommender.data.date_parts import (
    COMPACT,
    DAY_NAME,
    NAME_DAY,
    YEAR_FIRST,
    YEAR_LAST,
    Parts,
    fill,
)
from nn_core.recommender.data.faults import row_numbers
from nn_core.recommender.errors import DateOrderError

DateOrder = Literal["day-first", "month-first"]

ISO = r"^(?:[12]\d{3}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?)?$"
OFFSET = r":\d{2}(?:\.\d+)?\s*[+-]\d{2}(?::?\d{2})?$"
# What stands around a date in words, and what takes its place; only where nothing else fits.
PLAINLY = (
    (r"(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +", ""),
    (
        r"(?i)^(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|[mdfs][oiras])\.?, *",
        "",
    ),
    (
        r"^(\p{L}{3,9} +\d{1,2}) +(\d{1,2}:\d{2}(?::\d{2})?)(?: +[A-Z]{3,4})? +(\d{4})$",
        r"\1, \3 \2",
    ),
    (r"^(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})?Z?$", r"\1-\2-\3 \4:\5:\6"),
    (r"^(\d{4}-\d{2})$", r"\1-01"),
    (r"^(\d{4})-(\p{L}{3,9})-(\d{1,2})", r"\3-\2-\1"),
    (r"(?i)(\d)(?:st|nd|rd|th|er)\b", r"\1"),
    (r"(?i)(\d) de (\p{L}+)(?: de)? (\d)", r"\1 \2 \3"),
    (r"(?i) *uhr$", ""),
    (r"(\d) *[时点] *(\d{1,2}) *分(?: *(\d{1,2}) *秒)?$", r"\1:\2:\3"),
    (r"([ T]\d{1,2})\.(\d{2})\.(\d{2})$", r"\1:\2:\3"),
    (r"(:\d{2}),(\d+)", r"\1.\2"),
    (r":$", ""),
)


@dataclass(frozen=True)
class Dates:
    """What a column of dates said."""

    values: NDArray[np.datetime64]  # (N,) datetime64[us], no time zone; NaT where unreadable
    note: str | None = (
        None  # in words, what had to be chosen: the order of day and month, the clock
    )
    order: DateOrder = "day-first"  # by which 01/02/2024 was read


def read_dates(column: pd.Series, order: DateOrder | None = None) -> Dates:
    """N cells -> N dates. `order` settles 01/02/2024 where the column itself does not.

    DateOrderError if no order is given and the column holds both 13/02/2024 and 02/13/2024.
    """
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return Dates(without_zone(column))
    codes, distinct = pd.factorize(column)
    cells = pd.Series(distinct).astype("str")
    text = pa.array(cells, type=pa.string(), from_pandas=True)
    if (quick := as_iso(text)) is not None:
        return Dates(np.append(quick, np.datetime64("NaT"))[codes])
    cells = cells.str.strip().str.replace(r"\.0$", "", regex=True)
    text = pa.array(cells, type=pa.string(), from_pandas=True)
    slashed = Parts.of(text, YEAR_LAST)
    order, note = settle_order(slashed, column, codes, order)
    values = read_text(text, order)
    if len(unread := np.flatnonzero(np.isnat(values))):
        values[unread] = read_text(said_plainly(text.take(pa.array(unread))), order)
    said = [one for one in (note, own_clock(text, values, str(column.name))) if one]
    return Dates(np.append(values, np.datetime64("NaT"))[codes], " ".join(said) or None, order)


def own_clock(text: pa.Array, values: NDArray[np.datetime64], name: str) -> str | None:
    """Where cells that could be read have an offset from UTC: that their own clock is kept."""
    options = pc.MatchSubstringOptions(OFFSET)
    cells = pc.call_function("match_substring_regex", [text], options).to_numpy(False)
    places = np.flatnonzero(np.equal(cells, True) & ~np.isnat(values))
    if not len(places):
        return None
    return (
        f"Times in column '{name}' have an offset from UTC (such as {text[int(places[0])]}); day "
        "and hour are kept as they are written."
    )


def as_iso(text: pa.Array) -> NDArray[np.datetime64] | None:
    """Cells that all are 2024-01-05 or 2024-01-05 12:30:00 (or nothing), a hundred times faster;
    None if one is not."""
    options = pc.MatchSubstringOptions(ISO)
    fits = pc.call_function("match_substring_regex", [text], options)
    if not pc.call_function("all", [fits], pc.ScalarAggregateOptions(min_count=0)).as_py():
        return None
    text = pc.call_function("if_else", [pc.call_function("equal", [text, ""]), None, text])
    try:
        values = text.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:  # 2024-02-30
        return None
    return values.to_numpy(zero_copy_only=False).astype("datetime64[us]")


def read_text(text: pa.Array, order: DateOrder) -> NDArray[np.datetime64]:
    """U cells -> (U,) datetime64[us], NaT where no pattern fits."""
    values = from_numbers(text)
    for pattern in (YEAR_FIRST, COMPACT, DAY_NAME, NAME_DAY):
        found = Parts.of(text, pattern)
        month = found.month_names() if "name" in found.cells else found.numbers("month")
        fill(values, found, month, found.numbers("day"))
    slashed = Parts.of(text, YEAR_LAST)
    day, month = ("part1", "part2") if order == "day-first" else ("part2", "part1")
    fill(values, slashed, slashed.numbers(month), slashed.numbers(day))
    return values


def said_plainly(text: pa.Array) -> pa.Array:
    """Without days of the week, "th", "de", "Uhr" and the like."""
    for pattern, replacement in PLAINLY:
        options = pc.ReplaceSubstringOptions(pattern, replacement)
        text = pc.call_function("replace_substring_regex", [text], options)
    return text


def without_zone(column: pd.Series) -> NDArray[np.datetime64]:
    """Typed dates -> datetime64[us]; a time zone is turned into UTC first."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    return column.to_numpy().astype("datetime64[us]")


def settle_order(
    slashed: Parts, column: pd.Series, codes: NDArray[np.intp], wanted: DateOrder | None
) -> tuple[DateOrder, str | None]:
    """Which of day and month comes first, from the cells where one of the two exceeds 12."""
    if wanted:
        return wanted, None
    first, second = slashed.numbers("part1"), slashed.numbers("part2")
    days_first = slashed.where[(first > 12) & (second <= 12)]
    months_first = slashed.where[(second > 12) & (first <= 12)]
    if len(days_first) and len(months_first):
        day, month = (int(np.flatnonzero(np.isin(codes, w))[0]) for w in (days_first, months_first))
        row = row_numbers(column)
        raise DateOrderError(
            f"Column '{column.name}' holds dates in two orders: row {row[day]} "
            f"({column.iloc[day]}) puts the day first, row {row[month]} ({column.iloc[month]}) "
            "the month; say which of them is meant (on the command line by --dates), and the "
            "rows that do not fit are set aside."
        )
    if len(months_first):
        return "month-first", None
    if len(days_first) or bool(np.all(first == second)):
        return "day-first", None
    return "day-first", (
        f"Every date in column '{column.name}' could be read both ways; they were read day first. "
        "Choose month first if that is wrong (on the command line --dates month-first)."
    )


def from_numbers(text: pa.Array) -> NDArray[np.datetime64]:
    """Dates that software writes as a number: seconds, milliseconds or microseconds since 1970,
    Excel's days."""
    values = np.full(len(text), np.datetime64("NaT"), dtype="datetime64[us]")
    for pattern, unit, origin in (
        (r"^(?P<number>\d{9,10}(?:\.\d+)?)$", 1e6, "1970-01-01"),
        (r"^(?P<number>\d{13})$", 1e3, "1970-01-01"),
        (r"^(?P<number>\d{16})$", 1, "1970-01-01"),
        (r"^(?P<number>[2-6]\d{4}(?:\.\d+)?)$", 86_400e6, "1899-12-30"),
    ):
        found = Parts.of(text, pattern)
        steps = (found.numbers("number") * unit).round().astype("timedelta64[us]")
        values[found.where] = np.datetime64(origin, "us") + steps
    return values
