"""What the lesson on gradient descent says beside its experiments: noise, columns, the ravine."""

import numpy as np
import pytest

from nn_core.course.columns import standardised, to_unit, visits
from nn_core.course.lessons.gradient_descent import UNDER, WITHIN, ravine
from nn_core.course.measures import loss, train
from nn_core.course.noise import MANY, after, gradient, rooted
from nn_core.live.run import Run


@pytest.mark.parametrize("updates", [0, 100])
def test_the_gradients_noise_falls_with_the_root_of_the_batch(updates: int) -> None:
    found = after(updates)
    np.testing.assert_allclose([each.far for each in found], rooted(found), rtol=0.25)


def test_the_gradient_of_a_batch_is_the_mean_of_its_samples() -> None:
    run = Run(MANY, MANY.start)
    rows = np.array([3, 1, 4])
    single = [gradient(run, rows[at : at + 1]) for at in range(3)]
    np.testing.assert_allclose(gradient(run, rows), np.mean(single, axis=0), atol=1e-6)


def test_one_hot_columns_lie_between_0_and_1_already() -> None:
    days, price, _ = visits(1)
    np.testing.assert_array_equal(to_unit(days), days)
    scaled = standardised(price)
    assert scaled.mean() == pytest.approx(0, abs=1e-9)
    assert scaled.std() == pytest.approx(1)


def test_what_the_hints_say_of_the_ravine() -> None:
    low, fit, high = (
        train(ravine(learning_rate=rate).run(None), 10) for rate in (0.001, 0.003, 0.01)
    )
    start = loss(ravine().run(None))
    assert loss(fit) < loss(low) < start < loss(high)
    assert loss(train(low, WITHIN - 10)) > 2
    assert loss(train(fit, WITHIN - 10)) > UNDER
    for momentum in (0.5, 0.9):
        options = {"momentum": momentum}
        run = ravine(learning_rate=0.003, optimizer_options=options).run(None)
        assert loss(train(run, WITHIN)) < UNDER
