"""A sheet of paper: one exercise with lines to write on, or its solution, on one A4 page.

The HTML is whole in itself: it loads nothing, and prints as it stands.
"""

from collections.abc import Mapping
from html import escape

from nn_core.course.byhand.exercise import EXERCISES, Exercise
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.notation import HTML, html_symbol
from nn_core.course.byhand.words import all_words

# Millimetres of a page that are left for lines to write on.
ROOM = 108
STYLE = """
@page { size: A4; margin: 14mm 15mm; }
:root { font: 11pt/1.4 system-ui, sans-serif; color: #000; background: #fff; }
body { max-width: 180mm; margin: 8mm auto; }
section { break-after: page; } section:last-child { break-after: auto; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 6mm; }
h1 { font-size: 15pt; margin: 0; }
.who { white-space: nowrap; } .who span { display: inline-block; width: 34mm; height: 1em;
  border-bottom: .3mm solid #000; } .who span:last-child { width: 20mm; }
.top { display: flex; gap: 8mm; align-items: center; margin: 2mm 0 4mm; }
.drawing { flex: none; max-width: 110mm; }
.given { display: grid; grid-template-columns: repeat(auto-fill, minmax(24mm, 1fr)); flex: 1;
  gap: 1.2mm 4mm; padding: 0; margin: 0; list-style: none; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 1.1mm 2mm 1.1mm 0; vertical-align: baseline;
  font-weight: normal; }
th { width: 17mm; white-space: nowrap; } td.end { white-space: nowrap; text-align: right; }
tbody.lines td:nth-child(2) { border-bottom: .3mm solid #000; height: var(--room); }
tbody.lines th, tbody.lines td { vertical-align: bottom; padding-bottom: .4mm; }
tbody.lines td.end { color: #444; font-size: 9pt; padding-left: 3mm; width: 24mm; }
tbody.solved { font-size: 10pt; } tbody.solved b { white-space: nowrap; }
.fraction { display: inline-flex; flex-direction: column; text-align: center;
  vertical-align: middle; line-height: 1.15; font-size: .9em; }
.fraction > span:first-child { border-bottom: .25mm solid currentColor; padding: 0 .8mm; }
@media print { body { margin: 0; max-width: none; } }
footer { margin-top: 5mm; font-size: 8.5pt; color: #444; }
"""


def worksheet(name: str, seed: int, solution: bool = False) -> str:
    """The page of an exercise by its name in EXERCISES. Raises ValueError for an unknown name."""
    return pages(name, [seed], solution)


def pages(name: str, seeds: list[int], solution: bool = False) -> str:
    """A page a seed, to be printed in one go."""
    title = escape(all_words()[name].title) if name in EXERCISES else ""
    body = "".join(page(name, seed, solution) for seed in seeds)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body>{body}</body></html>\n"
    )


def page(name: str, seed: int, solution: bool) -> str:
    found, words = EXERCISES.get(name)(seed), all_words()[name]
    who = "Solution" if solution else "Name <span></span> Date <span></span>"
    rows = solved(found) if solution else lines(found)
    kind = "solution" if solution else "worksheet"
    return (
        f'<section><header><h1>{escape(words.title)}</h1><div class="who">{who}</div></header>'
        f'<p>{words.html()}</p><div class="top"><div class="drawing">{found.picture}</div>'
        f"{given(found)}</div>"
        f"<table>{rows}</table><footer>Glassnet, exercise &ldquo;{escape(name)}&rdquo;, "
        f"seed {seed}, {kind}: the same name and seed make the same numbers.</footer></section>"
    )


def given(found: Exercise) -> str:
    """The numbers that the drawing does not have, one an item."""
    numbers = (
        f"<li>{html_symbol(one.name)} = {HTML.number(one.value)}</li>"
        for one in found.given
        if one.shown
    )
    return f'<ul class="given">{"".join(numbers)}</ul>'


def lines(found: Exercise) -> str:
    """A line to write on for every blank."""
    rows = (
        f'<tr><th>{html_symbol(b.name)} =</th><td></td><td class="end">{escape(asked(b))}</td></tr>'
        for b in found.blanks
    )
    room = min(13, ROOM / len(found.blanks))
    return f'<tbody class="lines" style="--room: {room:.1f}mm">{"".join(rows)}</tbody>'


def asked(blank: Blank) -> str:
    """How exact the number is to be."""
    return f"{blank.decimals} decimals" if blank.decimals else "whole number"


def solved(found: Exercise) -> str:
    """Every formula in symbols, then with its numbers, then its result."""
    values = found.rounded()
    rows = (
        f"<tr><th>{html_symbol(b.name)} =</th><td>{formula(b, values)} "
        f"= <b>{HTML.number(values[b.name])}</b></td></tr>"
        for b in found.blanks
    )
    return f'<tbody class="solved">{"".join(rows)}</tbody>'


def formula(blank: Blank, values: Mapping[str, float]) -> str:
    """`w x + b = 0.5 · 2 + 0.1`; once where there is nothing to fill in."""
    symbols, filled = blank.expression.html(), blank.expression.html(values)
    return symbols if symbols == filled else f"{symbols} = {filled}"
