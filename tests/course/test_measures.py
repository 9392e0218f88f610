"""What is read off a run: each measure where its value is known."""

import numpy as np
import pytest

from nn_core.course.measures import again, leaning, loss, saturated, stride, train
from nn_core.course.scenario import one
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Run

ONE_UNIT = Points(dataset="gaussians", hidden=(Hidden(1, "tanh"),))


@pytest.fixture
def run() -> Run:
    return train(one(ONE_UNIT, learning_rate=0.1, batch_size=500).run(None), 50)


def test_to_silence_the_only_unit_leaves_the_bias_to_answer(run: Run) -> None:
    rise, before = leaning(run), loss(run)
    run.model.named_weights["dense_2/kernel"][...] = 0
    assert loss(run) - before == pytest.approx(rise, abs=1e-6)
    assert rise > 0.1


def test_units_are_saturated_when_their_sums_are_large(run: Run) -> None:
    kernel = run.model.named_weights["dense_1/kernel"]
    kernel *= 1e6
    assert saturated(run) == 1
    kernel *= 0
    run.model.named_weights["dense_1/bias"][...] = 0
    assert saturated(run) == 0


def test_a_plain_step_is_as_long_as_its_gradient(run: Run) -> None:
    parts = run.model.gradients(*run.sets["train"])
    expected = np.abs(np.concatenate([part.ravel() for part in parts])).mean()
    assert stride(run, 1) == pytest.approx(expected, rel=1e-3)


def test_again_is_from_the_same_first_weights(run: Run) -> None:
    other = again(run, learning_rate=0.3)
    assert (other.step, other.settings.learning_rate) == (0, 0.3)
    assert loss(train(again(run), 50)) == loss(run)
