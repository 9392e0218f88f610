"""What the result shows is what comparison.json tells, of a study of its own."""

import re
from pathlib import Path
from typing import Any, cast

import plotly.graph_objects as go
import pytest

from nn_core.recommender.judge import told
from nn_core.recommender.runs.runs import open_run
from nn_core.recommender.runs.study import Plan, study
from pages.figures import insight as small
from pages.figures import judgement as figures
from tests.recommender.shops import planted

Comparison = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("result")
    study(planted(), Plan({"popularity": {}, "item-knn": {}}, k=5), made)
    return made


@pytest.fixture(scope="module")
def comparison(folder: Path) -> Comparison:
    return open_run(folder).comparison


@pytest.fixture(scope="module")
def insights(folder: Path) -> Comparison:
    found = open_run(folder).insights
    assert found is not None
    return found


def test_the_small_studies_are_drawn_as_they_are_told(insights: Comparison):
    made = {
        "flattery": small.flattery(insights["flattery"], 5),
        "customers": small.growth(insights["customers"], "customers", 5, 0.9),
        "ageing": small.ageing(insights["ageing"], 5),
    }
    for figure in made.values():
        layout: Any = figure.layout
        assert layout.title.text
        assert len(layout.meta["alt"]) > 20
    bars: Any = made["flattery"].data[0]  # pyright: ignore
    assert list(bars.y) == [row["ndcg"] for row in insights["flattery"]["rows"]]
    curve, measured, forecast = cast(Any, made["customers"].data)
    points = insights["customers"]["points"]
    assert list(measured.y) == [point["ndcg"] for point in points]
    found = insights["customers"]["forecast"]
    assert forecast.y[0] == pytest.approx(points[-1]["ndcg"] + found["gain"])
    assert forecast.y[0] + forecast.error_y.array[0] == pytest.approx(found["level"][1])
    assert curve.x[-1] == pytest.approx(forecast.x[0])
    axis: Any = made["customers"].layout
    assert axis.yaxis.range == (0, 0.9)
    assert forecast.x[0] == 2 * points[-1]["amount"]
    lines: Any = made["ageing"].data
    assert [line.line.dash for line in lines] == ["solid", "dash", "dot"]


def test_curves_of_one_fit_share_an_axis_and_an_older_one_has_no_whisker():
    study: dict[str, Any] = {"points": [{"amount": 2, "ndcg": 0.2, "low": 0.1, "high": 0.3}],
             "forecast": {"gain": 0.1, "times": 2, "a": 0.3, "b": 0.1, "c": 1.0}}  # fmt: skip
    newer = study | {"forecast": study["forecast"] | {"level": [0.2, 0.5]}}
    assert small.reach([study, {"left_out": "no dates"}, None]) == pytest.approx(1.08 * 0.3)
    assert small.reach([study, newer]) == pytest.approx(1.08 * 0.5)
    forecast: Any = small.growth(study, "customers", 5, 0.5).data[-1]
    assert (forecast.y[0], forecast.error_y.array[0]) == (pytest.approx(0.3), 0)


def drawn(comparison: Comparison) -> dict[str, go.Figure]:
    against, _, rows = told.difference_rows(comparison, "discover", "simple", "ndcg")
    columns, cells = told.group_rows(comparison, "discover", "ndcg")
    return {
        "of 100": figures.customers_of_100(told.of_100(comparison, "discover"), "a product"),
        "models": figures.models(told.metric_rows(comparison, "discover", "gini"), "Gini@5"),
        "forest": figures.forest(rows, against, "NDCG@5"),
        "groups": figures.groups(cells, columns, "By group"),
    }


def test_every_figure_has_a_title_words_and_no_own_background(comparison: Comparison):
    for figure in drawn(comparison).values():
        layout: Any = figure.layout
        assert layout.title.text
        assert len(layout.meta["alt"]) > 20
        assert layout.paper_bgcolor is None


def test_a_group_of_the_shops_own_is_called_by_its_value_alone():
    """The column stands in the title already."""
    for name, said in (("town: Bath", "Bath"), ("town up to 3", "up to 3"), ("towns", "towns")):
        own = "town" if name != "towns" else None
        assert figures.brief({"name": name, "own": own}) == said


def test_the_yardstick_stands_beside_the_models_of_the_plan(comparison: Comparison):
    table = told.metric_table(comparison, "discover", told.RIGHT)
    assert {row["Model"] for row in table} > {"Best sellers of the last days"}
    values: list[Any] = [row["NDCG"] for row in table]
    assert values == sorted(values, reverse=True)


def test_the_bars_are_the_customers_of_100_of_the_card(comparison: Comparison):
    card = told.verdict_of(comparison, "discover")
    assert card is not None
    bars: Any = drawn(comparison)["of 100"].data[0]  # pyright: ignore
    assert sorted(bars.x) == pytest.approx(sorted([card["of_100"], card["simple_of_100"]]))
    numbers = re.findall(r"(\d+) of 100 customers; .* for (\d+)", card["sentences"][0])
    assert numbers == [(f"{card['of_100']:.0f}", f"{card['simple_of_100']:.0f}")]


def test_the_card_opens_to_the_customers_behind_it(comparison: Comparison):
    card = comparison["verdicts"]["discover"]
    model, simple, hit, ndcg = told.behind(comparison, "discover")
    judged = next(entry for entry in told.everybody(comparison) if entry["model"] == card["model"])
    found = judged["tasks"]["discover"]["metrics"]["hit_rate@5"] * card["customers"]
    assert f": {round(found):,} of {card['customers']:,} customers" in model
    assert f"{card['simple_of_100']:.1f} of 100" in simple
    assert f"{card['difference']['mean'] * 100:+.1f}" in hit
    assert f"{card['ndcg_difference']['low']:+.4f}" in ndcg


def test_every_point_of_the_forest_has_its_line(comparison: Comparison):
    forest: Any = drawn(comparison)["forest"]
    points = [label for part in forest.data for label in part.y]
    assert sorted(points) == sorted(forest.layout.yaxis.categoryarray)
    assert "item kNN" in points


def test_points_of_the_forest_are_differences_of_the_bars(comparison: Comparison):
    against, how, rows = told.difference_rows(comparison, "discover", "winner", "ndcg")
    value = {row["label"]: row["value"] for row in told.metric_rows(comparison, "discover", "ndcg")}
    for row in rows:
        assert row["mean"] == pytest.approx(value[row["label"]] - value[against])
    assert how.startswith(f"{len(rows)} comparisons")


def test_a_group_of_too_few_says_so_in_the_map(comparison: Comparison):
    columns, _ = told.group_rows(comparison, "discover", "ndcg")
    text: Any = drawn(comparison)["groups"].data[0].text  # pyright: ignore
    for place, column in enumerate(columns):
        assert (text[0][place] == figures.TOO_FEW) == (not column["told"])
    assert any(not column["told"] for column in columns)


def test_a_cell_of_the_map_opens_to_its_interval(comparison: Comparison):
    columns, rows = told.group_rows(comparison, "all", "hit_rate")
    texts = [figures.cell_words(row, column) for row in rows for column in columns]
    assert sum("the yardstick itself" in text for text in texts) > 0
    one = next(
        (row["cells"][column["name"]], figures.cell_words(row, column))
        for row in rows
        for column in columns
        if row["cells"].get(column["name"]) and row["cells"][column["name"]]["difference"]
    )
    assert f"({one[0]['low']:.4f} to {one[0]['high']:.4f})" in one[1]


def test_a_run_of_before_still_shows_its_numbers(comparison: Comparison):
    new = ("verdicts", "differences", "segments", "intervals", "yardsticks")
    old = {name: value for name, value in comparison.items() if name not in new}
    assert told.verdict_of(old, "all") is None
    assert told.of_100(old, "all") == []
    assert told.difference_rows(old, "all", "winner", "ndcg")[2] == []
    assert told.group_rows(old, "all", "ndcg") == ([], [])
    assert len(told.metric_rows(old, "all", "ndcg")) == 2


def test_own_repeats_are_drawn_once_where_they_are_the_best_sellers(comparison: Comparison):
    """On discover nothing bought before may be listed; on all purchases they are two lists."""
    shown = {task: [row["label"] for row in told.metric_rows(comparison, task, "ndcg")]
             for task in ("discover", "all")}  # fmt: skip
    own = told.labels(comparison)["repeats"]
    assert own not in shown["discover"]
    assert own in shown["all"]
    assert told.same_words(comparison, "discover")[0].startswith(f"{own}: here the same list as")
    assert told.same_words(comparison, "all") == []
