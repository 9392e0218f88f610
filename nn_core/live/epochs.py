"""The epochs of a run, as its updates saw them: the mean loss of each, in bounded memory."""

from dataclasses import dataclass

# So many of the latest epochs are all kept; of those before, every second one goes when room ends.
RECENT, MOST = 100, 300


@dataclass(frozen=True)
class Epoch:
    """The mean loss over the samples of epoch `number`, each before its batch's update."""

    number: int
    loss: float


class Epochs:
    """Adds up the losses of batches to those of epochs. An epoch of which a part was not seen, as
    after going back into its middle, is left out."""

    def __init__(self) -> None:
        self.ended: list[Epoch] = []
        self.last = float("nan")
        self._sum, self._seen, self._at = 0.0, 0, -1

    def add(self, step: int, loss: float, size: int) -> None:
        """The loss of a batch of `size` samples, which update number `step` was made with."""
        if step != self._at + 1:
            self._sum, self._seen = 0.0, 0
        self.last, self._at = loss, step
        self._sum += loss * size
        self._seen += size

    def end(self, number: int, samples: int) -> None:
        """Epoch `number` is over, and had so many samples; what was known of later ones goes."""
        total, seen = self._sum, self._seen
        self._sum, self._seen = 0.0, 0
        self.ended = self.before(number)
        if seen != samples:
            return
        self.ended.append(Epoch(number, total / seen))
        if len(self.ended) > MOST:
            old, recent = self.ended[:-RECENT], self.ended[-RECENT:]
            self.ended = [*old[::2], *recent]

    def before(self, number: int) -> list[Epoch]:
        """Those before an epoch."""
        if not self.ended or self.ended[-1].number < number:
            return self.ended
        return [epoch for epoch in self.ended if epoch.number < number]
