"""Charts with an axis as SVG text: differences about zero, and curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

LABELS, WIDTH, ROW = 420, 940, 28
LEFT, RIGHT, TOP, HEIGHT, FOOT = 56, 24, 34, 300, 44
DASHES = ("", "7 5", "2 5", "10 4 2 4")
"""Of the curves in turn: they differ without colour too."""


@dataclass(frozen=True)
class Range:
    """A label, the middle of what is plausible, its ends, and whether zero lies outside."""

    label: str
    mean: float
    low: float
    high: float
    clear: bool


@dataclass(frozen=True)
class Curve:
    """Points (x, y) under a label; ranges: the ends of each, where they are known. Without a line
    they are marks alone, without marks a line alone."""

    label: str
    points: Sequence[tuple[float, float]]
    ranges: Sequence[tuple[float, float]] = ()
    line: bool = True
    marks: bool = True


def forest(rows: Sequence[Range], title: str) -> str:
    """A line a row from end to end with a dot in the middle, filled where zero lies outside."""
    ends = [0.0, *(end for row in rows for end in (row.low, row.high))]
    ticks = nice(min(ends), max(ends))
    low, high = min(ticks[0], *ends), max(ticks[-1], *ends)
    scale = (WIDTH - LABELS - RIGHT) / ((high - low) or 1.0)  # all alike: every dot at zero

    def x(value: float) -> float:
        return LABELS + (value - low) * scale

    foot = ROW * len(rows) + 10
    drawn = [
        f'<path class="{"zero" if tick == 0 else "grid"}" d="M{x(tick):.1f} 0 V{foot}"/>'
        + text(x(tick), foot + 16, f"{tick:+g}" if tick else "0", "middle")
        for tick in ticks
    ]
    for place, row in enumerate(rows):
        y = place * ROW + 14
        dot = "dot" if row.clear else "dot open"
        drawn.append(
            text(LABELS - 12, y + 4, row.label, "end")
            + f'<path class="range" d="M{x(row.low):.1f} {y} H{x(row.high):.1f}"/>'
            + f'<circle class="{dot}" cx="{x(row.mean):.1f}" cy="{y}" r="5"/>'
        )
    return picture(foot + 22, title, drawn)


def curves(found: Sequence[Curve], title: str, across: str, up: str) -> str:
    """Lines and marks over axes that begin at zero; each curve is named above them."""
    xs = [x for curve in found for x, _ in curve.points]
    ys = [y for curve in found for _, y in curve.points]
    ys += [high for curve in found for _, high in curve.ranges]
    wide, tall = nice(0, max(xs)), nice(0, max(ys))
    right, top = max(wide[-1], *xs), max(tall[-1], *ys)

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + x / right * (WIDTH - LEFT - RIGHT),
            HEIGHT - FOOT - y / top * (HEIGHT - FOOT - TOP),
        )

    drawn = [
        f'<path class="grid" d="M{LEFT} {at(0, tick)[1]:.1f} H{WIDTH - RIGHT}"/>'
        + text(LEFT - 8, at(0, tick)[1] + 4, f"{tick:g}", "end")
        for tick in tall
    ]
    drawn += [text(at(tick, 0)[0], HEIGHT - FOOT + 18, f"{tick:,g}", "middle") for tick in wide]
    drawn.append(text((LEFT + WIDTH) / 2, HEIGHT - 6, f"across: {across}; up: {up}", "middle"))
    room = (WIDTH - LEFT - RIGHT) / len(found)
    for n, curve in enumerate(found):
        drawn.append(one(curve, n, [at(x, y) for x, y in curve.points]))
        drawn += [
            f'<path class="range" d="M{at(x, 0)[0]:.1f} {at(0, low)[1]:.1f} '
            f'V{at(0, high)[1]:.1f}"/>'
            for (x, _), (low, high) in zip(curve.points, curve.ranges)
        ]
        start = LEFT + n * room
        drawn.append(one(curve, n, [(start, 12), (start + 34, 12)][not curve.line :]))
        drawn.append(text(start + 44, 16, curve.label, "start"))
    return picture(HEIGHT, title, drawn)


def one(curve: Curve, n: int, points: Sequence[tuple[float, float]]) -> str:
    """The n-th curve through these points of the picture."""
    drawn = ""
    if curve.line:
        way = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        drawn = f'<path class="line c{n}" stroke-dasharray="{DASHES[n % 4]}" d="M{way}"/>'
    if curve.marks:
        drawn += "".join(
            f'<circle class="c{n}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points
        )
    return drawn


def picture(height: float, title: str, drawn: Sequence[str], width: float = WIDTH) -> str:
    """The title is read aloud in place of the picture."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}">'
        f"{''.join(drawn)}</svg>"
    )


def text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def nice(low: float, high: float) -> list[float]:
    """Four to eight round numbers from low to high, zero among them where it lies there."""
    size = (high - low) / 4 or 1.0
    power = 10.0 ** math.floor(math.log10(size))
    step = next(power * round_ for round_ in (1, 2, 5, 10) if power * round_ >= size * 0.7)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{n * step:.10g}") for n in range(first, last + 1)]
