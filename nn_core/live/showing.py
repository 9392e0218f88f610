"""What of a play is looked at: the shown sample, the batch it stands in, and how the run does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_core.arrays import Array
from nn_core.live.company import Company
from nn_core.live.company import company as company_of
from nn_core.live.judge import Judgement
from nn_core.live.samples import samples_depend

if TYPE_CHECKING:
    from nn_core.live.play import Play


def sample_at(play: Play, batch: Array | None = None) -> tuple[str, int]:
    """Which point's numbers are shown: the clicked one, or the first there is.

    While a batch is walked through that is its first, so that the walk ends in an update in
    which the point takes part; sample by sample it is the one whose turn it is.
    """
    if batch is None and play.walk is not None:
        return play.walk.shown
    settings = play.settings
    if settings.sample is None:
        return "train", 0 if batch is None else int(batch[0])
    name = settings.sample_set if settings.sample_set in play.run.sets else "train"
    return name, min(settings.sample, len(play.run.sets[name][0]) - 1)


def sample(play: Play, at: tuple[str, int]) -> tuple[Array, Array]:
    """The input (1, D) and target (1, U) of a point of `sample_at`."""
    name, index = at
    x, y = play.run.sets[name]
    return x[index : index + 1], y[index : index + 1]


def company(play: Play) -> Company | None:
    """The batch among which the sample is shown: the one walked through, or the next."""
    run = play.run
    if not samples_depend(run.model):
        return None
    batch = play.walk.batch if play.walk else run.peek()
    return company_of(run.model, run.sets, batch, sample_at(play))


def judged(play: Play) -> tuple[Judgement, bool]:
    """Loss and metric over all samples, and whether they are new since the last picture.

    At rest they always belong to the present weights; in motion a costly network is judged
    less often, and the judgement says after which step.
    """
    run, last = play.run, play.judge.last
    if last is not None and not play.news["reset"]:
        if last.step == run.step:
            return last, False
        if play.moving and not play.judge.rested(play.now):
            return last, False
    return play.judge.look(run.model, run.step, run.sets, play.now, play.crowd), True
