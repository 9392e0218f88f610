"""Diagnosis: what is wrong with a training run, with the number that shows it and what mends it."""

from collections.abc import Iterable

from nn_core.diagnosis import fit, gradients, progress, units
from nn_core.diagnosis.base import CHECKS, Change, Finding, Run, mended
from nn_core.network import Sequential
from nn_core.trace import Trace
from nn_core.training import BatchEnd, EpochEnd, Event, Stopped

CHECKS.add("loss not finite", progress.not_finite)
CHECKS.add("loss and output", fit.loss_and_output)
CHECKS.add("unscaled inputs", fit.unscaled)
CHECKS.add("symmetric weights", units.symmetric)
CHECKS.add("saturated units", units.saturated)
CHECKS.add("dead ReLUs", units.dead)
CHECKS.add("gradients through layers", gradients.through_layers)
CHECKS.add("gradients through time", gradients.through_time)
CHECKS.add("learning rate too high", progress.rate_too_high)
CHECKS.add("learning rate too low", progress.rate_too_low)
CHECKS.add("overfitting", progress.overfitting)
# Those that look at how the loss went, which takes some epochs.
PATIENT = ("learning rate too high", "learning rate too low", "overfitting")


def diagnose(model: Sequential, history: Iterable[Event], trace: Trace) -> list[Finding]:
    """Everything found, causes before their consequences; an empty list for a healthy run.

    history: the events of `fit` so far. trace: of a batch, from `record`.
    """
    return [finding for found in checked(model, history, trace).values() for finding in found]


def checked(model: Sequential, history: Iterable[Event], trace: Trace) -> dict[str, list[Finding]]:
    """What each check has found, by its name."""
    events = list(history)
    run = Run(
        model,
        [event for event in events if isinstance(event, EpochEnd)],
        trace,
        [event.loss for event in events if isinstance(event, BatchEnd)],
        any(isinstance(event, Stopped) and event.restored for event in events),
    )
    return {name: list(CHECKS.get(name)(run)) for name in CHECKS}


FEWEST_EPOCHS = progress.FEWEST

__all__ = [
    "CHECKS",
    "FEWEST_EPOCHS",
    "PATIENT",
    "Change",
    "Finding",
    "checked",
    "diagnose",
    "mended",
]
