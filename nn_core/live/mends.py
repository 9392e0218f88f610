"""Mends: how the change that a finding names is made in the lab, by one button.

A mend is made of orders that go down the play's socket and, where the network must begin from other
weights, of what the page's controls are set to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nn_core.diagnosis import Change, Finding
from nn_core.live.asks import Scene
from nn_core.registry import Registry

Order = dict[str, Any]


@dataclass(frozen=True)
class Mend:
    """label: what the button says; orders: messages to the play, in their order.

    initializers: for the page, by the number of a hidden layer from 0. Without a label there is
    no button, and `otherwise` says what can be done by hand.
    """

    label: str = ""
    orders: tuple[Order, ...] = ()
    initializers: dict[int, str] = field(default_factory=dict[int, str])
    otherwise: str = ""


# best: the step with the lowest validation loss, None where there is none.
Mender = Callable[[Scene, Change, int | None], Mend]
MENDERS: Registry[Mender] = Registry("target of a change")


def mend(about: Scene, finding: Finding, best: int | None) -> Mend:
    """What makes the finding's change."""
    return MENDERS.get(finding.change.target)(about, finding.change, best)


def optimizer(about: Scene, change: Change, best: int | None) -> Mend:
    """The optimizer's numbers are settings: the weights stay, unless they cannot be helped."""
    known = {"learning_rate"}
    options = {name: value for name, value in change.fields.items() if name not in known}
    order: Order = {"type": "set"}
    order |= {name: value for name, value in change.fields.items() if name in known}
    order |= {"optimizer_options": options} if options else {}
    words = [f"{name.replace('_', ' ')} to {value:g}" for name, value in change.fields.items()]
    label = f"Set the {' and the '.join(words)}"
    if change.afresh:
        return Mend(f"{label}, begin again", (order, {"type": "reset"}))
    return Mend(label, (order,))


def layers(about: Scene, change: Change, best: int | None) -> Mend:
    """Activations are settings; how weights start is a control of the page, where it has one."""
    spec, model = about.run.spec, about.model
    at = tuple(i for i, layer in enumerate(model.layers) if layer.name in change.layers)
    words: list[str] = []
    orders: tuple[Order, ...] = ()
    activation, initializer = (
        str(change.fields.get(name, "")) for name in ("activation", "kernel_initializer")
    )
    if activation and set(at) <= set(spec.adjustable):
        names = [
            activation if index in at else old
            for index, old in zip(spec.adjustable, about.now.settings.activations)
        ]
        orders = ({"type": "set", "activations": names},)
        words.append(f"use {activation}")
    initializers: dict[int, str] = {}
    if initializer and spec.started(at, initializer) is not None:
        initializers = dict.fromkeys(at, initializer)
        words.append(f"start from {initializer}")
    if words:
        where = change.layers[0] if len(change.layers) == 1 else f"{len(change.layers)} layers"
        return Mend(f"In {where}: {', '.join(words)}", orders, initializers)
    fields = ", ".join(f"{name} = {value}" for name, value in change.fields.items())
    return Mend(otherwise=f"The lab has no control for it; in code: {fields}.")


def fit(about: Scene, change: Change, best: int | None) -> Mend:
    """To stop early and keep the best weights is to go back to them."""
    if best is None:
        return Mend(otherwise="Reset, and stop where the test loss is lowest.")
    return Mend(f"Go back to step {best}, the best one", ({"type": "go", "step": best},))


def inputs(about: Scene, change: Change, best: int | None) -> Mend:
    """The page chooses which inputs there are; it does not scale them."""
    return Mend(otherwise="Under Inputs, at the left, leave out the one that is much larger.")


MENDERS.add("optimizer", optimizer)
MENDERS.add("layers", layers)
MENDERS.add("fit", fit)
MENDERS.add("inputs", inputs)
