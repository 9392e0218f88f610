"""What the lesson on overfitting says beside its experiments."""

from dataclasses import replace
from typing import Any, cast

import pytest

from nn_core.course.judging import UPDATES, bare, best_of_many, cooled, curves, folds, rare
from nn_core.course.lessons.overfitting import LEAST, MESSY, QUIET, SPIRAL, held, noisy, wound
from nn_core.course.measures import accuracy, loss, train
from nn_core.course.scenario import one
from nn_core.course.seen import Seen
from nn_core.live.points import Hidden
from pages.figures.fitting import train_and_test


def test_the_curves_of_the_picture_part_without_a_remedy_and_less_with_each() -> None:
    nothing = curves(16, "none", 0.01, 0.0, 50)
    assert nothing.steps[-1] == UPDATES
    for found in (
        curves(2, "none", 0.01, 0.0, 50),
        curves(16, "l2", 0.01, 0.0, 50),
        curves(16, "none", 0.01, 0.5, 50),
        curves(16, "none", 0.01, 0.0, 450),
    ):
        assert found.test[-1] - found.train[-1] < 0.5 * (nothing.test[-1] - nothing.train[-1])
    figure = cast(Any, train_and_test(nothing.steps, nothing.train, nothing.test, nothing.best))
    assert figure.data[2].y[0] == min(nothing.test)


def test_the_penalty_is_no_part_of_the_loss_that_is_compared() -> None:
    run = train(noisy(replace(MESSY, penalty="l2", penalty_rate=0.03)).run(None), 50)
    assert bare(run, "test") == pytest.approx(loss(run, "test") - run.model.penalty())
    assert bare(run, "test") < loss(run, "test")


@pytest.mark.parametrize("seed", range(4, 9))
def test_luck_is_chosen_and_does_not_last(seed: int) -> None:
    found = best_of_many(seed).numbers
    assert found["test"] > found["mean"] + 0.08
    assert found["fresh"] == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("seed", range(4, 9))
def test_a_high_accuracy_can_find_next_to_nobody(seed: int) -> None:
    assert rare(seed).answer == 1


def test_every_fold_is_judged() -> None:
    found = folds()
    assert len(found) == 5
    assert all(0.5 < right <= 1 for right in found)


def test_what_the_hints_say_of_the_noisy_circle() -> None:
    nothing = loss(train(noisy().run(None), LEAST), "test")
    for units, helps in (((6,), True), ((4,), True), ((8, 8), False), ((4, 4), False)):
        spec = replace(MESSY, hidden=tuple(Hidden(each) for each in units))
        found = loss(train(noisy(spec).run(None), LEAST), "test")
        assert found > QUIET
        assert (found < 0.6 * nothing) is helps


def test_to_cool_a_network_takes_its_sureness_and_keeps_its_border() -> None:
    run = train(noisy().run(None), LEAST)
    before, lowest = loss(run, "test"), cooled(run)
    assert lowest < 0.6 * before
    kernel, bias = (run.model.named_weights[f"dense_3/{name}"] for name in ("kernel", "bias"))
    right = accuracy(run, "test")
    kernel *= 0.25
    bias *= 0.25
    assert accuracy(run, "test") == right
    assert lowest - 1e-4 < loss(run, "test") < lowest + 0.05


def test_other_data_do_not_solve_the_tasks() -> None:
    clean = Seen.of(train(noisy(replace(MESSY, noise=0.0, train_share=0.5)).run(None), 1000))
    assert "data and seed" in held(clean).said
    assert not held(clean).reached
    spec = replace(SPIRAL, hidden=(Hidden(8, "tanh"), Hidden(5, "tanh")))
    assert "12 are allowed" in wound(Seen.of(one(spec).run(None))).said
    assert not wound(Seen.of(one(replace(SPIRAL, dataset="gaussians")).run(None))).reached
