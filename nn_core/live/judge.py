"""The judge: loss and metric over all train and test samples, as often as it stays cheap."""

import time
from dataclasses import dataclass

from nn_core.arrays import Array
from nn_core.metrics import METRICS
from nn_core.network import Sequential

# A judgement that takes longer than this, in seconds, rests for so many times its own length.
CHEAP, REST = 0.003, 6.0


@dataclass(frozen=True)
class Judgement:
    """step: after how many updates; losses, metrics, and the predictions for the test samples."""

    step: int
    train: float
    test: float
    train_metric: float
    test_metric: float
    predicted: Array


class Judge:
    """Keeps its last judgement while the network moves on, and renews it when it has rested."""

    def __init__(self, task: str) -> None:
        self.metric = METRICS.get("r2" if task == "regression" else "accuracy")
        self.last: Judgement | None = None
        self._awake = 0.0

    def look(
        self, model: Sequential, step: int, train: tuple[Array, Array], test: tuple[Array, Array]
    ) -> Judgement:
        """A new judgement. train, test: x: (n, ...), y: (n, ...)."""
        begun = time.monotonic()
        loss, a = model.judge(*train)
        test_loss, test_a = model.judge(*test)
        scores = self.metric(train[1], a), self.metric(test[1], test_a)
        self.last = Judgement(step, loss, test_loss, *scores, test_a)
        ended = time.monotonic()
        cost = ended - begun
        self._awake = ended + REST * cost if cost > CHEAP else 0.0
        return self.last

    @property
    def rested(self) -> bool:
        """Whether a network in motion may be judged again already."""
        return time.monotonic() >= self._awake
