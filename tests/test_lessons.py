"""The lessons keep up with the engine."""

from nn_core.layers import LAYERS
from pages.ui.content import sections


def test_every_layer_has_its_section_and_no_section_is_left_over() -> None:
    assert sorted(sections("layers")) == sorted(LAYERS.names())
