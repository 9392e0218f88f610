"""Small pieces of the shop page: text that stays text, numbers as people type them."""

import pytest

from nn_core.recommender.models import MODELS
from pages.ui.shop.asking import brief
from pages.ui.shop.following import duration, epochs_of
from pages.ui.shop.network_options import units_of
from pages.ui.shop.plain import plain


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
