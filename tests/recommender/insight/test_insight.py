"""The small studies, on shops whose answers are known: fashions that change, and none at all."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.synthetic import planted_shop
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.insight import carried_out, words
from nn_core.recommender.insight.ageing import ageing
from nn_core.recommender.insight.flattery import drawn, flattery
from nn_core.recommender.insight.ground import Ground
from nn_core.recommender.insight.growth import by_customers, by_months
from nn_core.recommender.insight.power_law import fitted, forecast
from nn_core.recommender.insight.steps import CannotTellError, Steps
from nn_core.recommender.judge.difference import Draws
from nn_core.recommender.models import make_model
from nn_core.recommender.models.base import silent
from tests.recommender.shops import planted, shop

HOW = SplitOptions()


def fashion(weeks_of_one: int) -> Interactions:
    """40 customers buy two products a week for 26 weeks, out of six that are in fashion. A fashion
    lasts so many weeks."""
    rng = np.random.default_rng(5)
    rows: list[str] = []
    for week in range(26):
        day = np.datetime64("2024-01-01") + 7 * week
        for customer in range(40):
            bought = rng.choice(6, 2, replace=False) + 6 * (week // weeks_of_one)
            rows += [f"c{customer} p{product} {day} o{week}-{customer}" for product in bought]
    return shop(rows)


def ground(data: Interactions, model: str, task: str = "all", **options: object) -> Ground:
    return Ground.of(data, make_model(model, **options), HOW, task, 5)


def steps(folder: Path, budget: float = 60) -> Steps:
    return Steps(folder, budget, 99, silent)


def test_where_fashions_change_a_random_split_flatters(tmp_path: Path):
    """By time the new fashion is unknown; at random the model has seen its other purchases."""
    found = flattery(ground(fashion(4), "item-knn"), steps(tmp_path), 0)
    time, _, random = found["rows"]
    assert random["ndcg"] > 2 * time["ndcg"]
    assert random["difference"]["clear"]
    *_, much, size = words.flattery_words(found)
    assert "times what the future will bring" in much
    assert f"with {found['pairs']:,} right products in each" in size


def test_rows_in_order_without_dates_are_held_against_the_last_rows(tmp_path: Path):
    data = fashion(4)
    undated = replace(data, frame=data.frame.drop(columns="time"))
    how = replace(HOW, ordered=True)
    here = Ground.of(undated, make_model("popularity"), how, "all", 5)
    found = flattery(here, steps(tmp_path), 0)
    assert [row["split"] for row in found["rows"]] == ["last-rows", "leave-last", "random"]
    assert "difference" in found["rows"][1]


def test_as_many_right_products_are_drawn_as_every_split_has():
    wanted = sparse.csr_array(np.array([[1, 1, 1, 0], [0, 0, 0, 0], [1, 0, 1, 1], [0, 1, 0, 0]]))
    kept = drawn(wanted, np.array([2, 0, 0, 1]), np.random.default_rng(0))
    assert np.diff(kept.indptr).tolist() == [2, 0, 0, 1]
    assert (wanted.toarray() >= kept.toarray()).all()


def test_what_is_neither_right_nor_wrong_stands_on_no_list():
    """Two products beside the ignored one: the right one comes first of them."""
    here = ground(fashion(26), "popularity")
    popular = here.fitted(here.rows)
    right, rest = (sparse.csr_array(np.eye(40, 6, place)[:1]) for place in (1, 0))
    one = np.array([0])
    alone = here.judged(popular, here.rows, here.rows.bought, right, one)
    spared = here.judged(popular, here.rows, here.rows.bought, right, one, rest)
    assert spared[0] > alone[0]
    assert spared[0] == pytest.approx(1.0)


def test_a_curve_is_found_again():
    amounts = np.array([0.1, 0.2, 0.4, 0.7, 1.0])
    quality = 0.5 - 0.1 * amounts**-0.5
    found = fitted(amounts, quality[None, :])
    assert [found.a[0], found.b[0], found.c[0]] == pytest.approx([0.5, 0.1, 0.5])
    draws = Draws(quality, np.repeat(quality[None, :], 20, axis=0), np.full(5, 9))
    told = forecast(amounts, draws)
    assert told["then"] == pytest.approx(0.5 - 0.1 * 2**-0.5)
    assert told["low"] == pytest.approx(told["gain"]) == pytest.approx(told["high"])


def test_a_forecast_is_no_surer_than_what_was_measured():
    """The judging customers differ by 0.02 at every amount alike; the gain is the same for all."""
    amounts = np.array([0.1, 0.2, 0.4, 0.7, 1.0])
    quality = 0.5 - 0.1 * amounts**-0.5
    shifts = np.random.default_rng(0).normal(0, 0.02, (500, 1))
    mean = quality + np.array([0, 0, 0, 0, 0.01])  # the last point stands above its curve
    told = forecast(amounts, Draws(mean, quality + shifts, np.full(5, 9)))
    assert told["now"] == pytest.approx(mean[-1])
    assert told["then"] == pytest.approx(told["now"] + told["gain"])
    assert told["high"] - told["low"] < 1e-6
    low, high = told["level"]
    assert high - low == pytest.approx(4 * 0.02, rel=0.1)


def test_a_curve_that_falls_promises_nothing():
    falling = np.array([[0.5, 0.4, 0.3]])
    told = fitted(np.array([0.2, 0.5, 1.0]), falling)
    assert told.b[0] == 0
    assert told.at(2.0)[0] == pytest.approx(0.4)


def test_more_customers_help_where_people_alike_buy_alike(tmp_path: Path):
    """Thirty groups: of some of them a tenth of the customers tells nothing at all."""
    made = planted_shop(300, groups=30, products_per_group=10, baskets=4, basket_size=2).frame
    data = Interactions.from_frame(made, Columns("customer", "product", time="time"))
    found = by_customers(ground(data, "item-knn", "discover"), steps(tmp_path), 0)
    first, *_, last = found["points"]
    assert (first["amount"], last["amount"]) == (30, 299)  # one came in the last days only
    assert last["low"] > first["high"]
    assert found["forecast"]["then"] >= found["forecast"]["now"]
    said = words.growth_words(found, "customers")[0]
    assert said.startswith(f"Measured now: {last['ndcg']:.3f}. Twice as much, 598 customers, would")


def test_months_end_at_all_there_are(tmp_path: Path):
    found = by_months(ground(planted(), "item-knn", "discover"), steps(tmp_path), 0)
    assert [point["amount"] for point in found["points"]] == [1, 2, 4, pytest.approx(4.9, abs=0.2)]


def test_a_model_ages_where_fashions_change(tmp_path: Path):
    """A fashion of four weeks: who learned before it came knows none of its products."""
    here = ground(fashion(4), "recent-popularity", days=7)
    found = ageing(here, steps(tmp_path), 0)
    weekly, monthly, never = (row["ndcg"] for row in found["policies"])
    assert weekly > monthly > never
    assert found["policies"][2]["difference"]["clear"]
    assert found["policies"][1]["difference"]["customers"] == 40
    assert words.advice(found) == "Train every week: training less often was clearly worse."
    assert len(found["weeks"]) == 8


def test_where_nothing_changes_nothing_ages(tmp_path: Path):
    found = ageing(ground(fashion(26), "popularity"), steps(tmp_path), 0)
    assert words.advice(found).startswith("8 weeks without training cost nothing, as far")


def test_the_budget_ends_it_and_what_was_done_is_found_again(tmp_path: Path):
    clock = iter([0.0, 1.0, 9.0])
    limited = Steps(tmp_path, 5.0, 2, silent, now=lambda: next(clock))
    assert limited.values("one", lambda: np.array([7.0])).tolist() == [7.0]
    with pytest.raises(CannotTellError, match="5 seconds"):
        limited.values("two", lambda: np.array([8.0]))
    again = steps(tmp_path)
    assert again.values("one", lambda: np.array([0.0])).tolist() == [7.0]


def test_without_dates_only_customers_are_told(tmp_path: Path):
    rng = np.random.default_rng(0)
    rows = [f"c{c} p{p}" for c in range(60) for p in rng.choice(30, 8, replace=False)]
    data = shop(rows, "customer", "product")
    results = [judged("item-knn")]
    how = SplitOptions("random")
    found = carried_out.insights(data, results, how, "discover", 5, tmp_path, 60, silent)
    assert {name for name in carried_out.STUDIES if "left_out" not in found[name]} == {"customers"}


def judged(name: str, ndcg: float = 0.1, network: bool = False) -> dict[str, Any]:
    metrics = {"discover": {"metrics": {"ndcg@5": ndcg}}}
    return {"model": name, "options": {}, "network": network, "tasks": metrics}


def test_the_best_cheap_model_is_looked_at():
    train = ground(planted(), "item-knn").train(ground(planted(), "item-knn").rows)
    found = [
        judged("popularity", 0.9),
        judged("course", 0.8, network=True),
        judged("item-knn", 0.2),
    ]
    assert carried_out.fast_model(found, train, "discover", 5).name == "item-knn"
    assert carried_out.fast_model(found[:2], train, "discover", 5).name == carried_out.FALLBACK


class StoppedError(Exception):
    """A worker that dies."""


def test_a_stopped_study_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    heard: list[str] = []

    def dies(event: dict[str, Any]) -> None:
        heard.append(event["insight"])
        if len(heard) == 5:
            raise StoppedError

    asked = (planted(), [judged("item-knn")], HOW, "discover", 5)
    whole = carried_out.insights(*asked, tmp_path / "whole", 60, silent)
    with pytest.raises(StoppedError):
        carried_out.insights(*asked, tmp_path / "part", 60, dies)
    fits: list[object] = []
    learn = Ground.fitted
    monkeypatch.setattr(Ground, "fitted", lambda *a: fits.append(a) or learn(*a))
    again = carried_out.insights(*asked, tmp_path / "part", 60, silent)
    assert again == whole
    kept = carried_out.kept_insights(tmp_path / "part")
    assert kept is not None
    assert kept["ageing"] == whole["ageing"]
    assert len(fits) < carried_out.TOTAL - 3
    assert not (tmp_path / "part" / "steps").exists()
