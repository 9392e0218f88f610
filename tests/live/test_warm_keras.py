"""The line to the worker: it starts at the first question, comes back from the dead, and ends."""

import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from nn_core.live.warm_keras import WarmKeras

# A worker without Keras: it says how many questions it has had, or does what a question tells it.
STAND_IN = """
import os, sys, time
from nn_core.live.frames import decode, encode
from nn_core.live.keras_worker import read, write
count = 0
while (frame := read(sys.stdin.buffer)) is not None:
    request, arrays = decode(frame)
    count += 1
    if request["work"] == "die":
        sys.exit("out of memory")
    if request["work"] == "hang":
        time.sleep(60)
    if request["work"] == "die once" and not os.path.exists(request["mark"]):
        open(request["mark"], "w").close()
        os._exit(1)
    answer = {"count": count, "pid": os.getpid()}
    if request["work"] == "refuse":
        answer = {"error": "no"}
    write(sys.stdout.buffer, encode(answer, arrays))
"""
Make = Callable[..., WarmKeras]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[WarmKeras] = []

    def new(**options: float) -> WarmKeras:
        command = (sys.executable, "-c", textwrap.dedent(STAND_IN))
        made.append(WarmKeras(command, **options))
        return made[-1]

    yield new
    for each in made:
        each.stop()


def test_it_starts_at_the_first_question_and_stays(make: Make) -> None:
    keras = make()
    assert keras.worker is None
    first, arrays = keras.ask({"work": "count", "n": 1}, {"x": np.arange(3.0)})
    second, _ = keras.ask({"work": "count", "n": 2}, {})
    assert (first["count"], second["count"]) == (1, 2)
    assert first["pid"] == second["pid"]
    np.testing.assert_array_equal(arrays["x"], np.arange(3.0))


def test_the_same_question_is_asked_once(make: Make) -> None:
    keras = make()
    ask = {"work": "count"}
    assert keras.ask(ask, {"x": np.zeros(2)})[0] == keras.ask(ask, {"x": np.zeros(2)})[0]
    assert keras.ask(ask, {"x": np.ones(2)})[0]["count"] == 2


def test_a_worker_that_dies_is_started_again(make: Make, tmp_path: Path) -> None:
    keras = make()
    before, _ = keras.ask({"work": "count"}, {})
    after, _ = keras.ask({"work": "die once", "mark": str(tmp_path / "died")}, {})
    assert after["pid"] != before["pid"]


def test_one_that_always_dies_is_given_up_with_its_last_words(make: Make) -> None:
    keras = make()
    with pytest.raises(ValueError, match=r"its process ended \(out of memory\)"):
        keras.ask({"work": "die"}, {})
    assert keras.ask({"work": "count"}, {})[0]["count"] == 1


def test_one_that_hangs_is_killed(make: Make) -> None:
    with pytest.raises(ValueError, match="its process ended"):
        make(patience=1.0).ask({"work": "hang"}, {})


def test_an_error_there_is_a_sentence_here_and_is_not_kept(make: Make) -> None:
    keras = make()
    for _ in range(2):
        with pytest.raises(ValueError, match="could not compute this: no"):
            keras.ask({"work": "refuse"}, {})
    assert keras.ask({"work": "count"}, {})[0]["count"] == 3


def test_it_ends_when_nobody_asks_and_starts_again(make: Make) -> None:
    keras = make(idle=0.2)
    first, _ = keras.ask({"work": "count", "n": 1}, {})
    until = time.monotonic() + 20
    while keras.worker is not None and time.monotonic() < until:
        time.sleep(0.02)
    assert keras.worker is None
    assert keras.ask({"work": "count", "n": 2}, {})[0]["pid"] != first["pid"]


def test_after_the_server_has_stopped_nothing_starts(make: Make) -> None:
    keras = make()
    keras.ask({"work": "count"}, {})
    worker = keras.worker
    assert worker is not None
    keras.stop()
    assert worker.poll() is not None
    with pytest.raises(ValueError, match="The server stops"):
        keras.ask({"work": "count", "n": 2}, {})
    assert keras.worker is None
