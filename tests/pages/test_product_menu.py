"""A click on the map of products, as Streamlit tells it."""

from pages.ui.shop.products import clicked


def test_a_click_on_a_dot_is_its_product():
    assert clicked({"selection": {"points": [{"customdata": [7, 40]}]}}) == 7


def test_nothing_or_the_ring_is_no_product():
    for event in (None, {"selection": {"points": []}}, {"selection": {"points": [{"x": 1}]}}):
        assert clicked(event) is None
