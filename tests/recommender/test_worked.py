"""A customer's metrics by hand are the numbers of the tables, and their sums add up."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nn_core.recommender.metrics import METRICS
from nn_core.recommender.runs import Run, open_run
from nn_core.recommender.study import Plan, study
from nn_core.recommender.worked import computed, worked
from pages.figures.worked import places
from tests.recommender.shops import planted


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run")
    study(planted(), Plan({"item-knn": {}}, k=5, insight_seconds=0), folder / "result")
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
