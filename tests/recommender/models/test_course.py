"""The course's network: its samples by hand, its forward pass against Keras, its stops."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import Report, make_model
from nn_core.recommender.models.baskets import (
    Samples,
    before_each_basket,
    own_history,
    parts_of_histories,
)
from nn_core.recommender.models.course import Course
from nn_core.recommender.models.keras_training import Trainer
from nn_core.recommender.models.validation import watched
from nn_core.recommender.split import everything, make_split
from tests.recommender.shops import planted, shop

TRAIN = make_split(planted(), SplitOptions()).train

# Customer 0 bought products 0, 1 together, then 1 again, then 2 and 3. Customer 1 bought 2 once.
HAND = Histories(
    start=np.array([0, 5, 6]),
    product=np.array([0, 1, 1, 2, 3, 2]),
    products=4,
    row=np.arange(6),
    basket=np.array([0, 0, 1, 2, 2, 3]),
)


def pairs(samples: Samples) -> tuple[list[list[float]], list[list[float]]]:
    x, y = samples.batch(np.arange(len(samples)), 4)
    return x.tolist(), y.tolist()


def test_the_history_before_each_basket_leads_to_it():
    assert HAND.basket is not None
    x, y = pairs(before_each_basket(HAND, HAND.basket))
    assert x == [[1, 1, 0, 0], [1, 1, 0, 0]]
    assert y == [[0, 1, 0, 0], [0, 0, 0.5, 0.5]]


def test_the_other_target_is_the_history_itself():
    x, y = pairs(own_history(HAND))
    assert x == [[1, 1, 1, 1], [0, 0, 1, 0]]
    assert y == [[0.25, 0.25, 0.25, 0.25], [0, 0, 1, 0]]


def test_without_order_a_part_leads_to_the_rest():
    samples = parts_of_histories(HAND, np.random.default_rng(0))
    assert len(samples) == 1
    bought = samples.product[samples.known.begin[0] : samples.wanted.end[0]]
    assert sorted(bought) == [0, 1, 1, 2, 3]
    assert samples.known.end[0] == samples.wanted.begin[0]


@pytest.mark.parametrize("hidden", [(8,), (6, 5, 4)])
def test_numpy_scores_what_keras_predicts(hidden: tuple[int, ...]):
    course = Course(hidden=hidden, activation="tanh", epochs=1)
    network = Trainer(course, TRAIN)
    keras_says = network.model.predict(TRAIN.histories.bought.toarray(), verbose=0)
    ours = course.scores(network.weights(), TRAIN.histories)
    np.testing.assert_allclose(ours, keras_says, rtol=1e-5, atol=1e-7)


def test_one_step_is_what_keras_does_in_train_on_batch():
    course = Course(hidden=(8, 4))
    ours, theirs = (Trainer(course, replace(TRAIN, products=TRAIN.products[:4])) for _ in range(2))
    theirs.model.compile("adam", "categorical_crossentropy")
    assert HAND.basket is not None
    x, y = before_each_basket(HAND, HAND.basket).batch(np.array([0, 1]), 4)
    for _ in range(3):
        assert ours.step(x, y) == pytest.approx(float(theirs.model.train_on_batch(x, y)), rel=1e-5)


def test_fused_steps_are_the_plain_ones():
    course = Course(hidden=(8, 4), batch_size=16)
    samples = course.pairs(TRAIN.histories, 0)
    plain, fused = (Trainer(course, TRAIN, fused=way) for way in (False, True))
    for first in range(0, 48, 12):  # fewer than a batch has room for
        x, y = samples.batch(np.arange(first, first + 12), len(TRAIN.products))
        assert fused.step(x, y) == pytest.approx(plain.step(x, y), rel=1e-5)
    for ours, theirs in zip(fused.state(), plain.state()):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


class StoppedError(Exception):
    """What a kill looks like to a test."""


def test_a_stopped_training_goes_on_to_the_same_weights(tmp_path: Path):
    course = Course(epochs=4)
    whole = course.learn(TRAIN)

    def stop(event: dict[str, Any]) -> None:
        if event["epoch"] == 3 and "batch" in event:
            raise StoppedError

    checkpoint = tmp_path / "checkpoint.npz"
    with pytest.raises(StoppedError):
        course.learn(TRAIN, Report(stop, checkpoint))
    said: list[dict[str, Any]] = []
    resumed = course.learn(TRAIN, Report(said.append, checkpoint))
    assert min(event["epoch"] for event in said) == 3
    assert resumed.note == whole.note
    for name in whole.arrays.keys() - {"note"}:
        np.testing.assert_allclose(resumed.arrays[name], whole.arrays[name], rtol=1e-5, atol=1e-6)


def test_every_epoch_tells_its_loss_and_its_validation():
    said: list[dict[str, Any]] = []
    Course(epochs=3).learn(TRAIN, Report(said.append))
    epochs = [event for event in said if "ndcg@10" in event]
    assert [event["epoch"] for event in epochs] == [1, 2, 3]
    assert epochs[-1]["loss"] < epochs[0]["loss"]
    shares = [event["done"] for event in said]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_watched_purchases_are_not_learned_from():
    watch = watched(TRAIN, 0.2, seed=0)
    assert watch is not None
    assert watch.learned.bought.nnz < TRAIN.histories.bought.nnz
    window = TRAIN.validation()
    assert window is not None
    learned = watch.learned.bought.toarray()
    for customer in range(len(TRAIN.customers)):
        before = window[0].histories.bought[[customer]].toarray()[0]
        mine = TRAIN.histories.bought[[customer]].toarray()[0]
        assert any(np.array_equal(learned[customer], allowed) for allowed in (before, mine))


def test_fewer_products_than_there_are():
    fitted = Course(epochs=1, largest=50, target="history").learn(TRAIN)
    scores = fitted.scores(TRAIN.histories)
    assert np.isneginf(scores[:, 50:]).all()
    assert np.isfinite(scores[:, :50]).all()


def test_an_epoch_is_bounded_and_says_so():
    said: list[dict[str, Any]] = []
    fitted = Course(epochs=2, epoch_samples=64).learn(TRAIN, Report(said.append))
    assert {event["batches"] for event in said if "batch" in event} == {2}
    assert "Each epoch saw 64 of" in fitted.note


def test_without_time_it_says_how_it_learns():
    two = shop(
        [f"c{n} p{(n + step) % 7}" for n in range(30) for step in range(3)], "customer", "product"
    )
    fitted = Course(epochs=1).learn(everything(two, SplitOptions("random", min_buyers=1)))
    assert "Nobody knows what was bought first" in fitted.note


def test_nobody_bought_twice():
    once = replace(TRAIN, histories=HAND.of(np.array([1])))
    with pytest.raises(ShopDataError, match="next basket"):
        Course(validation=0.0, largest=4).learn(replace(once, products=TRAIN.products[:4]))


@pytest.mark.parametrize(
    "options",
    [
        {"optimizer": "magic"},
        {"loss": "hinge"},
        {"epochs": 0},
        {"epochs": "many"},
        {"hidden": [64, 0]},
        {"learning_rate": 0.0},
    ],
)
def test_an_impossible_option_is_a_sentence(options: dict[str, Any]):
    with pytest.raises(ShopDataError):
        make_model("course", **options)


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adamw"])
@pytest.mark.parametrize("loss", ["mean_squared_error", "binary_crossentropy"])
def test_every_choice_trains(optimizer: str, loss: str):
    fitted = Course(epochs=1, optimizer=optimizer, loss=loss, activation="sigmoid").learn(TRAIN)
    assert np.isfinite(fitted.arrays["losses"]).all()


def test_a_training_without_progress_ends_early_and_keeps_the_best_weights(tmp_path: Path):
    """A rate so high that the first epochs are the best ones."""
    course = Course(epochs=10, patience=2, learning_rate=0.05)
    said: list[dict[str, Any]] = []
    fitted = course.learn(TRAIN, Report(said.append, tmp_path / "checkpoint.npz"))
    ndcgs, best = fitted.arrays["ndcgs"], int(fitted.arrays["epochs"])
    assert len(ndcgs) == best + 2 < 10
    assert best == 1 + ndcgs.argmax()
    assert f"best after epoch {best} of {len(ndcgs)}" in fitted.note
    assert said[-1]["done"] == 1
    watch = watched(TRAIN, course.validation, course.seed)
    assert watch is not None
    assert course.checked(fitted.arrays, watch) == pytest.approx(ndcgs[best - 1])
    assert course.settled(fitted.arrays) == replace(course, validation=0.0, epochs=best)
    again = course.learn(TRAIN, Report(checkpoint=tmp_path / "checkpoint.npz"))
    np.testing.assert_array_equal(again.arrays["kernel_0"], fitted.arrays["kernel_0"])


def test_without_patience_all_epochs_are_trained():
    fitted = Course(epochs=4, patience=0, learning_rate=0.05).learn(TRAIN)
    assert len(fitted.arrays["losses"]) == int(fitted.arrays["epochs"]) == 4
    assert not fitted.note
