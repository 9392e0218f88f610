"""A newer file joins a run: nothing counts twice, and the old model is held against the new one."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nn_core import jobs
from nn_core.jobs import api, worker
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.stored import store
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.job import (
    forget_customer,
    purchases,
    renewal,
    submit_next_month,
    submit_study,
)
from nn_core.recommender.runs.in_common import few, in_common, in_common_words
from nn_core.recommender.runs.made import fingerprint
from nn_core.recommender.runs.next_month import TWICE, next_month, read_otherwise
from nn_core.recommender.runs.opened import opened_run
from nn_core.recommender.runs.renewed import Translated, renewed, words
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan, study
from tests.recommender.kept import PLAN
from tests.recommender.shops import PLANTED, planted, shop

ROLES = {role: role for role in ("customer", "product", "time", "order", "name")}


def part(first: str, last: str) -> Interactions:
    """The planted shop's rows of these days."""
    frame: Any = PLANTED.frame
    time: Any = pd.to_datetime(frame["time"])
    rows = frame[time.between(first, last, inclusive="left")].reset_index(drop=True)
    return Interactions.from_frame(rows, Columns(**ROLES))


@pytest.fixture(scope="module")
def months() -> tuple[Interactions, Interactions]:
    """Four months and a half, and two whose first two weeks are in the first part too."""
    return part("2024-01-01", "2024-05-15"), part("2024-05-01", "2025-01-01")


def test_two_files_with_an_overlap_are_the_whole_file(months: tuple[Interactions, Interactions]):
    both, growth = next_month(*months)
    assert fingerprint(both) == fingerprint(planted())
    assert both.products == planted().products
    assert 0 < growth.twice == sum(one.kept for one in months) - planted().kept
    assert growth.rows == planted().kept - months[0].kept
    assert both.set_aside["reason"].tolist() == [TWICE] * growth.twice
    assert both.read == both.kept + len(both.set_aside)


def test_the_same_file_again_brings_nothing():
    both, growth = next_month(planted(), planted())
    assert (growth.rows, growth.new_customers, growth.new_products) == (0, 0, 0)
    assert growth.twice == planted().kept
    assert fingerprint(both) == fingerprint(planted())


def test_who_and_what_is_new_is_counted():
    old = shop(["ada tea 2024-01-01 1", "bo tea 2024-01-02 2"])
    new = shop(["ada cup 2024-02-01 3", "cy tea 2024-02-01 4", "bo tea 2024-01-02 2"])
    both, growth = next_month(old, new)
    assert (growth.new_customers, growth.new_products, growth.twice) == (1, 1, 1)
    assert (growth.since, growth.until) == ("2024-01-02 00:00", "2024-02-01 00:00")
    assert both.set_aside.to_dict("records") == [
        {"row": 1, "reason": TWICE, "customer": "bo", "product": "tea",
         "time": "2024-01-02", "order": "2", "file": "newer"}
    ]  # fmt: skip


def test_equal_rows_are_counted_one_by_one():
    """Two of a kind in the earlier file, three in the newer one: one of them is new."""
    row = "ada tea 2024-01-01"
    roles = ("customer", "product", "time")
    old = shop([row + " a", row + " b"], *roles, "name")
    new = shop([row + f" {name}" for name in "abc"], *roles, "name")
    both, growth = next_month(old, new)
    assert (both.kept, growth.twice) == (3, 2)


def test_without_time_and_order_a_repeat_is_a_purchase():
    old = shop(["ada tea", "bo tea"], "customer", "product")
    both, growth = next_month(old, old)
    assert (both.kept, growth.twice, growth.since) == (4, 0, None)


def test_a_file_with_dates_and_one_without_do_not_join():
    with pytest.raises(ShopDataError, match="Only the earlier file has dates"):
        next_month(planted(), shop(["ada tea"], "customer", "product"))


@pytest.fixture(scope="module")
def earlier(
    months: tuple[Interactions, Interactions], tmp_path_factory: pytest.TempPathFactory
) -> Run:
    folder = tmp_path_factory.mktemp("earlier")
    study(months[0], Plan({"item-knn": {}}), folder)
    return open_run(folder)


def test_the_old_model_is_held_against_itself_trained_again(
    months: tuple[Interactions, Interactions], earlier: Run
):
    both, growth = next_month(*months)
    found = renewed(earlier, both, PLAN, str(growth.since))
    assert found["model"] == "item-knn"
    assert str(growth.since) < found["cut"] < str(growth.until)
    difference = found["difference"]["ndcg"]
    np.testing.assert_allclose(
        difference["mean"], found["new"]["ndcg@10"] - found["old"]["ndcg@10"]
    )
    assert difference["low"] <= difference["mean"] <= difference["high"]
    assert found["old"]["ndcg@10"] > 0.05
    said = words(found)
    assert f"{found['customers']} customers" in said
    assert f"held something right for {100 * found['old']['hit_rate@10']:.0f} of 100" in said


def told(found: dict[str, Any], hit: tuple[float, float], ndcg: tuple[float, float]) -> str:
    """`words`, had these been the intervals."""
    ends = {"hit_rate": hit, "ndcg": ndcg}
    changed = {
        metric: {"mean": sum(ends[metric]) / 2, "low": ends[metric][0], "high": ends[metric][1],
                 "customers": 40, "confidence": 0.95, "comparisons": 1, "clear": False}
        for metric in ends
    }  # fmt: skip
    return words(found | {"difference": changed})


def test_ndcg_decides_whether_training_again_helped(
    months: tuple[Interactions, Interactions], earlier: Run
):
    both, growth = next_month(*months)
    found = renewed(earlier, both, PLAN, str(growth.since))
    same = told(found, (0.0, 0.0), (0.0, 0.0))
    assert same.endswith("both lists were as good.")
    assert "+0" not in same
    # As on a real shop: as many customers with something right, but nearer to the top.
    helped = told(found, (-0.01, 0.04), (0.006, 0.017))
    assert "-1 to +4 of 100" in helped
    assert "the difference is 0.006 to 0.017 in NDCG@10 with 95% confidence" in helped
    assert helped.endswith("Training again helped.")
    assert told(found, (0.0, 0.04), (-0.017, -0.006)).endswith("Training again made it worse.")
    assert told(found, (0.01, 0.04), (-0.001, 0.01)).endswith("told from these customers.")


def test_how_much_two_files_have_in_common_is_counted(tmp_path: Path):
    store(shop(["ada tea 2024-01-01 1", "bo tea 2024-01-02 2"]), tmp_path / "old")
    store(shop(["ada cup 2024-02-01 3", "cy tea 2024-02-01 4"]), tmp_path / "new")
    shared = in_common(tmp_path / "old", tmp_path / "new")
    assert shared == {"customer": (1, 2), "product": (1, 2)}
    said = "1 of this file's 2 customers and 1 of its 2 products stand in this run."
    assert in_common_words(shared) == said
    assert not few(shared)
    store(shop(["0001 tea 2024-02-01 3", "0002 tea 2024-02-01 4"]), tmp_path / "other")
    assert few(in_common(tmp_path / "old", tmp_path / "other"))


def test_ids_from_another_column_are_told():
    run = {"customer": "Client", "product": "Sku", "time": "Date"}
    names = ["Client", "Sku", "Title", "Date"]
    assert not read_otherwise(run, run | {"time": "Day"}, names)
    [sku] = read_otherwise(run, run | {"product": "Title"}, names)
    assert "takes the product from the column Sku, this file from Title: choose Sku" in sku
    [gone] = read_otherwise(run, run | {"customer": "Buyer"}, ["Buyer", "Sku", "Date"])
    assert "check that Buyer holds the same ids" in gone


def test_a_handful_of_customers_is_no_comparison(earlier: Run):
    since = "2024-05-14"
    frame = planted().frame
    few = frame["customer"].isin(frame["customer"].cat.categories[:5])
    rows: Any = frame[(frame["time"] < since) | few].reset_index(drop=True)
    with pytest.raises(ShopDataError, match=r"[1-5] known customers bought .* It takes 10"):
        renewed(earlier, replace(planted(), frame=rows), PLAN, since)


def test_a_file_that_ends_where_the_earlier_one_ended_is_told(
    months: tuple[Interactions, Interactions], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(api, "start", lambda: None)
    workspace = jobs.new_workspace()
    first = submit_study(workspace, months[0], Plan({"popularity": {}}, insight_seconds=0))
    assert worker.main(str(jobs.folder(first))) == 0
    store(months[0], tmp_path / "same")
    second = submit_next_month(workspace, first, tmp_path / "same", "again.csv")
    assert worker.main(str(jobs.folder(second))) == 0
    found = renewal(opened_run(second))
    assert found is not None
    assert found["change"] is None
    assert "nothing later than 2024-05-" in found["why_not"]
    # What the newer file brought is still told when somebody of it is forgotten.
    forget_customer(workspace, second, opened_run(second).catalogue.customers[0])
    assert worker.main(str(jobs.folder(second))) == 0
    assert renewal(opened_run(second)) == found


def test_a_translated_model_scores_as_itself_and_knows_nothing_new(earlier: Run):
    fitted, histories = earlier.model(), earlier.catalogue.histories
    products = histories.products
    shifted = np.arange(products, dtype=np.int64) + 1  # product 0 of today is new
    shifted[-1] = -1  # and the last one is not ranked any more
    today = histories.renumbered(np.append(-1, np.arange(products - 1)))
    found = Translated(fitted, shifted).scores(today)
    kept = histories.keep(histories.product < products - 1)
    np.testing.assert_array_equal(found[:, 1:], fitted.scores(kept)[:, :-1])
    assert np.isneginf(found[:, 0]).all()


def test_a_worker_joins_trains_and_compares(
    months: tuple[Interactions, Interactions], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(api, "start", lambda: None)
    workspace = jobs.new_workspace()
    spec = {"kind": "shop", "title": "Spring", **Plan({"item-knn": {"neighbours": 7}}).to_json()}
    first = jobs.submit(workspace, spec, lambda folder: store(months[0], folder))
    assert worker.main(str(jobs.folder(first))) == 0
    store(months[1], tmp_path / "newer")
    with pytest.raises(PermissionError):
        submit_next_month(jobs.new_workspace(), first, tmp_path / "newer", "May.csv")
    second = submit_next_month(workspace, first, tmp_path / "newer", "May.csv")
    shutil.rmtree(tmp_path / "newer")
    assert worker.main(str(jobs.folder(second))) == 0
    found = renewal(opened_run(second))
    assert found is not None
    assert found["growth"]["twice"] > 0
    assert found["change"]["customers"] > 10
    assert fingerprint(purchases(second)) == fingerprint(planted())
    assert jobs.spec(second)["models"] == jobs.spec(first)["models"]
    assert jobs.spec(second)["title"] == "Spring + May.csv"
    assert renewal(opened_run(first)) is None
