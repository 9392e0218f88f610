"""The figure of a race: an SVG in which all runs have one scale, and each its colour and shape."""

import math
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.stage.test_modules import call

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def row(
    step: int, loss: float, test: float, metric: float = 0.5, wins: float = 0.5
) -> dict[str, float]:
    return {"step": step, "epoch": step / 10, "loss": loss, "testLoss": test,
            "metric": metric, "testMetric": wins}  # fmt: skip


CURVES: list[dict[str, Any]] = [
    {"name": "SGD", "rows": [row(s, 0.8 - s / 100, 0.9 - s / 200) for s in range(0, 41, 2)]},
    {"name": "<Adam>", "rows": [row(s, 0.8 - s / 60, 0.9 - s / 90, 0.9, 0.8) for s in range(41)]},
]


def figure(page: Page, **changes: Any) -> ElementTree.Element:
    """What a parser other than the browser's makes of it."""
    asked = {
        "width": 900,
        "height": 240,
        "theme": "light",
        "title": "SGD & <Adam>",
        "raced": "optimizer",
    }
    asked |= {"by": "updates", "loss": "cross-entropy", "metric": "accuracy", "curves": CURVES}
    return ElementTree.fromstring(call(page, "racefigure", "m.figureSvg(a[0])", asked | changes))  # noqa: S314  our own


def points(svg: ElementTree.Element, run: int, which: str) -> list[list[tuple[float, float]]]:
    """The points of a run's curves: in the plot of the loss, and in that of the metric."""
    groups = [g for g in svg.iter(f"{SVG}g") if g.get("data-run") == str(run)]
    found = [p for g in groups for p in g if p.get("data-set") == which]
    parts = [str(p.get("d")).replace("M", "").split("L") for p in found]
    return [[(float(x), float(y)) for x, y in (point.split() for point in p)] for p in parts]


def test_a_figure_is_an_svg_with_a_line_a_run_and_set(page: Page) -> None:
    svg = figure(page)
    assert svg.tag == f"{SVG}svg"
    assert [text.text for text in svg.iter(f"{SVG}title")] == ["SGD & <Adam>"]
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert {
        "optimizer:",
        "SGD",
        "<Adam>",
        "train",
        "test",
        "cross-entropy",
        "accuracy",
        "40 updates",
    } <= {*texts}
    dashed = {p.get("data-set"): p.get("stroke-dasharray") for p in svg.iter(f"{SVG}path")}
    assert dashed["train"] is None
    assert dashed["test"]
    for run, curve in enumerate(CURVES):
        for which in ("train", "test"):
            assert [len(line) for line in points(svg, run, which)] == [len(curve["rows"])] * 2


def test_all_runs_have_one_scale(page: Page) -> None:
    svg = figure(page)
    pairs: list[tuple[float, float]] = []
    for run, curve in enumerate(CURVES):
        for which, part in (("train", "loss"), ("test", "testLoss")):
            drawn = points(svg, run, which)[0]
            pairs += [(r[part], y) for r, (_, y) in zip(curve["rows"], drawn, strict=True)]
    (v0, y0), (v1, y1) = min(pairs), max(pairs)
    for value, y in pairs:
        assert y == pytest.approx(y0 + (value - v0) * (y1 - y0) / (v1 - v0), abs=0.11)
    for run, curve in enumerate(CURVES):
        xs = [x for x, _ in points(svg, run, "train")[0]]
        ends = xs[0] + (xs[-1] - xs[0]) * curve["rows"][1]["step"] / 40
        assert xs[1] == pytest.approx(ends, abs=0.11)


def test_runs_have_colours_and_shapes_of_their_own(page: Page) -> None:
    marks = call(page, "racefigure", "[0, 1, 2, 3].map((run) => m.mark(run, 0, 0, 5))")
    assert len(set(marks)) == 4
    papers = {"light": "[255, 255, 255]", "dark": "[14, 17, 23]"}
    for theme, paper in papers.items():
        contrasts = call(
            page,
            "colours",
            f"""await (async () => {{
              const {{ INKS }} = await import('/racefigure.js');
              const back = m.luminance({paper});
              return INKS.{theme}.map((ink) => {{
                const l = m.luminance(ink.match(/[0-9a-f]{{2}}/g).map((h) => parseInt(h, 16)));
                return (Math.max(l, back) + 0.05) / (Math.min(l, back) + 0.05);
              }});
            }})()""",
        )
        assert len(contrasts) == 4
        assert min(contrasts) >= 4.5


@pytest.mark.parametrize("width", [420, 916])
def test_four_long_names_are_not_written_over_each_other(page: Page, width: int) -> None:
    names = ["truncated_normal", "glorot_uniform", "random_uniform", "lecun_uniform"]
    curves = [{"name": name, "rows": CURVES[0]["rows"]} for name in names]
    asked = {"width": width, "height": 240, "theme": "light", "title": "", "raced": "initializer"}
    asked |= {"by": "updates", "loss": "mse", "metric": "R²", "curves": curves}
    boxes = call(
        page,
        "racefigure",
        """(() => {
          document.body.innerHTML = m.figureSvg(a[0]);
          const wanted = [...a[1], 'initializer:', 'train', 'test'];
          const legend = [...document.querySelectorAll('text')]
            .filter((t) => wanted.includes(t.textContent));
          const found = legend.map((t) => t.getBoundingClientRect()).map((b) => [b.left, b.right]);
          document.body.innerHTML = '';
          return found;
        })()""",
        asked,
        names,
    )
    assert len(boxes) == 7
    for (_, right), (left, _) in pairwise(boxes):
        assert right < left


def test_a_run_that_flies_off_does_not_flatten_the_others(page: Page) -> None:
    wild = {"name": "wild", "rows": [row(0, 0.8, 0.9), row(20, 1e9, 1e9), row(40, math.inf, 2)]}
    top, cut = call(page, "racefigure", "Object.values(m.topOf(a[0]))", [*CURVES, wild])
    assert cut
    assert 0.9 < top < 3
    assert call(page, "racefigure", "Object.values(m.topOf(a[0]))", CURVES) == [
        pytest.approx(0.9 * 1.04),
        False,
    ]
    texts = [t.text for t in figure(page, curves=[*CURVES, wild]).iter(f"{SVG}text")]
    assert {"cross-entropy (higher ones are cut off)", "accuracy"} <= {*texts}
    sunk = {"name": "sunk", "rows": [row(0, 0.8, 0.9, -3, -0.2), row(40, 0.8, 0.9)]}
    texts = [t.text for t in figure(page, curves=[*CURVES, sunk], metric="R²").iter(f"{SVG}text")]
    assert {"cross-entropy", "R² (lower ones are cut off)"} <= {*texts}
