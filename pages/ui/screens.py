"""Pictures of the pages, as they look in the theme that is on."""

from pathlib import Path

import streamlit as st

SCREENS = Path(__file__).parents[2] / "assets" / "screens"


ALTS = {
    "lab": "The lab: a network of neurons and weighted edges, its decision map and its loss curves",
    "shop": "The shop: a table of recommenders side by side, each with its score",
}


def picture(name: str) -> None:
    """assets/screens/NAME-light.png or -dark.png."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.image(SCREENS / f"{name}-{theme}.png", width=430, alt=ALTS[name])
