"""The judge: loss and metric over all train and test samples, as often as it stays cheap."""

import time
from dataclasses import dataclass

from nn_core.arrays import Array
from nn_core.metrics import METRICS
from nn_core.network import Sequential

# In motion a judgement rests for so many seconds, and for so many times its own length and that of
# everybody else's: all judgements of a class together then take a tenth of the time.
LEAST, REST = 0.06, 9.0


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
        self,
        model: Sequential,
        step: int,
        sets: dict[str, tuple[Array, Array]],
        now: float,
        crowd: int = 1,
    ) -> Judgement:
        """A new judgement. sets: x: (n, ...), y: (n, ...) of "train" and "test"; now: seconds;
        crowd: how many plays share the processor."""
        train, test = sets["train"], sets["test"]
        begun = time.monotonic()
        loss, a = model.judge(*train)
        test_loss, test_a = model.judge(*test)
        scores = self.metric(train[1], a), self.metric(test[1], test_a)
        self.last = Judgement(step, loss, test_loss, *scores, test_a)
        self._awake = now + max(LEAST, REST * crowd * (time.monotonic() - begun))
        return self.last

    def rested(self, now: float) -> bool:
        """Whether a network in motion may be judged again already."""
        return now >= self._awake
