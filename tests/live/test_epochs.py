"""The losses of a run's epochs: those of `fit`, and no others after going back."""

import numpy as np
import pytest

from nn_core.live.epochs import MOST, RECENT, Epochs
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Run
from nn_core.live.settings import Settings
from nn_core.training import EpochEnd, fit

SMALL = Points(hidden=(Hidden(3),), points=66)
SETTINGS = Settings(activations=("tanh",), learning_rate=0.1)


def trained(epochs: int) -> Run:
    run = Run(SMALL, SETTINGS)
    while run.epoch < epochs:
        run.train()
    return run


def losses(run: Run) -> dict[int, float]:
    return {epoch.number: epoch.loss for epoch in run.epochs.ended}


def test_the_epochs_have_the_losses_that_fit_tells() -> None:
    run = trained(5)
    other = Run(SMALL, SETTINGS)
    events = fit(other.model, other.x, other.y, epochs=5, batch_size=10)
    told = [event for event in events if isinstance(event, EpochEnd)]
    assert losses(run) == {end.epoch: pytest.approx(end.loss) for end in told}


def test_a_changed_past_has_other_epochs_and_a_part_of_one_is_left_out() -> None:
    run = trained(6)
    before = losses(run)
    run.go(3 * run.steps_per_epoch - 2)
    run.set({"learning_rate": 0.5})
    while run.epoch < 6:
        run.train()
    after = losses(run)
    assert {n: after[n] for n in (1, 2)} == {n: before[n] for n in (1, 2)}
    assert sorted(after) == [1, 2, 4, 5, 6]
    assert all(after[n] != before[n] for n in (4, 5, 6))


def test_memory_is_bounded_and_the_latest_are_all_there() -> None:
    epochs = Epochs()
    for step in range(1, 10 * MOST):
        epochs.add(step, 1 / step, 4)
        epochs.end(step, 4)
        assert len(epochs.ended) <= MOST
    numbers = [epoch.number for epoch in epochs.ended]
    assert numbers[0] == 1
    assert numbers[-RECENT:] == list(range(10 * MOST - RECENT, 10 * MOST))
    assert np.all(np.diff(numbers) > 0)
