"""A customer's metrics by hand are the numbers of the tables, and their sums add up."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.judge.kept import kept_future, kept_lists, kept_shelf
from nn_core.recommender.judge.worked_lists import of_one
from nn_core.recommender.matrix import row_sizes
from nn_core.recommender.metrics import METRICS
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan, study
from nn_core.recommender.runs.worked import computed, worked
from pages.figures.worked import places
from tests.recommender.shops import planted


def with_prices() -> Interactions:
    """The planted shop; one product's price is not known."""
    shop = planted()
    prices = np.linspace(1, 9, shop.products)
    prices[3] = np.nan
    return replace(shop, goods=shop.goods.assign(price=prices))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run")
    study(with_prices(), Plan({"item-knn": {}}, k=5, insight_seconds=0), folder / "result")
    return open_run(folder)


def test_the_mean_of_all_customers_by_hand_is_the_number_of_the_table(run: Run):
    judged = run.comparison["models"][0]["tasks"]["all"]
    first = worked(run, "item-knn", "all", 0)
    assert first is not None
    sums = dict.fromkeys(METRICS, 0.0)
    lucky = round(judged["metrics"]["hit_rate@5"] * judged["customers"])
    for turn in range(lucky):  # those without a hit add nothing
        one = worked(run, "item-knn", "all", turn)
        assert one is not None
        for name, value in one.values.items():
            sums[name] += value / judged["customers"]
    for name, mean in sums.items():
        assert mean == pytest.approx(judged["metrics"][f"{name}@5"])
    again = worked(run, "item-knn", "all", lucky)
    assert again == first


def test_the_lines_compute_what_they_say():
    found = computed(list("abcde"), np.array([False, True, False, False, True]), 3)
    for name, line in found.lines.items():
        sum_, _, value = re.sub(r", .*", "", line).partition(" = ")
        computed_by_hand = eval(sum_.replace("log2", "np.log2"), {"np": np})  # noqa: S307
        assert computed_by_hand == pytest.approx(found.values[name], abs=1e-4), name
        assert float(value or "1") == pytest.approx(found.values[name], abs=1e-4), name


LIKE: tuple[str, ...] = ("novelty", "diversity", "tail", "revenue")


def by_pencil(line: str) -> tuple[float, float]:
    """What the sum of a line comes to, and what it says that it comes to."""
    sum_, _, value = re.sub(r", .*", "", re.sub(r"(?<=\d),(?=\d)", "", line)).partition(" = ")
    return eval(sum_.replace("log2", "np.log2"), {"np": np}), float(value)  # noqa: S307


def test_what_lists_are_like_adds_up_to_the_numbers_of_the_table(run: Run):
    """On each question: over all places, over all lists, and as money found of all money."""
    shelf, future = kept_shelf(run.folder), kept_future(run.folder, len(run.catalogue.products))
    assert shelf is not None
    assert shelf.price is not None
    assert future is not None
    for task, judged in run.comparison["models"][0]["tasks"].items():
        lists = kept_lists(run.folder, "item-knn", task)
        assert lists is not None
        rows = np.flatnonzero(row_sizes(future.relevant(task)))
        places, money, sums = (
            0,
            0.0,
            dict.fromkeys(LIKE, 0.0),
        )
        paired = 0
        for row in rows:
            ranked = lists.products[row, :5].astype(np.int64)
            wanted = future.relevant(task)[[row]].indices.astype(np.int64)
            found, there = np.isin(ranked, wanted) & (ranked >= 0), int((ranked >= 0).sum())
            lines = of_one(shelf, ranked, found, wanted, list("abcde"))
            own = float(np.nan_to_num(shelf.price[wanted]).sum())
            weights = {"novelty": there, "tail": there, "diversity": 1, "revenue": own}
            for name, line in lines.items():
                by_hand, written = by_pencil(line)
                assert by_hand == pytest.approx(written, abs=2e-4), (name, line)
                sums[name] += by_hand * weights[name]
            places, money, paired = places + there, money + own, paired + ("diversity" in lines)
        metrics = judged["metrics"]
        assert sums["novelty"] / places == pytest.approx(metrics["novelty@5"], abs=1e-4)
        assert sums["tail"] / places == pytest.approx(metrics["tail@5"])
        assert sums["diversity"] / paired == pytest.approx(metrics["diversity@5"], abs=1e-4)
        assert sums["revenue"] / money == pytest.approx(metrics["revenue@5"], abs=1e-4)


@pytest.mark.parametrize("task", ["discover", "all", "buy-again"])
def test_the_counts_of_all_lists_are_those_of_the_table(run: Run, task: str):
    found = worked(run, "item-knn", task, 0)
    assert found is not None
    assert [*found.like, *found.all_lists] == [
        "novelty", "diversity", "tail", "revenue", "coverage", "customer_coverage", "gini"
    ]  # fmt: skip
    metrics = run.comparison["models"][0]["tasks"][task]["metrics"]
    for name, line in found.all_lists.items():
        by_hand, written = by_pencil(line)
        assert by_hand == pytest.approx(metrics[f"{name}@5"]), line
        assert written == pytest.approx(by_hand, abs=1e-4)


def test_the_most_alike_pair_is_shown_with_its_counts(run: Run):
    found = worked(run, "item-knn", "all", 0)
    assert found is not None
    both, one, other, value = re.findall(
        r": (\d+) bought both, \1 / sqrt\((\d+) \* (\d+)\) = ([\d.]+),", found.like["diversity"]
    )[0]
    assert int(both) / np.sqrt(int(one) * int(other)) == pytest.approx(float(value), abs=1e-4)


def test_a_run_of_before_shows_what_it_can(tmp_path: Path, run: Run):
    shutil.copytree(run.folder, tmp_path / "result")
    for file in (tmp_path / "result" / "judged").glob("shelf_*"):
        file.unlink()
    found = worked(open_run(tmp_path), "item-knn", "all", 0)
    assert found is not None
    assert found.like == {}
    assert found.all_lists


def test_a_run_without_kept_lists_has_no_example(tmp_path: Path):
    study(planted(), Plan({"popularity": {}}, k=5, insight_seconds=0), tmp_path / "result")
    for file in (tmp_path / "result" / "judged").iterdir():
        file.unlink()
    (tmp_path / "result" / "judged").rmdir()
    assert worked(open_run(tmp_path), "popularity", "all", 0) is None


def test_the_picture_marks_what_was_right():
    figure: Any = places(["<b>tea", "cup"], [False, True], [1.0, 0.63], "A list.")
    right, wrong = figure.data
    assert (list(right.y), list(wrong.y)) == (["2. cup"], ["1. &lt;b&gt;tea"])
    assert "place 2" in figure.layout.meta["alt"]
