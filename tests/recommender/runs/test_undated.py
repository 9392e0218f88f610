"""Data without dates: nothing that is said of a run claims to know the last days."""

import json
from pathlib import Path
from typing import Any

import pytest

from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.report import model_card, report
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan, study
from pages.ui.shop.following import dated
from tests.recommender.shops import PLANTED

MODELS: dict[str, dict[str, Any]] = {
    "popularity": {},
    "recent-popularity": {},
    "auto": {"candidates": ["recent-popularity"]},
}
SAID: list[dict[str, Any]] = []


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder: Path = tmp_path_factory.mktemp("undated")
    columns = Columns(**{role: role for role in ("customer", "product")})
    undated: Any = PLANTED.frame[["customer", "product"]]
    shop = Interactions.from_frame(undated, columns)
    plan = Plan(MODELS, SplitOptions("random"), insight_seconds=0)
    study(shop, plan, folder, SAID.append)
    return open_run(folder)


def test_best_sellers_of_all_time_are_called_nothing_else(run: Run):
    labels = {one["model"]: one["label"] for one in run.results}
    assert labels["recent-popularity"] == "Best sellers, without dates"
    assert len(set(labels.values())) == len(MODELS)
    texts = [json.dumps(run.comparison), report(run), *(model_card(run, name) for name in MODELS)]
    for text in texts:
        assert "est sellers, without dates" in text or "of all time" in text
        assert "est sellers of the last days" not in text


def test_the_page_knows_while_it_trains(run: Run):
    assert not dated(SAID)
    assert dated([{"event": "split", "dated": True}, {"event": "fit"}])
