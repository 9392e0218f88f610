"""The share that is done, and the time that is left, on a clock that the test turns."""

from typing import Any

import pytest

from nn_core.recommender.extent import Extent
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS, make_model
from nn_core.recommender.runs.progress import Progress
from nn_core.recommender.split import make_split
from tests.recommender.shops import planted


class Clock:
    """Stands until it is turned."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time


def worked(
    expected: dict[str, dict[str, float]], pace: dict[str, float], found: float = 0.0
) -> list[tuple[float, float | None, float]]:
    """A study whose models take `pace` times as long as expected: (share, told, true) each time.

    `found` of the first step is there from an earlier worker.
    """
    clock, said = Clock(), list[dict[str, Any]]()
    times: list[float] = []

    def say(event: dict[str, Any]) -> None:
        said.append(event)
        times.append(clock.time)

    progress = Progress(expected, say, clock.now)
    for model, steps in expected.items():
        for step, seconds in steps.items():
            report = progress.begin(model, step)
            for done in range(int(100 * found) or 1, 101):
                clock.time += seconds * pace[model] / 100
                report.say({"done": done / 100})
            found = 0.0
        progress.finish(model, {})
    end = clock.time
    return [(event["share"], event["seconds_left"], end - when) for event, when in zip(said, times)]


TWO = {"quick": {"fit": 0.1, "evaluate": 1.0}, "slow": {"fit": 60.0, "evaluate": 2.0}}


@pytest.mark.parametrize("pace", [0.3, 1.0, 4.0])
def test_the_time_left_is_right_within_a_half_from_a_tenth_on(pace: float):
    said = worked(TWO, {"quick": 1.0, "slow": pace})
    assert all(told is not None for share, told, _ in said if share > 0.1 and pace >= 1)
    for share, told, true in said:
        if told is not None and share > 0.25:
            assert true / 1.5 - 1 <= told <= true * 1.5 + 1


def test_it_says_no_time_before_it_knows_and_never_too_little_by_far():
    """The quick models are done in a moment; that says nothing about the slow one."""
    said = worked(TWO, {"quick": 0.01, "slow": 2.0})
    assert [told for _, told, _ in said[:200]] == [None] * 200
    assert all(told > true / 2.5 for _, told, true in said if told is not None and true > 5)


def test_what_an_earlier_worker_did_is_no_pace():
    """Eight tenths were there at once; the rest takes as long as it was expected to."""
    said = worked({"slow": {"fit": 100.0}}, {"slow": 1.0}, found=0.8)
    assert all(abs(told - true) < 0.4 * true + 1 for _, told, true in said if told is not None)
    assert said[1][0] == pytest.approx(0.8)


def test_shares_rise_to_one():
    shares = [share for share, _, _ in worked(TWO, {"quick": 1.0, "slow": 1.0})]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("name", MODELS)
def test_every_model_expects_some_seconds(name: str):
    train = make_split(planted(), SplitOptions()).train
    model = make_model(name)
    assert 0 < model.seconds(Extent.of(train.histories)) < 120
    assert model.scoring > 0
