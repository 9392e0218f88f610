"""Lists of products beside each other. All text of files is escaped: it is text, never markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from pages.ui.shop.parts import part

STYLE = f"<style>{part('lists.css')}</style>"


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
