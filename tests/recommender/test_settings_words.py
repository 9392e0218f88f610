"""Every option of every model is said in words, with its value."""

from dataclasses import asdict, fields

import pytest

from nn_core.recommender.models import MODELS
from nn_core.recommender.settings_words import NONE, SAID, TOGETHER, USUAL, changed, raw, worded


@pytest.mark.parametrize("name", MODELS)
def test_every_option_has_words(name: str):
    known = SAID.keys() | TOGETHER.keys()
    assert {field.name for field in fields(MODELS[name])} <= known
    options = asdict(MODELS[name]())
    assert {option for option, value in options.items() if value is None} <= NONE.keys()
    said = worded(name, options)
    assert said[:1].strip()
    assert "_" not in said
    assert "None" not in said


@pytest.mark.parametrize("name", MODELS)
def test_every_trial_of_a_model_reads_otherwise(name: str):
    ways = MODELS[name].trials()
    assert len({worded(name, way) for way in ways}) == len(ways)


def test_numbers_carry_their_units():
    assert worded("repeats", {"half_life": 60.0}) == "a purchase of 60 days ago counts half"
    assert "64 and 32 units" in worded("course", {"hidden": (64, 32)})
    assert "30% of the customers" in worded("course", {"validation": 0.3})
    assert worded("course", {"validation": 0.2}) == USUAL  # technical, and as it always is
    assert raw({"half_life": 60.0, "target": "basket"}) == (
        '--set half_life=60.0 --set target="basket"'
    )


def test_a_blend_tells_its_parts_their_weights_and_settings():
    line = {"parts": ["ease", "repeats"], "weights": [0.6, 0.4]}
    assert worded("blend", line) == "0.6 × EASE + 0.4 × own repeats"
    kept = {
        "parts": ["ease", "repeats"],
        "options": {"ease": {}, "repeats": {"half_life": 60.0}},
        "weights": {"discover": [1.0, 0.0]},
    }
    said = worded("blend", kept)
    assert "own repeats: a purchase of 60 days ago counts half" in said
    assert "products new to the customer: 1 × EASE + 0 × own repeats" in said
    assert changed("repeats", {"half_life": 60.0, "timing": 0.0}) == {"half_life": 60.0}
    chosen = {"discover": {"name": "repeats", "options": {"half_life": 60.0}}}
    assert "own repeats (a purchase of 60 days ago counts half)" in worded(
        "auto", {"chosen": chosen}
    )
