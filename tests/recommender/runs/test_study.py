"""A study from purchases to a folder, and the folder opened again."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.export import safe_csv
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.models import make_model
from nn_core.recommender.runs import lists
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan, study
from nn_core.recommender.split import make_split
from tests.recommender.shops import PLANTED, planted, shop

PLAN = Plan({"popularity": {}, "item-knn": {"neighbours": 10}}, SplitOptions(), k=5)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run")
    study(planted(), PLAN, folder / "result")
    return open_run(folder)


def test_its_numbers_are_those_of_the_judge(run: Run):
    split = make_split(planted(), SplitOptions())
    fitted = make_model("item-knn", neighbours=10).learn(split.train)
    judged = run.comparison["models"][1]
    assert judged["metrics"] == evaluate(fitted, split, 5)["discover"].metrics()
    assert judged["metrics"] == judged["tasks"]["discover"]["metrics"]
    assert judged["rows"] == {"read": len(PLANTED.frame), "kept": 2880, "set_aside": 0}
    assert set(judged["seconds"]) == {"fit", "evaluate", "refit"}


def test_values_of_each_customer_are_kept_apart():
    split = make_split(planted(), SplitOptions())
    judgement = evaluate(make_model("popularity").learn(split.train), split)["all"]
    assert all(v.shape == judgement.customers.shape for v in judgement.values.values())


def test_lists_know_all_purchases(run: Run):
    customer = PLANTED.frame["customer"].iloc[-1]
    bought = set(PLANTED.frame.query("customer == @customer")["product"])
    assert {row["product"] for row in run.history(customer)} == bought
    assert run.history(customer)[0]["name"]
    answer = run.recommend(customer, k=5)
    assert not bought & {row["product"] for row in answer.rows}
    assert [row["rank"] for row in answer.rows] == [1, 2, 3, 4, 5]
    again = run.recommend(customer, k=5, task="buy-again")
    assert {row["product"] for row in again.rows} <= bought


def test_all_customers_get_the_lists_they_get_alone(run: Run):
    everybody = run.recommend_all(k=4)
    assert list(everybody.columns) == ["customer", "product", "name", "rank", "score"]
    assert len(set(everybody["customer"])) == 120
    for customer, rows in list(everybody.groupby("customer"))[:10]:
        alone = run.recommend(str(customer), k=4).rows
        assert rows["product"].tolist() == [row["product"] for row in alone]
        np.testing.assert_allclose(rows["score"], [row["score"] for row in alone], rtol=1e-5)


@pytest.mark.parametrize("small", [0, lists.SMALL])
def test_the_export_is_everybodys_list(run: Run, small: int, monkeypatch: pytest.MonkeyPatch):
    """In this process and in one of its own; the second call finds the file."""
    monkeypatch.setattr(lists, "SMALL", small)
    k = 3 + bool(small)
    file = run.exported(k)
    assert file is not None
    assert file.read_bytes().decode() == safe_csv(run.recommend_all(k))
    written = file.stat().st_mtime_ns
    again = run.exported(k)
    assert again is not None
    assert again.stat().st_mtime_ns == written
    assert len(list(file.parent.glob(f"* {k}.*"))) == 1


def test_an_unknown_customer_gets_popular_products_and_is_told(run: Run):
    answer = run.recommend("nobody", k=3)
    assert "unknown" in answer.note
    assert "popular" in answer.note
    assert len(answer.rows) == 3
    scores = [row["score"] for row in answer.rows]
    assert scores == sorted(scores, reverse=True)
    assert run.recommend("nobody", task="buy-again").rows == []


def test_a_stopped_study_does_not_fit_again_what_is_there(tmp_path: Path):
    study(planted(), Plan({"popularity": {}}), tmp_path)
    said: list[dict[str, Any]] = []
    study(planted(), Plan({"popularity": {}, "item-knn": {}}), tmp_path, said.append)
    assert {event["model"] for event in said if event["event"] == "fit"} == {"item-knn"}
    assert open_run(tmp_path).models() == ["popularity", "item-knn"]


def test_a_study_that_goes_on_compares_as_one_that_never_stopped(tmp_path: Path):
    both = Plan({"popularity": {}, "item-knn": {}})
    whole = study(planted(), both)
    study(planted(), Plan({"item-knn": {}}), tmp_path)
    assert study(planted(), both, tmp_path)["difference"] == whole["difference"]
    assert whole["difference"]["model"] == "item-knn"
    assert whole["difference"]["clear"]


def test_progress_rises_to_one():
    said: list[dict[str, Any]] = []
    study(planted(), PLAN, say=said.append)
    shares = [event["share"] for event in said]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_second_file_stays_the_future(tmp_path: Path):
    frame = planted()
    plan = Plan({"popularity": {}}, SplitOptions("file", min_buyers=1), task="all")
    study(frame, plan, tmp_path, test=frame)
    assert "refit" not in open_run(tmp_path).comparison["models"][0]["seconds"]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan({"magic": {}}), "no model 'magic'"),
        (Plan({}), "No model"),
        (Plan({"popularity": {}}, task="guess"), "no task"),
        (Plan({"popularity": {}}, k=0), "1 to 1,000"),
    ],
)
def test_an_impossible_plan_says_why(plan: Plan, words: str):
    with pytest.raises(ShopDataError, match=words):
        study(planted(), plan)


def test_too_few_customers_are_counted():
    with pytest.raises(ShopDataError, match="25 customers"):
        study(shop(["anna bread 2024-01-01 o1", "anna milk 2024-02-01 o2"]), PLAN)


def test_a_folder_without_a_run_says_so(tmp_path: Path):
    with pytest.raises(ShopDataError, match="train --out"):
        open_run(tmp_path)


def test_a_plan_survives_json():
    assert Plan.from_json(json.loads(json.dumps(PLAN.to_json()))) == PLAN
