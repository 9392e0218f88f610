"""What a yes-or-no answer is worth, by hand, by scikit-learn, and by the sum of its parts."""

import numpy as np
import pytest

from nn_core.course.buying import curves
from nn_core.course.buying.learning import (
    Question,
    integrated,
    learn,
    network,
    output_and_slopes,
    permutation,
    standardised,
    without,
)
from nn_core.course.buying.logistic import answer, asked_of_worker
from nn_core.training import fit

P = np.array([0.9, 0.8, 0.7, 0.3, 0.2])
Y = np.array([1.0, 0.0, 1.0, 0.0, 0.0])


def test_the_order_of_five_customers_is_counted_by_hand() -> None:
    found = curves.ranked(P, Y)
    assert found.hit.tolist() == [0, 1, 1, 2, 2, 2]
    assert found.recall.tolist() == [0, 0.5, 0.5, 1, 1, 1]
    assert found.false_alarms.tolist() == pytest.approx([0, 0, 1 / 3, 1 / 3, 2 / 3, 1])
    assert found.precision.tolist() == pytest.approx([1, 1, 1 / 2, 2 / 3, 2 / 4, 2 / 5])
    assert found.profit(cost=1, margin=4).tolist() == [0, 3, 2, 5, 4, 3]
    assert curves.area(P, Y) == pytest.approx(5 / 6)
    assert curves.above(P, 0.3) == 3


def test_area_and_loss_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import log_loss, roc_auc_score

    rng = np.random.default_rng(0)
    p = rng.integers(1, 20, 200) / 20  # with ties
    y = (rng.random(200) < p).astype(float)
    assert curves.area(p, y) == pytest.approx(roc_auc_score(y, p))
    assert curves.loss(p, y).mean() == pytest.approx(log_loss(y, p))


def test_probabilities_that_are_true_are_calibrated_and_others_are_not() -> None:
    rng = np.random.default_rng(1)
    p = rng.random(20_000)
    y = (rng.random(20_000) < p).astype(float)
    said, came = curves.calibration(p, y)
    assert len(said) == 10
    np.testing.assert_allclose(came, said, atol=0.04)
    said, came = curves.calibration(p**2, y)
    assert (came - said).max() > 0.15


def test_the_interval_of_a_model_against_itself_is_zero_and_a_better_one_is_seen() -> None:
    rng = np.random.default_rng(2)
    p = rng.random(500)
    y = (rng.random(500) < p).astype(float)
    assert curves.area_apart(p, p, y, rng) == (0.0, 0.0, 0.0)
    mean, low, high = curves.area_apart(p, rng.random(500), y, rng)
    assert 0 < low < mean < high


def test_the_worker_answers_as_scikit_learn_does_here() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(60, 2))
    y = (x[:, 0] + rng.normal(size=60) > 0).astype(float)
    (found,) = asked_of_worker({"a x": x, "a y": y, "a test": x[:5]}).values()
    np.testing.assert_allclose(found, answer(x, y, x[:5]))


def test_what_the_worker_stumbles_over_is_told() -> None:
    with pytest.raises(RuntimeError, match="one class"):
        asked_of_worker({"a x": np.ones((4, 2)), "a y": np.ones(4), "a test": np.ones((1, 2))})


def test_only_the_learnt_customers_decide_the_scale() -> None:
    learnt, judged = standardised(np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([[5.0, 6.0]]))
    assert learnt.tolist() == [[-1, 0], [1, 0]]
    assert judged.tolist() == [[3, 1]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_integrated_gradients_are_complete(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(100, 8))
    model = learn(Question(rows, (rows[:, 0] > rows[:, 1]) * 1.0, rows, rows[:, 0]), seed).network
    x, middle = np.array([2.0, -2.0, *rng.normal(size=6)]), np.zeros(8)
    before, after = output_and_slopes(model, np.array([middle, x]))[0]
    assert integrated(model, x, middle).sum() == pytest.approx(after - before, abs=1e-3)
    assert abs(after - before) > 0.02


def test_slopes_are_those_of_finite_differences() -> None:
    model = network(8, 5)
    x = np.random.default_rng(5).normal(size=(1, 8))
    _, slopes = output_and_slopes(model, x)
    step = 1e-2 * np.eye(8)
    ahead, behind = (output_and_slopes(model, x + side * step)[0] for side in (1, -1))
    np.testing.assert_allclose(slopes[0], (ahead - behind) / 2e-2, atol=2e-3)


def test_an_input_without_a_weight_can_be_shuffled() -> None:
    model = network(3, 1)
    kernel, *others = model.get_weights()
    kernel[1] = 0
    model.set_weights([kernel, *others])
    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 3))
    y = (model.predict(x)[:, 0] > np.median(model.predict(x))).astype(float)
    growth = permutation(model, x, y, rng)
    assert growth[1] == pytest.approx(0, abs=1e-6)
    assert np.abs(growth[[0, 2]]).max() > 1e-4


def test_inputs_that_say_the_same_are_missed_only_together() -> None:
    """Three columns alike, each with a third of the weight."""
    model, rng = network(3, 1), np.random.default_rng(0)
    x = np.repeat(rng.normal(size=(400, 1)), 3, axis=1)
    y = (x[:, 0] > 0).astype(float)
    for _ in fit(model, x, y[:, None], 40, 32):
        pass
    alone = permutation(model, x, y, rng).max()
    assert without(model, x, y, (0, 1, 2), rng) > 2 * alone
