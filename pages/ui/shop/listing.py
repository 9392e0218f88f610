"""Lists of products beside each other. All text of files is escaped: it is text, never markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

STYLE = """<style>
.gn-lists { display: grid; gap: 0 1.1rem; grid-auto-flow: column; grid-template-rows: auto 1fr;
  grid-auto-columns: minmax(0, 1fr);
  font-size: .84rem; line-height: 1.25; }
.gn-lists > div { display: grid; grid-row: span 2; grid-template-rows: subgrid; }
.gn-lists p { margin: 0; font-weight: 600; min-height: 2.5em; }
.gn-lists ol { margin: .3rem 0 0; padding: 0; list-style: none; max-height: 40rem;
  overflow-y: auto; }
.gn-lists li { display: grid; grid-template-columns: 2.1rem 1fr auto; gap: 0 .3rem; margin: 0;
  padding: .28rem .1rem; font-size: .84rem; border-top: 1px solid light-dark(#d5dbe3, #36404d); }
.gn-lists li > span:first-child { font-variant-numeric: tabular-nums;
  color: light-dark(#565d69, #aab2c0); }
.gn-lists .name { overflow-wrap: anywhere; }
.gn-lists .facts { grid-column: 2 / -1; font-size: .74rem; color: light-dark(#565d69, #aab2c0);
  overflow-wrap: anywhere; }
.gn-lists .marks { display: flex; flex-direction: column; align-items: end; gap: .15rem; }
.gn-lists .mark { font-size: .72rem; border-radius: .5rem; padding: .05rem .4rem; height: 1.2rem;
  white-space: nowrap; margin-left: .15rem; background: light-dark(#e7ecf3, #2a3441);
  color: light-dark(#2c3644, #d5dce6); }
.gn-lists .mark.hit { background: light-dark(#17478f, #7db2ff); color: light-dark(#fff, #10161e); }
.gn-lists .mark.moved { background: light-dark(#fbe6cf, #59340c);
  color: light-dark(#6b3a05, #ffd9ae); }
</style>"""


@dataclass(frozen=True)
class Mark:
    """A word at a row's end; its kind is "", "hit" or "moved"."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One product: what stands before it, its name, what else is known, its marks."""

    place: str
    name: str
    facts: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Column:
    """A list under its title; `empty` stands there where it has no rows."""

    title: str
    rows: Sequence[Row]
    empty: str = "Nothing to list."


def listing(columns: Sequence[Column]) -> None:
    """All columns in one row."""
    st.html(f'{STYLE}<div class="gn-lists">{"".join(map(column, columns))}</div>')


def column(one: Column) -> str:
    rows = "".join(map(row, one.rows)) or f"<li><span></span>{escape(one.empty)}</li>"
    title = escape(one.title)
    # A list that scrolls must be reached by key.
    return f'<div><p>{title}</p><ol tabindex="0" aria-label="{title}">{rows}</ol></div>'


def row(one: Row) -> str:
    marks = "".join(f'<span class="mark {m.kind}">{escape(m.text)}</span>' for m in one.marks)
    facts = f'<span class="facts">{escape(one.facts)}</span>' if one.facts else ""
    return (
        f'<li><span>{escape(one.place)}</span><span class="name">{escape(one.name)}</span>'
        f'<span class="marks">{marks}</span>{facts}</li>'
    )
