"""A written date taken apart by a pattern into year, month, day and clock, and put together."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

CLOCK = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d+)?))?"
    r"\s*(?:(?P<half>[AaPp])\.?[Mm]\.?)?\s*"
    r"(?:Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?$"
)
YEAR_FIRST = r"^(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?" + CLOCK
YEAR_LAST = r"^(?P<part1>\d{1,2})[-/.](?P<part2>\d{1,2})[-/.](?P<year>\d{4}|\d{2})" + CLOCK
COMPACT = r"^(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)" + CLOCK
DAY_NAME = r"^(?P<day>\d{1,2})[-. ]+(?P<name>[^\d\s.,-]{3,9})[-., ]+(?P<year>\d{4}|\d{2})" + CLOCK
NAME_DAY = r"^(?P<name>[^\d\s.,-]{3,9})[. ]+(?P<day>\d{1,2}),? +(?P<year>\d{4})" + CLOCK
MONTH_STARTS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTHS = {name: number for number, name in enumerate(MONTH_STARTS, 1)} | {
    "mär": 3, "mai": 5, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12,
    "ene": 1, "abr": 4, "ago": 8, "dic": 12, "juin": 6, "juil": 7,
}  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """The M of U cells that match a pattern, taken apart into its named groups."""

    where: NDArray[np.intp]  # (M,) which cells they are
    cells: dict[str, pa.Array]  # {group: (M,) text, empty where it did not occur}

    @classmethod
    def of(cls, text: pa.Array, pattern: str) -> "Parts":
        found = pc.call_function("extract_regex", [text], pc.ExtractRegexOptions(pattern))
        where = np.flatnonzero(found.is_valid().to_numpy(zero_copy_only=False))
        names = [field.name for field in found.type]
        return cls(where, dict(zip(names, found.take(pa.array(where)).flatten())))

    def numbers(self, group: str) -> NDArray[np.float64]:
        """A group of digits as numbers, 0 where it did not occur."""
        cells = self.cells[group]
        digits = pc.call_function("if_else", [self.says(group, ""), "0", cells])
        return digits.cast(pa.float64()).to_numpy(zero_copy_only=False)

    def says(self, group: str, word: str) -> pa.Array:
        """(M,) whether the group is this word."""
        return pc.call_function("equal", [self.cells[group], word])

    def month_names(self) -> NDArray[np.float64]:
        """The group `name` as the number of the month, 0 where it is none."""
        names = self.cells["name"].dictionary_encode()
        starts = [(name[:4].lower(), name[:3].lower()) for name in names.dictionary.to_pylist()]
        known = [MONTHS.get(four, MONTHS.get(three, 0)) for four, three in starts]
        return np.array([*known, 0.0], dtype=np.float64)[names.indices.to_numpy()]


def fill(
    values: NDArray[np.datetime64],
    found: Parts,
    month: NDArray[np.float64],
    day: NDArray[np.float64],
) -> None:
    """Writes the dates that these parts make into `values`, in place; impossible ones stay NaT."""
    year = found.numbers("year")
    year = year + np.where(year > 99, 0, np.where(year < 70, 2000, 1900))
    months = ((year - 1970) * 12 + month - 1).astype("timedelta64[M]")
    start = (np.datetime64("1970-01", "M") + months).astype("datetime64[D]")
    date = start + (day - 1).astype("timedelta64[D]")
    same_month = date.astype("datetime64[M]") == start.astype("datetime64[M]")
    seconds, ticks = time_of_day(found)
    real = same_month & (month >= 1) & (month <= 12) & ticks
    made = date.astype("datetime64[us]") + (seconds * 1e6).round().astype("timedelta64[us]")
    values[found.where[real]] = made[real]


def time_of_day(found: Parts) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The clock's parts -> seconds since midnight, and if it exists. An offset from UTC moves
    nothing: a shop thinks in the days of its own clock."""
    hour, minute, second = (found.numbers(part) for part in ("hour", "minute", "second"))
    morning, afternoon = (
        np.asarray(found.says("half", half)) | np.asarray(found.says("half", half.upper()))
        for half in ("a", "p")
    )
    hour = np.where(morning | afternoon, hour % 12 + 12 * afternoon, hour)
    ticks = (hour < 24) & (minute < 60) & (second < 61)
    return hour * 3600 + minute * 60 + second, ticks
