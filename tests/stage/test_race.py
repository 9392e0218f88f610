"""The pure parts of a race: its steps, its figure, its sentence and its file."""

import csv
import io
import math
import xml.etree.ElementTree as ElementTree
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
    assert "cross-entropy (higher ones are cut off)" in texts


def test_the_file_has_every_row_in_full_and_no_formula(page: Page) -> None:
    runs = [
        {"name": "sgd", "rows": [row(0, 0.1 + 0.2, 1e-17), row(1, math.nan, 2)]},
        {"name": '=1+1,"x"', "rows": [row(0, -1.5, 3)]},
    ]
    text = call(page, "racesave", "m.csvOf(a[0])", runs)
    head, *lines = csv.reader(io.StringIO(text, newline=""))
    assert head == [
        "run",
        "step",
        "epoch",
        "train loss",
        "test loss",
        "train metric",
        "test metric",
    ]
    assert [line[0] for line in lines] == ["sgd", "sgd", '\'=1+1,"x"']
    assert [float(v) for v in lines[0][1:]] == [0, 0, 0.1 + 0.2, 1e-17, 0.5, 0.5]
    assert lines[1][3] == ""
    assert float(lines[2][3]) == -1.5


@pytest.mark.parametrize(
    ("tick", "by", "each", "expected"),
    [
        (7, "updates", [250, 25], [7, 7]),
        (0, "epochs", [250, 25, 2], [0, 0, 0]),
        (25, "epochs", [250, 25, 2], [25, 2, 0]),
        (125, "epochs", [250, 25, 2], [125, 12, 1]),
        (500, "epochs", [250, 25, 2], [500, 50, 4]),
    ],
)
def test_all_runs_owe_the_same(
    page: Page, tick: int, by: str, each: list[int], expected: list[int]
) -> None:
    assert call(page, "raceclock", "m.targets(...a)", tick, by, each) == expected


def test_an_epoch_ends_where_the_most_updates_do(page: Page) -> None:
    ends = call(page, "raceclock", "a[0].map((tick) => m.epochEnd(tick, [25, 4]))", [0, 24, 25, 26])
    assert ends == [25, 25, 50, 50]


ABOUT = {"by": "updates", "metric": "accuracy", "tests": 200, "seed": 3}


def said(page: Page, *standings: dict[str, Any], **about: Any) -> str:
    return call(page, "racewords", "m.verdict(a[0], a[1])", standings, ABOUT | about)


def standing(
    name: str, wanted: dict[str, float] | None, stopped: str | None = None
) -> dict[str, Any]:
    return {"name": name, "row": wanted, "stopped": stopped}


def test_the_sentence_says_who_is_ahead_at_what_and_by_how_much(page: Page) -> None:
    ahead = standing("Adam", row(40, 0.1, 0.25, wins=0.905))
    behind = standing("SGD", row(40, 0.3, 0.5, wins=0.8))
    assert said(page, behind, ahead) == (
        "After 40 updates: Adam has the lowest test loss, 0.250; SGD has 0.500 (0.25 more). "
        "Of 200 test samples, Adam has 181 right and SGD 160. "
        "All of this is seed 3 alone: another one can turn it round."
    )
    by_epochs = said(page, behind, ahead, by="epochs", metric="R²")
    assert by_epochs.startswith("After 4 epochs:")
    assert "The best test R² is 0.905, of Adam; SGD has 0.800." in by_epochs


def test_the_sentence_names_no_winner_where_there_is_none(page: Page) -> None:
    one, other = (standing(name, row(0, 0.7, 0.7001)) for name in ("SGD", "Adam"))
    text = said(page, one, other)
    assert text.startswith(
        "At the start: SGD and Adam have the same lowest test loss, 0.700, so none is ahead. "
        "Of 200 test samples, SGD and Adam each have 100 right."
    )


def test_level_metrics_are_called_level(page: Page) -> None:
    one, other = (standing(n, row(5, 0.7, loss)) for n, loss in (("a", 0.5), ("b", 0.6)))
    assert "The best test R² is 0.500, of a and b alike." in said(page, one, other, metric="R²")


def test_a_number_in_a_sentence_says_of_what_it_is(page: Page) -> None:
    spoken = "[m.spoken('10', 'batch size'), m.spoken('Adam', 'optimizer')]"
    assert call(page, "racewords", spoken) == ["batch size 10", "Adam"]


def test_a_run_that_stopped_is_said_and_wins_nothing(page: Page) -> None:
    lost = standing("rate 10", row(5, 0.1, 0.01), "The loss is no longer a number.")
    text = said(page, lost, standing("rate 1", row(9, 0.5, 0.6)))
    assert "rate 1 has a test loss of 0.600." in text
    assert "Stopped, out of all bounds: rate 10." in text
    assert "The runs are being prepared." in said(page, standing("a", None), standing("b", None))


def test_seeds_are_counted_and_ties_are_nobodys(page: Page) -> None:
    seeds = [
        {"seed": 1, "rows": [row(9, 1, 0.2), row(9, 1, 0.4)]},
        {"seed": 2, "rows": [row(9, 1, 0.3), row(9, 1, 0.3)]},
        {"seed": 3, "rows": [row(9, 1, 0.3), row(9, 1, 0.1)]},
        {"seed": 4, "rows": [None, row(9, 1, 0.1)]},
    ]
    assert call(page, "racewords", "m.tally(a[0], a[1])", seeds, ["a", "b"]) == [1, 2]


@pytest.mark.parametrize(
    ("cell", "gates", "gradients"),
    [
        ("SimpleRNN", [], [("dz", 0)]),
        ("LSTM", ["i", "f", "g", "o"], [("dz", 0), ("dz", 1), ("dz", 2), ("dz", 3)]),
        ("GRU", ["z", "r", "g"], [("dm", 0), ("dm", 1), ("dm", 2)]),
    ],
)
def test_the_strips_of_a_cell_are_its_gates(
    page: Page, cell: str, gates: list[str], gradients: list[tuple[str, int]]
) -> None:
    shown = {
        show: call(page, "racecells", "m.bandsOf(...a)", cell, show)
        for show in ("h", "dh", "gates", "dgates")
    }
    assert [band["part"] for band in shown["h"]] == ["h"]
    assert [band["part"] for band in shown["dh"]] == ["dh"]
    assert [band["label"] for band in shown["gates"]] == gates
    assert [band["part"] for band in shown["gates"]] == gates
    assert [(band["part"], band["gate"]) for band in shown["dgates"]] == gradients
