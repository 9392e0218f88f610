"""A run goes back, is changed, and can be repeated from its log, number for number."""

from collections.abc import Iterable

import numpy as np
import pytest

from nn_core.live.convolution import Pictures
from nn_core.live.past import BUDGET, FEWEST, Past
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import Sequences
from nn_core.live.run import Change, Run, Script
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.updates import Updates

SMALL = Points(hidden=(Hidden(3),), points=60)
ADAM = Settings(activations=("tanh",), optimizer="adam", learning_rate=0.02)


def run_of(spec: Spec = SMALL, script: Iterable[Change] = ()) -> Run:
    return Run(spec, ADAM, Script(tuple(script)))


def trained(run: Run, updates: int) -> Run:
    for _ in range(updates):
        run.train()
    return run


def state_of(run: Run) -> list[np.ndarray]:
    """All numbers that the next update depends on."""
    return [run.model.weights.vector.copy(), *(slot.copy() for slot in run.model.slots.values())]


def moved(run: Run) -> list[np.ndarray]:
    """The last gradient and update."""
    assert run.gradient is not None
    assert run.update is not None
    return [run.gradient.copy(), run.update]


def same(a: list[np.ndarray], b: list[np.ndarray]) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def test_every_update_is_known_by_the_loss_of_its_batch() -> None:
    run = run_of()
    losses: list[float] = []
    for _ in range(40):
        batch = run.peek()
        losses.append(float(run.model.evaluate(run.x[batch], run.y[batch])))
        run.train()
    every, found, epochs = run.updates.known
    assert every == 1
    np.testing.assert_allclose(found, losses, rtol=1e-5)
    np.testing.assert_array_equal(epochs, np.arange(1, 41) // run.steps_per_epoch)
    before = found.copy()
    run.go(20)
    trained(run, 5)
    np.testing.assert_array_equal(run.updates.known.losses, before)
    run.set({"learning_rate": 0.3})
    assert len(run.updates.known.losses) == 25
    trained(run, 2)
    assert not np.array_equal(run.updates.known.losses[25:], before[25:27])


@pytest.mark.parametrize("count", [7, 8, 9, 33])
def test_of_many_updates_every_second_one_goes(count: int) -> None:
    updates = Updates(most=8)
    for step in range(1, count + 1):
        updates.add(step, float(step), step // 3)
    every, losses, epochs = updates.known
    assert len(losses) <= 8
    np.testing.assert_array_equal(losses, np.arange(every, count + 1, every))
    np.testing.assert_array_equal(epochs, losses.astype(int) // 3)


@pytest.mark.parametrize(
    "spec", [SMALL, Pictures(samples=80), Sequences(samples=60)], ids=lambda spec: spec.scene
)
def test_every_step_of_the_past_comes_back_and_leads_to_the_same_present(spec: Spec) -> None:
    run = Run(spec, spec.start)
    states = [state_of(run)]
    for _ in range(23):
        run.train()
        states.append(state_of(run))
    for step in (7, 0, 22, 13):
        run.go(step)
        assert run.step == step
        assert same(state_of(run), states[step])
    trained(run, 10)
    assert run.step == run.last == 23
    assert run.cuts == 0
    assert same(state_of(run), states[23])


def test_the_gradient_and_the_update_of_a_step_come_back_with_it() -> None:
    run = trained(run_of(), 5)
    then = moved(run)
    trained(run, 4)
    run.go(5)
    assert same(moved(run), then)


def test_the_past_is_bounded_and_reaches_back_to_the_start() -> None:
    run = run_of()
    trained(run, 3000)
    kept = run.past.moments
    assert len(kept) <= run.past.room
    assert kept[0].step == 0
    assert sum(moment.bytes for moment in kept) <= BUDGET + kept[-1].bytes
    run.go(1501)
    assert run.step == 1501
    assert same(state_of(run), state_of(trained(run_of(), 1501)))


def test_a_large_network_keeps_few_moments() -> None:
    spec = Pictures(dataset="digits28", samples=80)
    first = Run(spec, spec.start).moment()
    past = Past(first)
    assert past.room == max(FEWEST, BUDGET // first.bytes) < 100


def test_a_changed_past_has_another_future() -> None:
    run = trained(run_of(), 20)
    before = state_of(run)
    run.go(10)
    run.set({"learning_rate": 0.5})
    assert (run.cuts, run.last, len(run.log)) == (1, 10, 1)
    trained(run, 10)
    assert not same(state_of(run), before)
    run.undo()
    assert run.settings.learning_rate == ADAM.learning_rate
    trained(run, 10)
    assert same(state_of(run), before)


def test_the_log_repeats_a_run_with_all_that_was_changed_on_the_way() -> None:
    run = trained(run_of(), 4)
    run.edit("dense_1/kernel[1,2]", 1.5)
    trained(run, 3)
    run.peek()
    run.set({"batch_size": 7})
    trained(run, 1)
    run.set({"activations": ["relu"], "optimizer": "sgd"})
    trained(run, 9)
    run.set({"learning_rate": 0.3})
    trained(run, 2)
    again = trained(run_of(script=run.log), run.step)
    assert same(state_of(again), state_of(run))
    assert again.settings == run.settings
    again.reset()
    assert again.step == 0
    assert same(state_of(trained(again, run.step)), state_of(run))


def test_after_a_change_a_reset_still_begins_with_the_weights_of_the_script() -> None:
    """Weights that a lesson sets at the start stay its start; what the learner did does not."""
    set_first = Change(0, weight="dense_1/kernel[1,2]", value=1.5)
    run = trained(run_of(script=[set_first, Change(4, settings={"learning_rate": 0.5})]), 6)
    run.edit("dense_1/kernel[0,0]", -3.0)
    run.set({"batch_size": 7})
    run.reset()
    assert run.log == [set_first]
    assert run.model.named_weights["dense_1/kernel"][1, 2] == 1.5
    assert run.model.named_weights["dense_1/kernel"][0, 0] != -3.0
    assert (run.settings.batch_size, run.settings.learning_rate) == (7, 0.5)


@pytest.mark.parametrize("before", [0, 2, 6])
def test_a_batch_that_was_looked_at_is_not_drawn_twice(before: int) -> None:
    """A walk peeks at the next epoch's shuffle; a change of the batch size then draws it anew."""
    peeked, plain = run_of(), run_of()
    for run in (peeked, plain):
        trained(run, before)
    peeked.peek()
    for run in (peeked, plain):
        run.set({"batch_size": 4})
        trained(run, 12)
    assert same(state_of(peeked), state_of(plain))


def test_an_edited_weight_stands_and_the_last_update_stays_what_it_was() -> None:
    run = trained(run_of(), 6)
    _, update = moved(run)
    run.edit("dense_1/bias[0]", -2.0)
    assert run.model.named_weights["dense_1/bias"][0] == -2.0
    np.testing.assert_allclose(moved(run)[1], update, atol=1e-6)
    with pytest.raises(ValueError, match="Unknown weight"):
        run.edit("dense_9/bias[0]", 1.0)
    with pytest.raises(ValueError, match="must be a number"):
        run.edit("dense_1/bias[0]", float("nan"))
    assert len(run.log) == 1


def test_undo_takes_back_one_thing_after_the_other() -> None:
    run = run_of()
    start = state_of(run)
    run.mark()
    trained(run, 5)
    five = state_of(run)
    run.edit("dense_1/kernel[0,0]", 3.0)
    run.mark()
    trained(run, 2)
    run.set({"learning_rate": 1.0})
    run.undo()
    assert run.step == 7
    assert run.settings.learning_rate == ADAM.learning_rate
    run.undo()
    assert run.step == 5
    assert run.model.named_weights["dense_1/kernel"][0, 0] == 3.0
    run.undo()
    assert same(state_of(run), five)
    run.undo()
    assert same(state_of(run), start)
    assert not run.undoable
    with pytest.raises(ValueError, match="nothing to undo"):
        run.undo()


def test_a_change_in_the_past_can_be_undone_and_the_old_future_comes_back() -> None:
    run = trained(run_of(), 10)
    run.edit("dense_1/kernel[0,0]", 3.0)
    trained(run, 5)
    then = state_of(run)
    run.mark()
    run.go(4)
    run.edit("dense_1/kernel[0,0]", -3.0)
    trained(run, 3)
    run.undo()
    assert run.step == 4
    run.undo()
    assert run.step == 15
    assert same(state_of(run), then)


def test_a_run_that_stopped_can_go_back_and_learn_otherwise() -> None:
    run = run_of(Points(dataset="plane", loss="mse", hidden=(Hidden(3),), points=60))
    trained(run, 5)
    with np.errstate(all="ignore"):
        run.set({"learning_rate": 1e30, "optimizer": "sgd"})
        while not run.stopped:
            run.train()
        run.undo()
        assert (run.step, run.stopped) == (5, None)
        trained(run, 5)
    assert np.isfinite(run.model.weights.vector).all()


def test_updates_of_a_copy_that_begins_in_the_middle_are_known_from_there() -> None:
    updates = Updates(most=4_000)
    for step in range(2_201, 9_001):
        updates.add(step, float(step), step)
    known = updates.known
    assert known.every == 4
    assert np.isnan(known.losses[: 2_200 // 4]).all()
    later = np.arange(2_204, 9_001, 4)
    assert known.losses[2_200 // 4 :].tolist() == later.tolist()
