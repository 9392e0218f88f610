"""The lessons keep up with the engine."""

from nn_core.layers import LAYERS
from nn_core.recommender.models import MODELS
from pages.ui.content import sections


def test_every_layer_has_its_section_and_no_section_is_left_over() -> None:
    assert sorted(sections("layers")) == sorted(LAYERS.names())


def test_every_model_says_how_it_works_in_a_few_sentences() -> None:
    said = sections("models")
    assert set(MODELS) <= set(said)
    for name, text in said.items():
        assert 3 <= text.count(". ") + text.count(".\n") + text.rstrip().endswith(".") <= 5, name
