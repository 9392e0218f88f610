"""The proof that a customer was forgotten: rows, files, models, and the proof as a file."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from nn_core.recommender.forgetting.proof_words import (
    elsewhere_words,
    listed,
    proof_words,
    stays_out_words,
)
from pages.figures.runs import still_known, where_it_stood
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.plain import plain

FILES = {
    "file": "File of the run",
    "how": "Searched",
    "before": "Found before",
    "after": "Found after",
    "sha256": "SHA-256 of the file now",
}
MODELS = {
    "model": "Model",
    "how": "Held against",
    "scores": "Scores compared",
    "before": "Other before",
    "after": "Other now",
}


def shown(proof: dict[str, Any], place: int) -> None:
    """The sums, two pictures (files at the left, models at the right), and what is behind them."""
    sums(proof)
    said = (*elsewhere_words(proof), *stays_out_words(proof))
    st.markdown("\n".join(f"* {plain(sentence)}" for sentence in said))
    left, right = st.columns(2, gap="large")
    held = [one for one in proof["places"] if one["before"]]
    with left:
        if held:
            chart(where_it_stood(held), f"where {place}")
        with st.expander(f"The {len(proof['places'])} files that were looked into"):
            st.markdown(section("leaving", "How files are searched"))
            table(proof["places"], FILES, "Files, and how often the id stood in each")
    with right:
        if found := proof.get("unlearned"):
            of_models(found, place)
    st.download_button(
        "The proof (JSON)",
        json.dumps(proof, indent=1),
        "forgotten.json",
        "application/json",
        on_click="ignore",
        icon=":material/download:",
        key=f"proof {place}",
    )


def sums(proof: dict[str, Any]) -> None:
    rows, found = proof["rows"], proof["found"]
    again = "" if proof.get("made_again") else " The models have not been trained again yet."
    st.success(
        f"{proof['at'][:10]}: {rows['before'] - rows['after']:,} of {rows['before']:,} purchases "
        f"went. The id stood in {found['before']:,} places; it stands in {found['after']:,} now."
        + again,
        icon=":material/verified:",
    )


def of_models(found: dict[str, Any], place: int) -> None:
    """What the models say of others now, beside what they said, held against what they must say."""
    compared = [one for one in found["models"] if one["after"] is not None]
    if compared:
        chart(still_known(compared, [listed([one]) for one in compared]), f"unlearned {place}")
    for sentence in proof_words(found):
        st.markdown(f"* {sentence}")
    with st.expander("How the models are checked"):
        st.markdown(section("leaving", "How models are checked").format(others=found["others"]))
        table(found["models"], MODELS, "Models, and how many scores differ")


def table(rows: list[dict[str, Any]], titles: dict[str, str], alt: str) -> None:
    frame: Any = pd.DataFrame(rows)[list(titles)].astype({"before": "Int64", "after": "Int64"})
    st.dataframe(frame.rename(columns=titles), hide_index=True, alt=alt)
