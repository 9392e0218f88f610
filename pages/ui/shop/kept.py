"""What the pages keep of runs in memory, between two looks at them."""

from pages.ui.shop.asking import menu
from pages.ui.shop.products import drawing
from pages.ui.shop.steering import bench, curve, worth


def let_go() -> None:
    """All of it goes where somebody is forgotten or a run is deleted; what is left is made anew."""
    for kept in (menu, drawing, worth, bench, curve):
        kept.clear()
