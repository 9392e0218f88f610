"""The pieces of a page: text is escaped here, in one place, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif;
  --ink: #1b2430; --soft: #565d69; --line: #d5dbe3; --bar: #3d7fd6; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #aab2c0; --line: #36404d;
  --bar: #5b97e6; --paper: #11161d; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem; color: var(--ink);
  background: var(--paper); }
h1 { margin-bottom: .25rem; overflow-wrap: anywhere; } h2 { margin: 2.5rem 0 .75rem; }
.verdict { border-left: .4rem solid var(--bar); padding: .25rem 1rem; }
.verdict strong { font-size: 1.35rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .4rem; border-bottom: 1px solid var(--line); }
table { font-size: .9rem; } td[data-value] { white-space: nowrap; }
.facts td:last-child { overflow-wrap: anywhere; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.facts td { text-align: left; } .facts td:first-child { white-space: nowrap; }
figure { margin: 1rem 0; } figcaption, .soft { color: var(--soft); font-size: .9rem; }
svg { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 13px; }
svg .bar { fill: var(--bar); } svg .range { stroke: var(--ink); stroke-width: 1.5; }
svg path { fill: none; } svg .grid { stroke: var(--line); } svg .zero { stroke: var(--ink); }
svg .dot { fill: var(--bar); stroke: var(--bar); stroke-width: 2; }
svg .open { fill: var(--paper); } svg .line { stroke-width: 2.5; }
svg .c0 { stroke: var(--bar); fill: var(--bar); } svg .c1 { stroke: #8a94a3; fill: #8a94a3; }
svg .c2 { stroke: #d9791a; fill: #d9791a; } svg path.line { fill: none; }
td.better { background: #86b4ee55; } td.worse { background: #f0a86055; }
code { font-size: .9em; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
  gap: 0 2.5rem; align-items: start; } .pair figure { margin-top: 0; }
details { margin: .75rem 0; } summary { cursor: pointer; }
.trials td:nth-child(2), .trials th:nth-child(2), td.text, .chosen th:nth-child(-n+3) {
  text-align: left; } td.sliver { width: 7rem; }
svg .curve { stroke: var(--bar); stroke-width: 2.5; } svg .even { stroke: var(--soft);
  stroke-dasharray: 3 4; }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb;
  --bar: #3d7fd6; --paper: #fff; font-size: 11px; } body { margin: 0; max-width: none; }
  h2, h3, figcaption { break-after: avoid; } tr, figure { break-inside: avoid; }
  details::details-content { content-visibility: visible; height: auto; }
  table { break-inside: avoid; } thead { display: table-header-group; }
  svg, td.better, td.worse { print-color-adjust: exact; } }
"""


def page(title: str, body: Iterable[str]) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>"
        f"{''.join(body)}</body></html>\n"
    )


def element(name: str, text: str, **attributes: str) -> str:
    """One element with text in it; `class_` and the like lose their underscore."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{escape(text)}</{name}>"


def table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Cells are pieces already; the head is text."""
    titles = "".join(element("th", title) for title in head)
    lines = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<tr>{element('td', name)}{element('td', text)}</tr>" for name, text in pairs)
    return f'<table class="facts"><tbody>{rows}</tbody></table>'


def number(value: float | None, name: str, side: str = "", mark: str = "") -> str:
    """A cell: four digits to read, the exact value in data-value, its name in data-name; side: a
    class that colours it, mark: a sign behind it."""
    if value is None:
        return "<td></td>"
    known = {"data_name": name, "data_value": repr(value)} | ({"class_": side} if side else {})
    return element("td", f"{value:.4f}{mark}", **known)


def count(value: float, name: str, written: str = "") -> str:
    """A cell with a whole number, or with what is `written` for it; exact in data-value."""
    return element("td", written or f"{value:,}", data_name=name, data_value=repr(value))


def figure(title: str, drawn: str) -> str:
    return f"<figure>{element('figcaption', title)}{drawn}</figure>"


def pair(left: str, right: str) -> str:
    """Side by side where the window is wide enough, below each other where it is not."""
    return f'<div class="pair"><div>{left}</div><div>{right}</div></div>'
