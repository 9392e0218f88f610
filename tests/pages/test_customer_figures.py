"""Figures of the Customers tab: the numbers they are given, in colours, marks and words."""

from typing import Any

import numpy as np

from nn_core.recommender.customer.desk import Moment
from nn_core.recommender.customer.explain import Explanation, Reason
from nn_core.recommender.customer.levers import Levers
from nn_core.recommender.customer.trade_off import Point
from pages.figures import customer, product_map
from pages.figures.shop import BLUE, ORANGE
from pages.ui.shop.listing import Column, Mark, Row, column
from pages.ui.shop.why import formula

REASONS = (Reason(4, 0.5, 3), Reason(7, -0.125, 1))
EXACT = Explanation(1, 0.625, 1, True, REASONS, 0.25, 9)
LEFT_OUT = Explanation(1, 0.625, 1, False, REASONS, 0.0, 9)
NASTY = "<b>Tea & co</b>"


def alt(figure: Any) -> str:
    return figure.layout.meta["alt"]


def test_reasons_are_coloured_by_sign_and_end_with_the_others():
    figure: Any = customer.reasons(EXACT, [NASTY, "Cup"])
    (bars,) = figure.data
    assert list(bars.x) == [0.5, -0.125, 0.25]
    assert list(bars.marker.color) == [BLUE, ORANGE, BLUE]
    assert bars.customdata[0] == "&lt;b&gt;Tea &amp; co&lt;/b&gt;"
    assert "the other 9 +0.25" in alt(figure)


def test_a_timeline_has_a_row_a_kind_and_a_dot_a_day():
    found = [Moment(0, "tea", (1, 0)), Moment(0, NASTY, (2,)), Moment(31, "tea", (0,))]
    figure: Any = customer.timeline(found, ["Green", NASTY, "Cup"])
    (dots,) = figure.data
    assert list(dots.x) == ["1970-01-01", "1970-01-01", "1970-02-01"]
    assert list(dots.y) == [0, 1, 0]
    assert dots.text[0] == "&lt;b&gt;Tea &amp; co&lt;/b&gt;<br>Green"
    assert dots.marker.size[0] > dots.marker.size[2]
    assert figure.layout.yaxis.ticktext[0] == "tea (3)"
    assert "on 2 days" in alt(figure)


def test_products_without_a_category_are_called_so_beside_those_that_have_one():
    mixed = [Moment(0, "", (0,)), Moment(1, "tea", (1, 2))]
    for found, said in ((mixed, ("tea (2)", "without a category (1)")), (mixed[:1], ("all (1)",))):
        figure: Any = customer.timeline(found, ["a", "b", "c"])
        assert figure.layout.yaxis.ticktext == said


def test_kinds_beyond_a_windows_height_are_one_row_the_last():
    each = [Moment(n % 3, f"kind {n}", tuple(range(40 - n))) for n in range(30)]
    figure: Any = customer.timeline(each, [f"product {n}" for n in range(40)])
    rows = figure.layout.yaxis.ticktext
    assert len(rows) == customer.KINDS
    assert rows[0] == "kind 0 (40)"
    assert rows[-1] == f"19 other kinds ({sum(40 - n for n in range(11, 30))})"
    assert list(figure.data[0].y).count(11) == 3  # a dot a day, not one for each kind


def test_what_is_no_sum_has_no_others():
    figure: Any = customer.reasons(LEFT_OUT, ["Tea", "Cup"])
    assert list(figure.data[0].x) == [0.5, -0.125]


def test_the_formula_adds_up():
    assert formula(EXACT) == "score 0.625 = 0.5 - 0.125 + 0.25 (the other 9)"
    assert formula(LEFT_OUT).startswith(
        "With everything the score is 0.625, without the first product 0.125"
    )


def point(weight: float, ndcg: float, money: float) -> Point:
    return Point(Levers(price=weight), ndcg, money, None, 0.5)


def test_a_lever_shows_its_curve_and_where_it_stands():
    points = [point(0, 0.2, 10), point(1, 0.1, 30)]
    figure: Any = customer.trade_off(points, point(0.5, 0.15, 20), "price", 10)
    curve, now = figure.data
    assert (list(curve.x), list(curve.y)) == ([0.2, 0.1], [10, 30])
    assert (list(now.x), list(now.y)) == ([0.15], [20])
    assert "from 0.200 to 0.100" in alt(figure)


def places(categories: list[str]) -> product_map.Places:
    points = np.array([[0, 0], [1, 1], [2, 0]], np.float32)
    return product_map.Places(points, ["A", NASTY, "C"], categories, np.array([9, 1, 4]))


def test_a_map_has_a_colour_and_a_shape_for_each_category():
    figure: Any = product_map.product_map(places(["tea", "", "cup"]), 0, [2])
    groups = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    assert set(groups) == {"tea", "cup", "without a category", "chosen"}
    assert groups["tea"].marker.symbol != groups["cup"].marker.symbol
    assert groups["without a category"].text[0] == "&lt;b&gt;Tea &amp; co&lt;/b&gt;"
    lines = next(trace for trace in figure.data if trace.mode == "lines")
    assert list(lines.x)[:2] == [0, 2]
    assert "Map of 3 products" in alt(figure)


def test_a_product_beyond_the_map_has_no_ring():
    figure: Any = product_map.product_map(places(["tea", "", "cup"]), 3, [0])
    assert "chosen" not in {trace.name for trace in figure.data}
    assert "The chosen one is not drawn; its nearest" in alt(figure)


def test_without_categories_all_dots_are_products():
    figure: Any = product_map.product_map(places(["", "", ""]), 1, [])
    assert [trace.name for trace in figure.data if trace.showlegend is None] == [
        "products",
        "chosen",
    ]


def test_lists_are_text_and_reached_by_key():
    written = column(Column(NASTY, [Row("1", NASTY, NASTY, (Mark(NASTY, "hit"),))]))
    assert "<b>" not in written
    assert written.count("&lt;b&gt;Tea &amp; co&lt;/b&gt;") == 5
    assert 'tabindex="0"' in written
    assert "Nothing to list." in column(Column("x", []))


def test_every_category_that_has_a_colour_has_it_alone_and_the_rest_is_counted():
    kinds = len(product_map.KINDS)
    assert len({colour for colour, _ in product_map.KINDS}) == kinds > 10
    assert len({symbol for _, symbol in product_map.KINDS}) == kinds
    for more, rest in ((0, []), (1, [f"c{kinds}"]), (3, ["3 other categories"])):
        categories = [f"c{n}" for n in range(kinds + more)]
        points, buyers = (
            np.zeros((len(categories), 2), np.float32),
            np.arange(len(categories), 0, -1),
        )
        shown = product_map.Places(points, categories, categories, buyers)
        figure: Any = product_map.product_map(shown, 0, [])
        named = [trace.name for trace in figure.data if trace.showlegend is not False]
        assert named == [*rest, *categories[:kinds], "chosen"]
