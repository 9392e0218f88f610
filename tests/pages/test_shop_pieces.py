"""Small pieces of the shop page: text that stays text, numbers as people type them."""

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.recommender.models import MODELS
from pages.ui.shop.asking import brief
from pages.ui.shop.following import duration, epochs_of
from pages.ui.shop.network_options import units_of
from pages.ui.shop.plain import fault, plain


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert\(1\)\</script\>"),
        ("**bold** :red[x] $a$", r"\*\*bold\*\* \:red\[x\] \$a\$"),
        ("# two\nlines", r"\# two lines"),
        ("Grüner Tee, 3", "Grüner Tee, 3"),
    ],
)
def test_signs_of_markdown_are_escaped(text: str, escaped: str):
    assert plain(text) == escaped


def test_a_fault_on_the_page_names_no_option_of_the_command_line():
    said = "Choose another question (--task), or hold something else out (--split)."
    assert fault(said) == r"Choose another question, or hold something else out\."
    assert fault("[tea] (5 g)") == plain("[tea] (5 g)")


@pytest.mark.parametrize(
    ("text", "units"), [("64, 32", (64, 32)), ("8", (8,)), ("", ()), ("64; -2", (0, 0))]
)
def test_units(text: str, units: tuple[int, ...]):
    assert units_of(text) == units


def test_a_model_has_a_brief_name():
    assert brief("Linear model of all products (EASE)") == "EASE"
    assert brief("Best sellers") == "Best sellers"


def test_time_left_is_readable():
    assert (duration(8.4), duration(75)) == ("8 s", "1 min 15 s")


def test_curves_are_of_the_fit_that_is_judged():
    said = [
        {"event": "split"},
        {"event": "fit", "model": "course", "epoch": 1, "loss": 5.0, "batch": 3},
        {"event": "fit", "model": "course", "epoch": 1, "loss": 4.0, "ndcg@10": 0.2},
        {"event": "fit", "model": "gru", "epoch": 1, "loss": 6.0},
        {"event": "fit", "model": "course", "epoch": 1, "loss": 3.0, "stage": 1},
    ]
    found = {label: [row["loss"] for row in rows] for label, rows in epochs_of(said).items()}
    assert found == {MODELS["course"].label: [4.0], MODELS["gru"].label: [6.0]}


def choose_columns() -> None:
    import streamlit as st

    from pages.ui.shop.group_columns import group_columns

    st.text(group_columns(("town", "age", "tariff", "size")))
    st.text(group_columns(()))


def test_columns_that_make_groups_are_chosen_from_those_that_can():
    app = AppTest.from_function(choose_columns).run()
    assert app.multiselect[0].value == ["town", "age", "tariff"]
    assert [one.value for one in app.text] == ["None", "None"]  # the usual ones; nothing to choose
    app.multiselect[0].set_value(["size"]).run()
    assert app.text[0].value == "['size']"
    app.multiselect[0].set_value([]).run()
    assert app.text[0].value == "[]"
