"""A click on the map of products, as Streamlit tells it."""

import pytest

from pages.ui.shop.products import clicked, short


def test_a_click_on_a_dot_is_its_product():
    assert clicked({"selection": {"points": [{"customdata": [7, 40]}]}}) == 7


def test_nothing_or_the_ring_is_no_product():
    for event in (None, {"selection": {"points": []}}, {"selection": {"points": [{"x": 1}]}}):
        assert clicked(event) is None


@pytest.mark.parametrize(
    ("value", "text"), [(0.0612, ".061"), (1.0, "1.0"), (12.3, "12"), (281.4, "281")]
)
def test_a_likeness_fits_before_a_name(value: float, text: str):
    assert short(value) == text
