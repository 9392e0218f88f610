"""The head of a network: its loss, together with the output activation where the pair is exact."""

from dataclasses import dataclass, replace
from typing import Protocol

from nn_core.activations import ACTIVATIONS, Activation
from nn_core.arrays import Array
from nn_core.layers.base import Layer, Step
from nn_core.losses import LogitsLoss, Loss, through_logits


class Head(Protocol):
    """Turns what the stack puts out into a prediction, a loss and the first gradient."""

    def predict(self, out: Array) -> Array:
        """out: (N, U) -> prediction a: (N, U)."""
        ...

    def forward(self, y: Array, out: Array) -> float:
        """y, out: (N, U) -> mean loss."""
        ...

    def backward(self, y: Array, out: Array, into: Array) -> Array:
        """y, out, into: (N, U) -> the gradient of the loss with respect to out."""
        ...

    def steps(self) -> tuple[Step, Step]:
        """The loss and its gradient as equations."""
        ...


@dataclass(frozen=True)
class PlainHead:
    """The stack puts out predictions, and the loss is taken of them."""

    loss: Loss

    def predict(self, out: Array) -> Array:
        return out

    def forward(self, y: Array, out: Array) -> float:
        return self.loss.forward(y, out)

    def backward(self, y: Array, out: Array, into: Array) -> Array:
        return self.loss.backward(y, out, into)

    def steps(self) -> tuple[Step, Step]:
        loss = self.loss
        return (
            Step("loss", loss.equation, loss.latex, ("a", "y")),
            Step("da", loss.backward_equation, loss.backward_latex, ("a", "y")),
        )


@dataclass(frozen=True)
class LogitsHead:
    """The stack puts out logits z; activation and loss are differentiated as one."""

    loss: LogitsLoss
    activation: Activation

    def predict(self, out: Array) -> Array:
        return self.activation.forward(out)

    def forward(self, y: Array, out: Array) -> float:
        return self.loss.forward_logits(y, out)

    def backward(self, y: Array, out: Array, into: Array) -> Array:
        return self.loss.backward_logits(y, self.activation.forward(out, into), into)

    def steps(self) -> tuple[Step, Step]:
        loss = self.loss
        return (
            Step("loss", loss.logits_equation, loss.logits_latex, ("z", "y")),
            Step("dz", loss.logits_backward_equation, loss.logits_backward_latex, ("a", "y")),
        )


def head_for(loss: Loss, last: Layer) -> tuple[Head, Layer]:
    """The head, and the last layer as it then runs: linear where the head takes its activation."""
    name: str = getattr(last, "activation", "")
    fused = through_logits(loss, name)
    if fused is None:
        return PlainHead(loss), last
    return LogitsHead(fused, ACTIVATIONS.get(name)), replace(last, activation="linear")  # type: ignore[call-arg]
