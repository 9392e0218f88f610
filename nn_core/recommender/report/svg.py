"""A chart as SVG text: bars with intervals, drawn in the page's own colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW, LABELS, RIGHT, WIDTH = 34, 420, 70, 940


@dataclass(frozen=True)
class Bar:
    """A label, a value, and the ends of its interval where they are known."""

    label: str
    value: float
    interval: tuple[float, float] | None = None


def bars(rows: Sequence[Bar], title: str, digits: int = 3) -> str:
    """Horizontal bars from 0, the first on top; the title is read aloud in place of the picture."""
    longest = max([high for row in rows for high in (row.value, *(row.interval or ()))] or [1.0])
    scale = (WIDTH - LABELS - RIGHT) / (longest or 1.0)
    height = ROW * len(rows) + 6
    drawn = "".join(one(row, place, scale, digits) for place, row in enumerate(rows))
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{drawn}</svg>'
    )


def one(row: Bar, place: int, scale: float, digits: int) -> str:
    top, middle = place * ROW + 6, place * ROW + 6 + ROW / 2 - 5
    end = LABELS + row.value * scale
    drawn = [
        f'<text x="{LABELS - 10}" y="{middle + 5}" text-anchor="end">{escape(row.label)}</text>',
        f'<rect class="bar" x="{LABELS}" y="{top}" width="{max(end - LABELS, 0):.1f}" '
        f'height="{ROW - 10}" rx="2"/>',
    ]
    if row.interval:
        low, high = (LABELS + limit * scale for limit in row.interval)
        drawn.append(
            f'<path class="range" fill="none" d="M{low:.1f} {middle} H{high:.1f} '
            f'M{low:.1f} {middle - 5} v10 M{high:.1f} {middle - 5} v10"/>'
        )
        end = max(end, high)
    drawn.append(f'<text x="{end + 8:.1f}" y="{middle + 5}">{row.value:.{digits}f}</text>')
    return "".join(drawn)
