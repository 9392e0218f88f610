"""Contour lines of a landscape: where they run, and at which heights."""

import math

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.stage.test_modules import call

pytestmark = pytest.mark.browser


def test_the_contours_of_a_bowl_are_circles(page: Page) -> None:
    side, middle = 31, 15
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    heights = ((x - middle) ** 2 + (y - middle) ** 2).ravel().tolist()
    pieces = call(page, "contours", "m.contour(a[0], a[1], a[2])", heights, side, 99.5)
    ends = np.array(pieces).reshape(-1, 2)
    np.testing.assert_allclose(np.hypot(*(ends - middle).T), 99.5**0.5, atol=0.02)
    length = sum(math.dist(piece[:2], piece[2:]) for piece in pieces)
    assert length == pytest.approx(2 * math.pi * 99.5**0.5, rel=0.01)
    # A closed line: every end is met by another piece.
    assert all(np.count_nonzero(np.all(np.isclose(ends, end), axis=1)) == 2 for end in ends)


@pytest.mark.parametrize(
    ("middle", "pieces"),
    [
        (0.4, [[0.4, 0, 0, 0.4], [1, 0.6, 0.6, 1]]),
        (0.6, [[0.6, 0, 1, 0.4], [0.4, 1, 0, 0.6]]),
    ],
)
def test_a_saddle_is_joined_by_the_height_of_its_middle(
    page: Page, middle: float, pieces: list[list[float]]
) -> None:
    # Corners 1, 0, 1, 0 around a middle of 0.5: the level lies above or below it.
    found = call(page, "contours", "m.contour(a[0], 2, a[1])", [1, 0, 0, 1], 1 - middle)
    assert np.allclose(found, pieces)


def test_what_is_no_number_has_no_contour(page: Page) -> None:
    call_it = "m.contour([0, 1, 2, NaN], 2, 0.5).length"
    assert call(page, "contours", call_it) == 0


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (0.12, 0.98, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        (0.03, 1.2, [0.05, 0.1, 0.2, 0.5, 1]),
        (1e-4, 30, [0.001, 0.01, 0.1, 1, 10]),
        (2, 2, []),
    ],
)
def test_levels_are_round_numbers_of_the_heights_there_are(
    page: Page, low: float, high: float, levels: list[float]
) -> None:
    assert call(page, "contours", "m.scaleOf(a[0]).levels", [low, high, low]) == levels


def test_a_shade_goes_from_the_lowest_to_the_highest(page: Page) -> None:
    shown = "[0.01, 0.1, 1].map(m.scaleOf([0.01, 1]).shade)"
    assert call(page, "contours", shown) == pytest.approx([0, 0.5, 1])
