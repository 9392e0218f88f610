"""The question "diagnosis": what is wrong with a run, by which number, and what mends it."""

import time
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from nn_core.diagnosis import FEWEST_EPOCHS, PATIENT, Finding, checked
from nn_core.landscape import losses_at
from nn_core.live.asks import Answer, Scene, ask
from nn_core.live.mends import mend
from nn_core.live.past import Moment
from nn_core.trace import record
from nn_core.training import BatchEnd, EpochEnd, Event

# Validation losses are computed for so many epochs at most, the latest among them, and in so many
# seconds.
MOST, LATEST, SECONDS = 40, 3, 0.4
# Of so many train samples a trace is looked at.
TRACED = 64


@dataclass(frozen=True)
class Validated:
    """The loss on the test samples with the weights as they were after `step`, in that epoch."""

    epoch: int
    step: int
    loss: float


@ask
def diagnosis(about: Scene, message: dict[str, Any]) -> Answer:
    """Findings, causes before their consequences, with their mends; and what was checked.

    evidence: (k,) the number of each finding.
    """
    run, now = about.run, about.now
    epochs = [epoch for epoch in list(run.epochs.ended) if epoch.number <= now.epoch]
    validated = validation(about, {epoch.number for epoch in epochs})
    losses = {each.epoch: each.loss for each in validated}
    history: list[Event] = [
        EpochEnd(epoch.number, epoch.loss, losses.get(epoch.number)) for epoch in epochs
    ]
    if now.stopped:
        history.append(BatchEnd(now.epoch, now.step, float("nan")))
    trace = record(about.model, run.x[:TRACED], run.y[:TRACED])
    by_check = checked(about.model, history, trace)
    found = [finding for findings in by_check.values() for finding in findings]
    # What is no number makes every other number of the network meaningless.
    found = [each for each in found if each.kind == "loss not finite"] or found
    best = min(validated, key=lambda each: each.loss).step if validated else None
    header = {
        "findings": [described(about, finding, best) for finding in found],
        "checks": [
            {"name": name, "found": len(each), "waits": waits(name, len(epochs))}
            for name, each in by_check.items()
        ],
        "epochs": now.epoch,
        "fewest": FEWEST_EPOCHS,
        "samples": min(TRACED, len(run.x)),
    }
    return header, {"evidence": np.array([finding.evidence for finding in found], np.float64)}


def waits(name: str, epochs: int) -> bool:
    """Whether a check has seen too little yet."""
    return name in PATIENT and epochs < FEWEST_EPOCHS


def described(about: Scene, finding: Finding, best: int | None) -> dict[str, Any]:
    """A finding as the browser shows it."""
    words = {"kind": finding.kind, "sentence": finding.sentence, "where": finding.where}
    return words | {"mend": asdict(mend(about, finding, best))}


def validation(about: Scene, epochs: set[int]) -> list[Validated]:
    """The test loss after as many of the epochs as there are moments and time for."""
    moments: dict[int, Moment] = {}
    for moment in (*about.moments, about.now):
        if moment.step <= about.now.step and moment.epoch in epochs:
            moments.setdefault(moment.epoch, moment)
    chosen = list(moments.values())
    begun = time.monotonic()
    about.model.evaluate(*about.run.sets["test"])
    room = max(2 * LATEST, min(MOST, int(SECONDS / max(1e-6, time.monotonic() - begun))))
    # The latest say how it stands; of those before, some evenly apart.
    early, late = chosen[:-LATEST], chosen[-LATEST:]
    places = np.linspace(0, len(early) - 1, min(len(early), room - LATEST))
    picked = [*(early[round(place)] for place in places), *late]
    spots = [moment.weights for moment in picked]
    losses = losses_at(about.model, *about.run.sets["test"], spots)
    return [Validated(m.epoch, m.step, loss) for m, loss in zip(picked, losses, strict=True)]
