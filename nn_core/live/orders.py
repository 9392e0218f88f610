"""What a browser may ask of a play: one function an order, found by its name."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from nn_core.live import answers, links
from nn_core.live.run import Run
from nn_core.live.settings import is_number
from nn_core.registry import Registry

if TYPE_CHECKING:
    from nn_core.live.play import Play

# Other plays wait no longer than this for one that is to reach a step.
TURN = 0.02
Order = Callable[["Play", dict[str, Any], float], None]
ORDERS: Registry[Order] = Registry("order")


def order(carry_out: Order) -> Order:
    """Registers an order under its own name; one that cannot be carried out raises ValueError."""
    return ORDERS.add(carry_out.__name__, carry_out)


@order
def hello(play: Play, message: dict[str, Any], now: float) -> None:
    """A browser has come, or has come back."""
    play.acknowledged, play.visible, play.news["hello"] = play.seq, True, True


@order
def visible(play: Play, message: dict[str, Any], now: float) -> None:
    """Whether anybody can see the pictures."""
    play.visible = bool(message["value"])


@order
def want(play: Play, message: dict[str, Any], now: float) -> None:
    """Which vector of the weights' length a moving picture shows; null for all of them."""
    only = message.get("only")
    play.wanted = None if only is None else str(only)


@order
def play(play: Play, message: dict[str, Any], now: float) -> None:
    """Trains on by itself."""
    if not play.run.stopped:
        play.run.mark()
        play.start(now)


@order
def pause(play: Play, message: dict[str, Any], now: float) -> None:
    """Stands still."""
    play.state = "paused"


@order
def step(play: Play, message: dict[str, Any], now: float) -> None:
    """One step, by its kind: of an operation, a sample, a batch or an epoch."""
    if not play.run.stopped:
        play.state = "paused"
        play.run.mark()
        play.move(str(message.get("kind", "batch")))


@order
def reach(play: Play, message: dict[str, Any], now: float) -> None:
    """Trains to a step of the run, for TURN seconds at most; the frame says how far it came.

    Runs that are compared are kept in step with each other by their viewer, who asks again.
    """
    if not is_number(message["step"]):
        raise ValueError(f"A step must be a number; received {message['step']!r}.")
    play.state = "paused"
    until = time.monotonic() + TURN
    while play.run.step < message["step"] and not play.run.stopped:
        play.train()
        if time.monotonic() > until:
            break


@order
def reset(play: Play, message: dict[str, Any], now: float) -> None:
    """Everything from the start."""
    play.begin()


@order
def set(play: Play, message: dict[str, Any], now: float) -> None:
    """Other settings, with the weights as they are."""
    play.news["settings"] = True
    play.change(message)


@order
def edit(play: Play, message: dict[str, Any], now: float) -> None:
    """One weight, by its name, to a value of the viewer's."""
    if not is_number(message["value"]):
        raise ValueError(f"A weight must be a number; received {message['value']!r}.")
    play.run.edit(str(message["weight"]), float(message["value"]))
    play.changed()


@order
def go(play: Play, message: dict[str, Any], now: float) -> None:
    """To another step of the run."""
    if not is_number(message["step"]):
        raise ValueError(f"A step must be a number; received {message['step']!r}.")
    play.state = "paused"
    if not message.get("dragging"):
        play.run.mark()
    play.run.go(int(message["step"]))
    play.changed()


@order
def open(play: Play, message: dict[str, Any], now: float) -> None:
    """A run that was saved with a network like this one, in place of the present one."""
    settings, script = links.unpacked(str(message["run"]))
    play.take(Run(play.spec, settings, script))


@order
def points(play: Play, message: dict[str, Any], now: float) -> None:
    """Other data, drawn on the stage: a run of its own."""
    play.take(Run(play.spec.remade({"own": message["points"]}), play.settings))
    play.news["hello"] = True


@order
def draw(play: Play, message: dict[str, Any], now: float) -> None:
    """A sample that somebody drew, with its label, to be the one that is shown."""
    run = play.run
    x = np.array(message["pixels"], np.float32).reshape(1, *run.spec.input_shape)
    label = message["label"]
    if not np.isin(label, np.unique(run.data.train_y)) or not ((x >= 0) & (x <= 1)).all():
        raise ValueError("A drawn picture has cells from 0 to 1, and one of the classes.")
    run.own = (x, np.array([label]))
    play.change({"sample": 0, "sample_set": "own"})
    play.walk = None


@order
def undo(play: Play, message: dict[str, Any], now: float) -> None:
    """Takes the viewer's last change back."""
    play.state = "paused"
    play.run.undo()
    play.changed()


@order
def ask(play: Play, message: dict[str, Any], now: float) -> None:
    """A question, answered when it can be."""
    answers.answer(play, message)
    play.asked |= {str(message["what"])}
    play.news["flush"] = False
