"""How the loss went: not finite, up and down, hardly at all, or away from the validation data."""

from collections.abc import Iterator

import numpy as np

from nn_core.diagnosis.base import Change, Finding, Run
from nn_core.network import QUIET
from nn_core.training import EarlyStopping

# How the loss goes is not judged before so many epochs.
FEWEST = 6
# Learning rates that are tried out where the loss hardly falls, as multiples of the present one.
MULTIPLES = (10.0, 100.0, 1e3, 1e4, 1e5, 1e6)


def not_finite(run: Run) -> Iterator[Finding]:
    """A loss or weights that became infinite or NaN."""
    losses = [*(end.loss for end in run.epochs), *run.losses, float(run.trace["loss"])]
    bad = [loss for loss in losses if not np.isfinite(loss)]
    if bad or not np.isfinite(run.model.weights.vector).all():
        change = run.lower_rate(afresh=True)
        yield Finding(
            "loss not finite",
            f"The loss is no longer a number: the steps at a learning rate of "
            f"{run.learning_rate:g} were too long. Try {change.fields['learning_rate']:g}.",
            bad[0] if bad else float("nan"),
            change,
        )


def rate_too_high(run: Run) -> Iterator[Finding]:
    """The loss jumps up by a fortieth an epoch or more, and does not get far down."""
    losses = np.array([end.loss for end in run.epochs])
    if len(losses) < FEWEST or not np.isfinite(losses).all():
        return
    rest, late = losses[2:], losses[-(len(losses) // 3) :].mean()
    jumps = float(np.maximum(np.diff(rest), 0).mean() / (np.abs(rest).mean() or 1.0))
    # A run that has learned may jump about too, but far below where it began.
    high = late > 0.4 * np.median(losses[:3]) and late > 0.2 * losses[0]
    if jumps >= 0.025 and high:
        change = run.lower_rate()
        yield Finding(
            "learning rate too high",
            f"The loss jumps up by {jumps:.0%} an epoch on average and stays high: steps at a "
            f"learning rate of {run.learning_rate:g} overshoot. Try "
            f"{change.fields['learning_rate']:g}.",
            jumps,
            change,
        )


def rate_too_low(run: Run) -> Iterator[Finding]:
    """The loss fell by less than a fifth, and a longer step in the same direction would do more.

    A loss that falls a little may be on a plateau, which one long step does not leave either: there
    the step must take a tenth off; a hundredth where the loss does not move.
    """
    losses = [end.loss for end in run.epochs]
    if len(losses) < FEWEST or not np.isfinite(losses).all() or losses[-1] < 0.8 * losses[0]:
        return
    tried = {multiple: loss_after(run, multiple) for multiple in MULTIPLES}
    multiple = min(tried, key=lambda m: tried[m])
    now, fell = float(run.trace["loss"]), 1 - losses[-1] / losses[0]
    much = 0.99 if fell < 0.01 else 0.9
    if now > 0 and tried[multiple] < much * now and loss_after(run, 1.0) > 0.999 * now:
        rate = run.learning_rate * multiple
        yield Finding(
            "learning rate too low",
            f"The loss fell by {fell:.1%} in {run.epochs[-1].epoch} epochs, and one "
            f"step {multiple:g} times as long would take {1 - tried[multiple] / now:.0%} off. "
            f"Try a learning rate of {rate:g}.",
            tried[multiple] / now,
            Change("optimizer", {"learning_rate": rate}),
        )


def loss_after(run: Run, multiple: float) -> float:
    """The traced batch's loss after its next step, made `multiple` times as long."""
    vector = run.model.weights.vector
    before = vector.copy()
    with np.errstate(**QUIET):
        vector += multiple * (run.trace["update/w"] - before)
        loss = run.model.evaluate(run.trace["x"], run.trace["y"])
    vector[:] = before
    return loss if np.isfinite(loss) else float("inf")


def overfitting(run: Run) -> Iterator[Finding]:
    """The validation loss is a quarter above its lowest, long past, and the training loss below.

    A run that was stopped and given its best weights back has dealt with it.
    """
    epochs = [end for end in run.epochs if end.val_loss is not None]
    values = np.array([end.val_loss for end in epochs], float)
    if len(values) < FEWEST or run.restored or not np.isfinite(values).all():
        return
    best = int(values.argmin())
    ratio = float(values[-3:].mean() / values[best]) if values[best] > 0 else 1.0
    # Long past, and by no small part of what there was to lose.
    clear = best < 0.8 * len(values) and values[-3:].mean() - values[best] > 0.15 * values[0]
    if ratio > 1.25 and clear and epochs[-1].loss < min(epochs[best].loss, values[-1] / 1.5):
        patience = max(2, len(values) // 10)
        yield Finding(
            "overfitting",
            f"The validation loss was lowest, {values[best]:.3g}, in epoch {epochs[best].epoch} "
            f"and is {ratio:.2f} times that now, while the training loss fell to "
            f"{epochs[-1].loss:.3g}. Stop early and keep the best weights.",
            ratio,
            Change(
                "fit",
                {"early_stopping": EarlyStopping(patience=patience, restore_best_weights=True)},
            ),
        )
