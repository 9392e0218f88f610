"""The blend and the automatic choice: by the past alone, for each question apart, and told."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.models import Fitted, Report, make_model
from nn_core.recommender.models.auto import Auto, made
from nn_core.recommender.models.blend import Blend, standard
from nn_core.recommender.models.deciding import decided
from nn_core.recommender.models.trying import Budget, Trial, tried
from nn_core.recommender.models.weighing import climbed, cross_entropy, learned, vouched
from nn_core.recommender.models.window import Contest, Window
from nn_core.recommender.split import TASKS, make_split
from tests.recommender.shops import planted

SPLIT = make_split(planted(), SplitOptions())
SMALL = Auto(candidates=("popularity", "repeats", "ease"), trials_each=2)


@pytest.fixture(scope="module")
def heard() -> list[dict[str, Any]]:
    return []


@pytest.fixture(scope="module")
def auto(heard: list[dict[str, Any]]) -> Fitted:
    return SMALL.learn(SPLIT.train, Report(heard.append))


def test_every_candidate_gets_as_many_trials_and_all_are_told(
    auto: Fitted, heard: list[dict[str, Any]]
):
    names = [trial["model"] for trial in auto.log]
    assert names == ["popularity", "repeats", "repeats", "ease", "ease", *["blend"] * 3]
    assert [event["trial"] for event in heard if "trial" in event] == auto.log
    done = [event["done"] for event in heard]
    assert done == sorted(done)
    assert done[-1] == 1.0


def test_it_chooses_what_did_best_in_the_window_for_each_question(auto: Fitted):
    tried = [trial for trial in auto.log if trial["model"] != "blend"]
    blends = dict(zip(TASKS, auto.log[-3:]))
    for task in TASKS:
        best = max(tried, key=lambda trial: trial["ndcg@10"][task])
        chosen = auto.on(task).model
        if blends[task]["ndcg@10"][task] <= best["ndcg@10"][task]:
            assert chosen == make_model(best["model"], **best["options"])
        else:
            assert isinstance(chosen, Blend)


def test_the_test_has_no_say():
    """What was bought after the cut may be anything: the choice is the same."""
    rng = np.random.default_rng(0)
    other = replace(SPLIT, test=SPLIT.test[rng.permutation(SPLIT.test.shape[0])])
    one, two = (SMALL.learn(split.train) for split in (SPLIT, other))
    assert one.arrays.keys() == two.arrays.keys()
    assert one.note == two.note


def test_settled_it_fits_its_choice_alone(auto: Fitted):
    settled = auto.model.settled(auto.arrays)
    again = settled.learn(SPLIT.train)
    assert not again.log
    assert settled == type(settled)(**json.loads(json.dumps(vars(settled))))
    for task in TASKS:
        one, two = (fitted.on(task).scores(SPLIT.train.histories) for fitted in (auto, again))
        np.testing.assert_allclose(one, two, atol=1e-5)


def test_judged_on_each_question_by_its_own_scores(auto: Fitted):
    judged = evaluate(auto, SPLIT, 5)
    for task in TASKS:
        alone = evaluate(auto.on(task), SPLIT, 5, [task])[task]
        np.testing.assert_array_equal(judged[task].lists, alone.lists)


def test_a_shop_too_small_to_try_on_gets_best_sellers():
    nobody = SPLIT.train.histories.keep(np.zeros(len(SPLIT.train.histories.product), bool))
    fitted = SMALL.learn(replace(SPLIT.train, histories=nobody))
    assert fitted.on("discover").model == make_model("popularity")


def test_a_blend_adds_standard_scores_by_its_weights():
    weights = {task: [0.25, 0.75] for task in TASKS}
    options = {"ease": {"regularization": 5.0}}
    blend = Blend(parts=("popularity", "ease"), options=options, weights=weights)
    histories = SPLIT.train.histories
    one, two = (
        model.learn(SPLIT.train).scores(histories).astype(np.float64) for model in blend.models()
    )
    expected = sum(
        weight * (own - own.mean(1, keepdims=True)) / own.std(1, keepdims=True)
        for weight, own in ((0.25, one), (0.75, two))
    )
    found = blend.learn(SPLIT.train).scores(histories)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_what_is_not_ranked_stands_with_the_lowest():
    scores = np.array([[3.0, 1.0, -np.inf], [2.0, 2.0, 2.0]], np.float32)
    z = standard(scores)
    assert z[0, 2] == z[0, 1] < z[0, 0]
    assert not z[1].any()


def test_a_long_tail_does_not_change_what_a_score_counts_for():
    """Weights are found among the best sellers, and hold when all products are ranked."""
    scores = np.random.default_rng(0).normal(size=(4, 50)).astype(np.float32)
    tail = np.zeros((4, 1000), np.float32)
    np.testing.assert_array_equal(
        standard(np.hstack([scores, tail]), best=50)[:, :50], standard(scores)
    )


def test_weights_find_the_part_that_is_right():
    """One part knows what was bought in the window, the other one is noise."""
    window = Window.of(SPLIT.train)
    assert window is not None
    noise = np.random.default_rng(0).random(window.relevant["all"].shape, dtype=np.float32)
    truth = window.relevant["all"].toarray().astype(np.float32)
    contest = Contest.of(window, "all", [standard(noise), standard(truth)])
    for way in (learned, climbed):
        found = way(contest, np.arange(len(contest.relevant)))
        np.testing.assert_array_equal(found, [0.0, 1.0])
    assert vouched(contest)[0] == pytest.approx(1.0)
    assert contest.ndcg(np.array([0.0, 1.0])) == pytest.approx(1.0)
    assert window.ndcg(truth, "all") == pytest.approx(1.0)


def test_weights_go_down_the_slope_of_the_loss():
    """The gradient, against central differences."""
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(3, 40, 12)).astype(np.float32)
    scores[:, :, 9:] = -1e9  # places that no list filled
    right = (rng.random((40, 12)) < 0.2).astype(np.float32)
    right[:, 9:] = 0
    weights = np.array([0.5, 0.2, 1.0])
    _, gradient = cross_entropy(weights, scores, right)
    step = 1e-3
    for place, slope in enumerate(gradient):
        ahead, behind = (
            cross_entropy(weights + side * step * np.eye(3)[place], scores, right)[0]
            for side in (1, -1)
        )
        assert slope == pytest.approx((ahead - behind) / (2 * step), abs=2e-3)


def test_contests_judge_as_whole_lists_do():
    window = Window.of(SPLIT.train)
    assert window is not None
    model = make_model("ease", regularization=5.0).learn(window.before)
    scores = model.scores(window.histories)
    for task in TASKS:
        contest = Contest.of(window, task, [standard(scores)])
        assert contest.ndcg(np.array([1.0])) == pytest.approx(window.ndcg(scores, task))


def test_the_window_holds_nothing_of_what_it_asks_for():
    window = Window.of(SPLIT.train)
    assert window is not None
    before: Histories = window.before.histories
    assert before.time is not None
    assert SPLIT.train.now is not None
    assert before.time.max() < SPLIT.train.now - 31


def test_a_network_gets_the_epochs_that_fit_and_is_fitted_again_in_as_many():
    """An epoch as the clock counts it takes two seconds, and seven are given: three epochs."""
    clock = Seconds(epoch=2.0)
    [(line, trial)] = tried("course", window(), 4, Budget(7.0, clock), clock.hear)
    assert trial is not None
    assert 1 <= line["options"]["epochs"] <= 3
    assert line["options"]["validation"] == 0.0
    again = made(trial.choice)
    assert len(again.learn(SPLIT.train).arrays["losses"]) == line["options"]["epochs"]


def test_networks_come_into_a_blend_only_where_it_is_foreseen_to_be_better():
    """A network whose scores are noise: the blend is the one of those that are none."""
    found = window()
    log: list[dict[str, Any]] = []
    true = found.relevant["all"].toarray().astype(np.float32)
    noise = np.random.default_rng(0).random(true.shape, dtype=np.float32)
    trials = [
        trial_of("ease", 0.5 * true + noise),
        trial_of("repeats", true),
        trial_of("gru", noise),
    ]
    chosen = decided(found, "all", trials, log)
    assert len(log) == 2
    assert "gru" not in json.dumps(chosen)
    assert decided(found, "all", [*trials[:2], trial_of("gru", 2 * true)], log) in (
        trials[1].choice,
        {"name": "gru", "options": {}},
    )


def test_what_the_window_asks_of_nobody_is_left_to_best_sellers():
    """Where nobody bought anything again, no model is better at that than another."""
    found = window()
    nothing = replace(found, relevant=found.relevant | {"buy-again": found.relevant["all"] * 0})
    nothing.relevant["buy-again"].eliminate_zeros()
    trials = [trial_of("ease", found.relevant["all"].toarray().astype(np.float32))]
    log: list[dict[str, Any]] = []
    assert decided(nothing, "buy-again", trials, log)["name"] == "popularity"
    assert not log


def trial_of(name: str, scores: Any) -> Trial:
    ndcgs = {task: window().ndcg(scores, task) for task in TASKS}
    return Trial({"name": name, "options": {}}, ndcgs, standard(scores), 0.0)


def test_a_network_without_one_epoch_is_left_out_and_the_log_says_so():
    clock = Seconds(batch=1.0)
    [(line, trial)] = tried("course", window(), 4, Budget(2.0, clock), clock.hear)
    assert trial is None
    assert line["left_out"] == "Left out: no epoch within 2 s."


def test_settings_that_no_seconds_are_left_for_are_told():
    clock = Seconds()
    lines: list[str] = []
    for line, trial in tried("ease", window(), 4, Budget(3.0, clock), clock.hear):
        clock.time += 2.0
        lines.append(line["left_out"] if trial is None else "tried")
    assert lines == ["tried", "tried", "Left out: 2 of 4 settings: the 3 s were over."]


def test_where_nothing_could_be_tried_best_sellers_are_chosen():
    fitted = Auto(candidates=("course",), budget=1e-6).learn(SPLIT.train)
    assert fitted.on("discover").model == make_model("popularity")
    assert "no epoch" in fitted.log[0]["left_out"]


class Seconds:
    """A clock that goes on by so much for each batch, and at the end of each epoch."""

    def __init__(self, batch: float = 0.0, epoch: float = 0.0) -> None:
        self.time, self.batch, self.epoch = 0.0, batch, epoch

    def __call__(self) -> float:
        return self.time

    def hear(self, event: dict[str, Any]) -> None:
        self.time += self.batch if "batch" in event else self.epoch


def window() -> Window:
    found = Window.of(SPLIT.train)
    assert found is not None
    return found


def test_auto_does_not_choose_itself():
    with pytest.raises(ShopDataError, match="blends it makes itself"):
        Auto(candidates=("auto",))
