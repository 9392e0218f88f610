"""Pictures for half of the page's width, beside a table: bars over time, and a curve of shares."""

from __future__ import annotations

from collections.abc import Sequence

from nn_core.recommender.report.plots import nice, picture, text

WIDTH, HEIGHT = 460, 270
LEFT, RIGHT, TOP, FOOT = 62, 12, 12, 44
LABELS = 4
"""Below the bars, at most."""


def columns(values: Sequence[float], names: Sequence[str], title: str, across: str) -> str:
    """Upright bars from zero, (N,) each with its name, of which some are written below."""
    ticks = nice(0, max(values))
    top, wide = max(ticks[-1], *values), (WIDTH - LEFT - RIGHT) / len(values)
    drawn = axis(ticks, top)
    every = -(-len(values) // LABELS)
    room = (WIDTH - LEFT - RIGHT) / LABELS / 2  # half of what a label may take
    for place, (value, name) in enumerate(zip(values, names)):
        x, tall = LEFT + place * wide, value / top * (HEIGHT - TOP - FOOT)
        drawn.append(
            f'<rect class="bar" x="{x:.1f}" y="{HEIGHT - FOOT - tall:.1f}" '
            f'width="{max(wide - (1 if wide > 3 else 0.2), 0.5):.1f}" height="{tall:.1f}"/>'
        )
        if place % every == 0 and x + wide / 2 + room <= WIDTH:
            drawn.append(text(x + wide / 2, HEIGHT - FOOT + 17, name, "middle"))
    drawn.append(text((LEFT + WIDTH) / 2, HEIGHT - 6, across, "middle"))
    return small(title, drawn)


def shares(points: Sequence[Sequence[float]], title: str, across: str) -> str:
    """The curve through (share, share), from 0 to 1 both ways, and what it were if all were
    equal."""
    drawn = axis([0.0, 0.25, 0.5, 0.75, 1.0], 1.0, percent=True)

    def at(x: float, y: float) -> str:
        wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - FOOT
        return f"{LEFT + x * wide:.1f} {HEIGHT - FOOT - y * tall:.1f}"

    way = " L".join(at(x, y) for x, y in points)
    drawn.append(f'<path class="even" d="M{at(0, 0)} L{at(1, 1)}"/>')
    drawn.append(f'<path class="curve" d="M{way}"/>')
    for tick in (0.0, 0.5, 1.0):
        x = LEFT + tick * (WIDTH - LEFT - RIGHT)
        anchor = "end" if tick == 1 else "middle"
        drawn.append(text(x, HEIGHT - FOOT + 17, written(tick, True), anchor))
    drawn.append(text((LEFT + WIDTH) / 2, HEIGHT - 6, across, "middle"))
    return small(title, drawn)


def axis(ticks: Sequence[float], top: float, percent: bool = False) -> list[str]:
    drawn: list[str] = []
    for tick in ticks:
        y = HEIGHT - FOOT - tick / top * (HEIGHT - TOP - FOOT)
        drawn.append(f'<path class="grid" d="M{LEFT} {y:.1f} H{WIDTH - RIGHT}"/>')
        drawn.append(text(LEFT - 8, y + 4, written(tick, percent), "end"))
    return drawn


def written(tick: float, percent: bool) -> str:
    return f"{100 * tick:.0f}%" if percent else f"{tick:,.10g}"


def small(title: str, drawn: Sequence[str]) -> str:
    return picture(HEIGHT, title, drawn, WIDTH)


def sliver(share: float) -> str:
    """A cell with a bar as long as the share; the number stands in a cell beside it."""
    return (
        '<td class="sliver"><svg viewBox="0 0 100 10" aria-hidden="true">'
        f'<rect class="bar" x="0" y="1" width="{max(100 * share, 0.5):.1f}" height="8"/></svg></td>'
    )
