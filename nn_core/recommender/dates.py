"""Dates as shops write them -> datetime64, the order of day and month decided once for a column."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nn_core.recommender.errors import DateOrderError
from nn_core.recommender.faults import row_numbers

DateOrder = Literal["day-first", "month-first"]

CLOCK = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d+)?))?"
    r"\s*(?P<half>[AaPp])?(?:\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?$"
)
YEAR_FIRST = r"^(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?" + CLOCK
YEAR_LAST = r"^(?P<first>\d{1,2})[-/.](?P<second_part>\d{1,2})[-/.](?P<year>\d{4}|\d{2})" + CLOCK
COMPACT = r"^(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)" + CLOCK
DAY_NAME = r"^(?P<day>\d{1,2})[-. ]+(?P<name>[^\d\s.,-]{3,9})[-., ]+(?P<year>\d{4}|\d{2})" + CLOCK
NAME_DAY = r"^(?P<name>[^\d\s.,-]{3,9})[. ]+(?P<day>\d{1,2}),? +(?P<year>\d{4})" + CLOCK
MONTH_STARTS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTHS = {name: number for number, name in enumerate(MONTH_STARTS, 1)} | {
    "mär": 3, "mai": 5, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12,
    "ene": 1, "abr": 4, "ago": 8, "dic": 12,
}  # fmt: skip


@dataclass(frozen=True)
class Dates:
    """What a column of dates said."""

    values: NDArray[np.datetime64]  # (N,) datetime64[us], no time zone; NaT where unreadable
    note: str | None = None  # a sentence, when the order of day and month had to be chosen


def read_dates(column: pd.Series, order: DateOrder | None = None) -> Dates:
    """N cells -> N dates. `order` settles 01/02/2024 where the column itself does not.

    DateOrderError if no order is given and the column holds both 13/02/2024 and 02/13/2024.
    """
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return Dates(without_zone(column))
    codes, distinct = pd.factorize(column)
    cells = pd.Series(distinct).astype("str").str.strip().str.replace(r"\.0$", "", regex=True)
    text = pa.array(cells, type=pa.string(), from_pandas=True)
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    slashed = parts(text, YEAR_LAST)
    order, note = settle_order(slashed, cells, codes, column, order)
    values = from_numbers(cells)
    for pattern in (YEAR_FIRST, COMPACT, DAY_NAME, NAME_DAY):
        fill(values, parts(text, pattern))
    day, month = ("first", "second_part") if order == "day-first" else ("second_part", "first")
    fill(values, slashed.rename(columns={day: "day", month: "month"}))
    return Dates(np.append(values, np.datetime64("NaT"))[codes], note)


def without_zone(column: pd.Series) -> NDArray[np.datetime64]:
    """Typed dates -> datetime64[us]; a time zone is turned into UTC first."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    return column.to_numpy().astype("datetime64[us]")


def parts(text: pa.Array, pattern: str) -> pd.DataFrame:
    """U cells -> (M, groups) text of those that match; the index says which cells they are."""
    found = pc.extract_regex(text, pattern=pattern)
    where = np.flatnonzero(pc.is_valid(found).to_numpy(zero_copy_only=False))
    groups = found.take(pa.array(where)).flatten()
    names = [field.name for field in found.type]
    return pd.DataFrame({n: g.to_pandas() for n, g in zip(names, groups)}).set_index(where)


def settle_order(
    slashed: pd.DataFrame,
    cells: pd.Series,
    codes: NDArray[np.intp],
    column: pd.Series,
    wanted: DateOrder | None,
) -> tuple[DateOrder, str | None]:
    """Which of day and month comes first, from the cells where one of the two exceeds 12."""
    first, second = slashed["first"].astype(int), slashed["second_part"].astype(int)
    days_first = slashed.index[(first > 12) & (second <= 12)]
    months_first = slashed.index[(second > 12) & (first <= 12)]
    if wanted:
        return wanted, None
    if len(days_first) and len(months_first):
        day, month = (int(np.flatnonzero(np.isin(codes, w))[0]) for w in (days_first, months_first))
        row = row_numbers(column)
        raise DateOrderError(
            f"Column '{column.name}' holds dates in two orders: row {row[day]} "
            f"({cells[codes[day]]}) puts the day first, row {row[month]} ({cells[codes[month]]}) "
            "the month; say which is meant (--dates day-first or --dates month-first), and the "
            "rows that do not fit are set aside."
        )
    if len(months_first):
        return "month-first", None
    if len(days_first) or not (first != second).any():
        return "day-first", None
    return "day-first", (
        f"Every date in column '{column.name}' could be read both ways; they were read day first. "
        "Choose --dates month-first if that is wrong."
    )


def fill(values: NDArray[np.datetime64], found: pd.DataFrame) -> None:
    """Writes the dates that these parts make into `values`, in place; impossible ones stay NaT."""
    if found.empty:
        return
    year = found["year"].astype(int)
    year = year.where(year > 99, year + np.where(year < 70, 2000, 1900))
    if "name" in found:
        start = found["name"].str.lower().str.slice(0, 3)
        month = start.map(MONTHS).fillna(0).astype(int)
    else:
        month = found["month"].astype(int)
    calendar = {"year": year, "month": month, "day": found["day"].astype(int)}
    day = pd.to_datetime(pd.DataFrame(calendar), errors="coerce").astype("datetime64[us]")
    made = (day + time_of_day(found)).to_numpy().astype("datetime64[us]")
    values[found.index.to_numpy()] = made


def time_of_day(found: pd.DataFrame) -> pd.Series:
    """The clock's parts -> Timedelta since midnight (UTC if a zone is given); 25:00 -> NaT."""
    hour, minute, second = (
        pd.to_numeric(found[part].replace("", "0").fillna("0"), errors="coerce")
        for part in ("hour", "minute", "second")
    )
    half = found["half"].fillna("").str.lower()
    hour = hour.where(half == "", hour % 12 + np.where(half == "p", 12, 0))
    seconds = hour * 3600 + minute * 60 + second
    good = (hour < 24) & (minute < 60) & (second < 61)
    zone = found["zone"].fillna("").str.extract(r"([+-])(\d{2}):?(\d{2})")
    shift = (zone[1].astype(float) * 3600 + zone[2].astype(float) * 60).fillna(0.0)
    seconds = seconds - shift.where(zone[0] == "+", -shift)
    microseconds = (seconds.where(good) * 1e6).round()
    return pd.to_timedelta(microseconds, unit="us").astype("timedelta64[us]")


def from_numbers(cells: pd.Series) -> NDArray[np.datetime64]:
    """Dates that software writes as a number: seconds or milliseconds since 1970, Excel's days."""
    values = np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]")
    for pattern, unit, origin in (
        (r"\d{10}", 1e6, "1970-01-01"),
        (r"\d{13}", 1e3, "1970-01-01"),
        (r"[2-6]\d{4}(\.\d+)?", 86_400e6, "1899-12-30"),
    ):
        fits = cells.str.fullmatch(pattern).to_numpy(dtype=bool, na_value=False)
        steps = (cells[fits].astype(float) * unit).round().astype("int64").to_numpy()
        values[fits] = np.datetime64(origin, "us") + steps.astype("timedelta64[us]")
    return values
