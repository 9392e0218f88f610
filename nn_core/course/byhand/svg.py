"""Pieces of a drawing as SVG text, in the colour of the text around it."""

import math
from collections.abc import Mapping
from html import escape

from nn_core.course.byhand.notation import html_symbol, number, plain_symbol

ARROW = (
    '<defs><marker id="gn-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
    'markerHeight="7" orient="auto-start-reverse"><path d="M0 0 L8 4 L0 8 z" '
    'fill="currentColor"/></marker></defs>'
)
SHIFTS = {
    "<i>": '<tspan font-style="italic">',
    "</i>": "</tspan>",
    "<sub>": '<tspan dy="3" font-size="75%">',
    "<sup>": '<tspan dy="-4" font-size="75%">',
    "</sub>": '</tspan><tspan dy="-3">\N{ZERO WIDTH SPACE}</tspan>',
    "</sup>": '</tspan><tspan dy="4">\N{ZERO WIDTH SPACE}</tspan>',
}


def drawing(width: int, height: int, title: str, *parts: str) -> str:
    """title is what those hear who do not see it, with the numbers that only the drawing has."""
    inside = ARROW + "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}" width="{width}" style="max-width: 100%; height: auto" '
        f'font-family="system-ui, sans-serif" font-size="14" fill="currentColor">{inside}</svg>'
    )


def symbol(name: str) -> str:
    """`w_11` as the inside of a text."""
    written = html_symbol(name)
    for tag, span in SHIFTS.items():
        written = written.replace(tag, span)
    return written


def named(name: str, values: Mapping[str, float]) -> str:
    """`w_11 = 0.5`, or the symbol alone where its number is to be found."""
    if name not in values:
        return symbol(name)
    return f"{symbol(name)} = {number(values[name]).replace('-', '&#8722;')}"


def spoken(values: Mapping[str, float]) -> str:
    """`w_11 = 0.5, w_12 = 0.4.`"""
    return (
        ", ".join(f"{plain_symbol(name)} = {number(value)}" for name, value in values.items()) + "."
    )


def text(x: float, y: float, inside: str, anchor: str = "middle", turn: float = 0) -> str:
    """inside: escaped already. turn: degrees."""
    turned = f' transform="rotate({turn:.1f} {x:g} {y:g})"' if turn else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{turned}>{inside}</text>'


def line(start: tuple[float, float], end: tuple[float, float], arrow: bool = True) -> str:
    head = ' marker-end="url(#gn-arrow)"' if arrow else ""
    (x, y), (u, v) = start, end
    return (
        f'<path d="M{x:g} {y:g} L{u:g} {v:g}" fill="none" stroke="currentColor" '
        f'stroke-width="1.2"{head}/>'
    )


def circle(x: float, y: float, inside: str, radius: float = 20) -> str:
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="none" stroke="currentColor" '
        f'stroke-width="1.4"/>{text(x, y + 5, inside)}'
    )


def box(x: float, y: float, inside: str, width: float = 44, height: float = 30) -> str:
    """Around its middle (x, y)."""
    left, top = x - width / 2, y - height / 2
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="3" fill="none" '
        f'stroke="currentColor" stroke-width="1.4"/>{text(x, y + 5, inside)}'
    )


def edge(start: tuple[float, float], end: tuple[float, float], label: str, at: float = 0.5) -> str:
    """An arrow between two circles of radius 20, its label along it at a share of the way."""
    (x, y), (u, v) = start, end
    length = math.hypot(u - x, v - y)
    dx, dy = (u - x) / length, (v - y) / length
    here = x + at * (u - x) + 6 * dy, y + at * (v - y) - 6 * dx
    turn = math.degrees(math.atan2(dy, dx))
    ends = (x + 20 * dx, y + 20 * dy), (u - 21 * dx, v - 21 * dy)
    return line(*ends) + text(round(here[0], 1), round(here[1], 1), label, turn=turn)


def curve(points: list[tuple[float, float]], dashed: bool = False) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-width="1.4"{dash}/>'
