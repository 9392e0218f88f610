"""The lists that were judged, found again in the run's folder under the catalogue's numbers."""

from pathlib import Path

import numpy as np
import pytest

from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge import kept
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.judge.kept import kept_future, kept_lists
from nn_core.recommender.models import make_model
from nn_core.recommender.models.vectors import bought_together_vectors, decomposed
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan, study
from nn_core.recommender.split import TASKS, make_split
from tests.recommender.shops import PLANTED, planted

SPLIT = make_split(planted(), SplitOptions())


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("run")
    study(planted(), Plan({"item-knn": {}}), folder / "result")
    return open_run(folder)


@pytest.mark.parametrize("task", TASKS)
def test_kept_lists_are_those_that_were_judged(run: Run, task: str):
    judged = evaluate(make_model("item-knn").learn(SPLIT.train), SPLIT, 5)[task]
    test = kept_future(run.folder, len(run.catalogue.products))
    lists = kept_lists(run.folder, "item-knn", task)
    assert test is not None
    assert lists is not None
    products = np.array([*run.catalogue.products, ""])
    for customer, shown in zip(SPLIT.train.customers[judged.customers], judged.lists):
        row = test.row(run.catalogue.number[customer])
        assert row is not None
        own = SPLIT.train.products.to_numpy()[shown[shown >= 0]]
        assert products[lists.products[row, :5]].tolist()[: len(own)] == own.tolist()


def test_what_was_bought_before_and_after(run: Run):
    test = kept_future(run.folder, len(run.catalogue.products))
    assert test is not None
    for task in TASKS:
        assert test.relevant(task).nnz == SPLIT.relevant(task).nnz
    cut = PLANTED.frame["time"].max() - np.timedelta64(31, "D")
    customer = run.catalogue.customers[int(test.customers[0])]
    theirs = PLANTED.frame[PLANTED.frame["customer"] == customer]
    after = set(theirs[theirs["time"] >= cut]["product"])
    assert {run.catalogue.products[n] for n in test.bought[[0]].indices} == after


def test_a_customer_who_was_not_judged_has_no_row(run: Run):
    test = kept_future(run.folder, len(run.catalogue.products))
    assert test is not None
    assert test.row(len(run.catalogue.customers)) is None


def test_a_run_of_before_has_none(tmp_path: Path):
    assert kept_future(tmp_path, 3) is None
    assert kept_lists(tmp_path, "ease", "all") is None


def test_of_many_customers_a_sample_is_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "CUSTOMERS", 7)
    sample = kept.sampled(SPLIT)
    assert len(np.unique(sample)) == 7
    np.testing.assert_array_equal(sample, kept.sampled(SPLIT))


def test_products_of_a_planted_group_lie_together():
    vectors = bought_together_vectors(SPLIT.train.histories, 8)
    group = np.array([PLANTED.product_group[product] for product in SPLIT.train.products])
    near = vectors @ vectors.T
    same = group[:, None] == group
    np.testing.assert_allclose(np.diag(near), 1, rtol=1e-5)
    assert near[same].mean() > near[~same].mean() + 0.5


def test_the_decomposition_is_that_of_the_dense_matrix():
    x = SPLIT.train.histories.bought
    values = np.linalg.svd(x.toarray())[1]
    found = decomposed(x, 4, np.random.default_rng(0))[1]
    np.testing.assert_allclose(found, values[:4], rtol=1e-3)
