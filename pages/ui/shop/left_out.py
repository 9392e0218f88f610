"""What is no goods: each line with its reason, and the choice of what is left out of the lists."""

from typing import Any

import pandas as pd
import streamlit as st

from nn_core.recommender.data.builtin import BUILTIN
from nn_core.recommender.data.exclude import Exclude
from nn_core.recommender.data.offered import OFFERED, named
from pages.figures.left_out import left_out as drawn
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.columns import Ready
from pages.ui.shop.plain import plain


def left_out(ready: Ready) -> None:
    """A picture and a table of the lines; below them the choice, but for the built-in year."""
    lines: list[dict[str, Any]] = ready.report["audit"].get("no_goods", [])
    own = ready.source.path != BUILTIN
    if not lines and not own:
        return
    st.markdown("**Left out of the lists**")
    st.markdown(section("report", "Left out of the lists" if lines else "Nothing left out"))
    if lines:
        chart(drawn(lines), "Left out")
        with st.popover("How is this found?", key="counted/Left out"):
            st.markdown(section("report", "How no goods are found"))
        table(lines)
    if own:
        choice(ready, lines)


def table(lines: list[dict[str, Any]]) -> None:
    rows = [
        {
            "Product": line["product"],
            "Name": line["name"],
            "Why": line["reason"],
            "Rows": line["rows"],
            "Revenue": line["money"],
        }
        for line in lines
    ]
    known = pd.DataFrame(rows).dropna(axis="columns", how="all")
    st.dataframe(
        known,
        hide_index=True,
        column_config={"Revenue": st.column_config.NumberColumn(format="localized")},
        alt="Products that are left out, each with its reason",
    )


def choice(ready: Ready, lines: list[dict[str, Any]]) -> None:
    """A form, because each change reads the file anew; what was found is chosen already."""
    asked = ready.choices.exclude
    names = {one: name for one, name in ready.report.get("products", ())}
    names |= {line["product"]: line["name"] for line in lines}
    chosen = [line["product"] for line in lines]
    options = list(dict.fromkeys([*chosen, *asked.keep, *names]))
    key = f"{ready.folder.name}/left out"
    with st.form(f"form {key}", border=False):
        selected: list[str] = st.multiselect(
            "Left out of the lists",
            options,
            default=chosen,
            format_func=lambda one: plain_label(one, names),
            accept_new_options=True,
            key=key,
            placeholder="Choose a product, or type its name or id",
            help=section("report", "Choosing what is left out").format(offered=f"{OFFERED:,}"),
        )
        pressed = st.form_submit_button("Read again with this choice", icon=":material/refresh:")
    for text in st.session_state.pop("left out/unknown", ()):
        st.warning(f"No product has the id or the name {plain(text)}.")
    if pressed:
        known = [one for one in selected if one in options]
        more, missing = named(
            [one for one in selected if one not in options], ready.folder / "shop"
        )
        likely = [line["product"] for line in lines if line["product"] not in asked.also]
        leave(ready, asked.changed([*likely, *asked.keep], [*known, *more]), missing)


def leave(ready: Ready, exclude: Exclude, missing: list[str]) -> None:
    ready.source.leave_out(exclude)
    st.session_state["left out/unknown"] = missing
    st.rerun()


def plain_label(product: str, names: dict[str, str]) -> str:
    """In a menu nothing is Markdown: the name as it is, with the id."""
    name = names.get(product, "")
    return f"{name} ({product})" if name and name != product else product
