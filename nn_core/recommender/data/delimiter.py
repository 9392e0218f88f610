"""What separates the cells of a text file, found from its first rows."""

import csv
import io
import re
from collections import Counter

from nn_core.recommender.data.buffers import Buffer, has

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", "~": "tilde"}
# What the parser cannot cut by itself, and becomes a tab: (name, pattern), tried in this order.
RUNS = (("two colons", rb"::"), ("blanks", rb"(?<=\S) +(?=\S)"))
LONGEST = 1_000_000  # bytes of one row; a shop's rows have hundreds


def sniff(data: Buffer) -> str:
    """The delimiter that cuts most of the first rows into the same number (above 1) of cells."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in first_rows(data, delimiter, 200)]
        width, count = Counter(widths).most_common(1)[0]
        # In "a,b;c" with rows "1,2;3" both cut evenly, so wider wins. A header that does not agree
        # counts as any other row: lines may stand above the true one.
        score = (width > 1) * (count / len(widths) + width / 1000)
        if score > most:
            best, most = delimiter, score
    return best


def cut_by_tabs(data: Buffer, delimiter: str) -> tuple[Buffer, str, str]:
    """(text, its delimiter, that in words). Text that no delimiter cuts, but two colons or runs of
    blanks cut evenly, gets tabs in their place."""
    if len(first_rows(data, delimiter, 1)[0]) > 1 or has(data, b'"'):
        return data, delimiter, DELIMITERS[delimiter]
    by_one = Counter(len(row) for row in first_rows(data, delimiter, 200)).most_common(1)[0][0]
    for words, pattern in RUNS:
        head = re.sub(pattern, b"\t", data[:200_000])
        widths = Counter(len(row) for row in first_rows(head, "\t", 200))
        width, count = widths.most_common(1)[0]
        if width > by_one and count > 0.95 * widths.total():
            return re.sub(pattern, b"\t", data), "\t", words
    return data, delimiter, DELIMITERS[delimiter]


def first_rows(data: Buffer, delimiter: str, count: int) -> list[list[str]]:
    """The first rows that are not blank, cut by this delimiter; quotation marks respected."""
    text = data[: 4 * LONGEST if count == 1 else 200_000].decode("utf-8", errors="ignore")
    rows: list[list[str]] = []
    csv.field_size_limit(8 * LONGEST)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if any(row) or len(row) > 1:
            rows.append(row)
        if len(rows) == count:
            break
    return rows or [[""]]
