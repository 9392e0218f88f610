"""A stack of layers as a form: every change writes the line of text that the form is drawn from."""

from collections.abc import Callable
from dataclasses import Field
from functools import partial
from typing import Any

import streamlit as st

from nn_core.arrays import Shape
from nn_core.layers import Layer
from nn_core.live.drafts import CHOICES, as_text, edited, form, fresh
from nn_core.live.notation import hints, kinds, one_value, one_written, options, written
from nn_core.live.stack import MOST_LAYERS, walked
from nn_core.names import snake

FREE = "Typed as in the line of layers, such as 3, 3x5, 3,12 or lstm(4)."
Stacked = tuple[Layer, ...]


def choose_layers(key: str, hidden: Stacked, shape: Shape) -> None:
    """Draws each layer with its fields and what can be done with it, and the choice of a new one.

    key: of the line of text; shape: of the network's input.
    """
    if note := st.session_state.pop(f"{key}-note", None):
        st.error(note, icon=":material/edit_off:")
    shapes = shapes_of(hidden, shape)
    for at, layer in enumerate(hidden):
        with st.expander(f"{at + 1} · {one_written(layer)}", key=f"{key}-{at}"):
            choose_layer(key, hidden, at, shapes)
    if len(hidden) >= MOST_LAYERS:
        return
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    kind = left.selectbox("New layer", list(kinds()), key=f"{key}-new")
    change = partial(placed, hidden, len(hidden), kind, shapes[-1])
    right.button("Add", key=f"{key}-add", on_click=partial(write, key, change))


def choose_layer(key: str, hidden: Stacked, at: int, shapes: list[Shape]) -> None:
    """One layer: its kind, its fields, and its place. shapes: as `shapes_of` found them."""
    layer, own = hidden[at], f"{key}-{at}"
    if at + 1 < len(shapes):
        st.caption(f"{worded(shapes[at])} → {worded(shapes[at + 1])}")
    st.session_state[f"{own}-kind"] = snake(layer.keras_class)
    below = shapes[min(at, len(shapes) - 1)]

    def other() -> Stacked:
        new = fresh(st.session_state[f"{own}-kind"], below)
        return (*hidden[:at], new, *hidden[at + 1 :])

    st.selectbox("Layer", list(kinds()), key=f"{own}-kind", on_change=partial(write, key, other))
    columns = st.columns(2)
    for place, field in enumerate(form(layer)):
        with columns[place % 2]:
            choose_field(key, hidden, at, field)
    up, down, away = st.columns(3)
    moves = ((up, "↑", "Nearer to the input", -1), (down, "↓", "Nearer to the output", 1))
    for column, text, says, by in moves:
        change = partial(moved, hidden, at, by)
        out = not 0 <= at + by < len(hidden)
        pressed = partial(write, key, change)
        column.button(text, key=f"{own}-{by}", help=says, disabled=out, on_click=pressed)
    gone = partial(moved, hidden, at, 0)
    away.button("✕", key=f"{own}-away", help="Take it away", on_click=partial(write, key, gone))


def choose_field(key: str, hidden: Stacked, at: int, field: Field[Any]) -> None:
    """A field of a layer in the widget that its type asks for."""
    layer, name = hidden[at], field.name
    own = f"{key}-{at}-{snake(layer.keras_class)}-{name}"
    label = name.replace("_", " ").capitalize()
    known, current = options(hints(type(layer))[name]), getattr(layer, name)

    def change() -> Stacked:
        text = one_value(st.session_state[own])
        return (*hidden[:at], edited(layer, name, text), *hidden[at + 1 :])

    pressed = partial(write, key, change)
    if name in CHOICES:
        st.session_state[own] = current
        st.selectbox(label, CHOICES[name], key=own, on_change=pressed)
    elif known == (bool,):
        st.session_state[own] = current
        st.checkbox(label, key=own, on_change=pressed)
    elif known == (int,):
        st.session_state[own] = current
        st.number_input(label, min_value=1, step=1, key=own, on_change=pressed)
    elif known == (float,):
        st.session_state[own] = float(current)
        st.number_input(label, min_value=0.0, step=0.05, key=own, on_change=pressed)
    else:
        st.session_state[own] = as_text(layer, name)
        st.text_input(label, key=own, help=FREE, on_change=pressed)


def write(key: str, change: Callable[[], Stacked]) -> None:
    """Writes the layers that a change makes as the line of text; what it cannot make is said."""
    try:
        st.session_state[key] = written(change())
    except ValueError as error:
        st.session_state[f"{key}-note"] = str(error)


def placed(hidden: Stacked, at: int, kind: str, shape: Shape) -> Stacked:
    """With a new layer of a kind, for inputs of a shape."""
    return (*hidden[:at], fresh(kind, shape), *hidden[at:])


def moved(hidden: Stacked, at: int, by: int) -> Stacked:
    """With a layer moved by so many places; by 0 places it is taken away."""
    rest = [*hidden[:at], *hidden[at + 1 :]]
    if by:
        rest.insert(at + by, hidden[at])
    return tuple(rest)


def shapes_of(hidden: Stacked, shape: Shape) -> list[Shape]:
    """The shapes between the layers, up to the first that does not fit."""
    for count in range(len(hidden), 0, -1):
        try:
            return walked(hidden[:count], shape)
        except ValueError:
            continue
    return [shape]


def worded(shape: Shape) -> str:
    """(N, 8, 8, 1)"""
    return f"(N, {', '.join(map(str, shape))})"
