"""Questions of a browser that are answered beside the pictures: one function a question.

An answer is computed in a thread, on a network of its own, so that the run goes on meanwhile.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.frames import encode
from nn_core.live.past import Moment
from nn_core.live.run import Change, Run, Script
from nn_core.live.settings import Settings
from nn_core.live.showing import sample_at
from nn_core.live.updates import Known
from nn_core.network import QUIET, Sequential
from nn_core.registry import Registry

if TYPE_CHECKING:
    from nn_core.live.play import Play

THREADS = 1


@dataclass(frozen=True)
class Scene:
    """What a question is about: the run's network as it was when it was asked, in a copy.

    batch: row numbers of the last batch, or of the next one before the first step; shown: the
    shown sample's set and number; moments: those of the past that are kept; first, log: the
    settings the run began with, and the changes made so far; updates: what is known of each.
    """

    run: Run
    model: Sequential
    now: Moment
    batch: Array
    shown: tuple[str, int]
    moments: tuple[Moment, ...]
    first: Settings
    log: tuple[Change, ...]
    updates: Known

    def again(self) -> Run:
        """A run of its own that stands where this one stood, and can go back to its moments."""
        run = copy.copy(self.run)
        run.begin(self.first, Script(self.log))
        run.past.moments = [*(m for m in self.moments if m.step < self.now.step), self.now]
        run.last = self.now.step
        run.go(self.now.step)
        return run

    @property
    def sample(self) -> tuple[Array, Array]:
        """The shown sample, x: (1, ...) and y: (1, ...)."""
        (x, y), at = self.run.sets[self.shown[0]], self.shown[1]
        return x[at : at + 1], y[at : at + 1]


Answer = tuple[dict[str, Any], dict[str, Array]]
Ask = Callable[[Scene, dict[str, Any]], Answer]
ASKS: Registry[Ask] = Registry("question")
ELSEWHERE: set[str] = set()


def ask(answer: Ask) -> Ask:
    """Registers a question under its function's name. Its message's other fields are its own.

    -> what the browser gets as the answer's header, and arrays by name. A ValueError's sentence is
    the answer when there is none, in the field `error`, which no other answer may have.
    """
    return ASKS.add(answer.__name__, answer)


def ask_elsewhere(answer: Ask) -> Ask:
    """Registers a question that waits for another process: nobody else's answer waits for it."""
    ELSEWHERE.add(answer.__name__)
    return ask(answer)


def scene(play: Play) -> Scene:
    """The present of a play, for an answer that takes its time."""
    run = play.run
    moment = run.moment(run.applied)
    model = run.network(moment.settings)
    moment.give(model)
    batch = run.peek() if run.batch is None else run.batch
    log = tuple(run.log[: run.applied])
    kept = tuple(run.past.moments)
    shown, known = sample_at(play), run.updates.known
    return Scene(run, model, moment, batch, shown, kept, run.first, log, known)


def answer(play: Play, message: dict[str, Any]) -> None:
    """Answers in a thread; the answer goes down the play's socket as a frame of kind "answer"."""
    found, what = ASKS.get(str(message["what"])), str(message["what"])
    send, about = play.send, scene(play)

    def work() -> None:
        head = {"kind": "answer", "what": what, "id": message.get("id"), "step": about.now.step}
        try:
            with np.errstate(**QUIET):
                header, tensors = found(about, message)
        except ValueError as error:
            header, tensors = {"error": str(error)}, {}
        except Exception:
            logging.getLogger(__name__).exception("The question %r met an error.", what)
            sentence = "The server met an error over this question; its log says which."
            header, tensors = {"error": sentence}, {}
        if send is not None:
            send(encode({**head, **header}, tensors))

    threads(what in ELSEWHERE).submit(work)


@cache
def threads(elsewhere: bool) -> ThreadPoolExecutor:
    """Where answers are computed: few at once, so that plays stay quick; or waited for."""
    prefix = "waiting" if elsewhere else "answers"
    return ThreadPoolExecutor(THREADS, thread_name_prefix=prefix)
