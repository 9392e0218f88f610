"""The head of a network: its loss, together with the output activation where the pair is exact."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from nn_core.activations import ACTIVATIONS, Activation
from nn_core.arrays import Array, Shape
from nn_core.layers.base import Layer, Step
from nn_core.losses import LogitsLoss, Loss


class Head(Protocol):
    """Turns what the stack puts out into a prediction, a loss and the first gradient.

    A weight (N,) multiplies each sample's loss; the mean is still over N, as in Keras.
    """

    def predict(self, out: Array) -> Array:
        """out: (N, U) -> prediction a: (N, U)."""
        ...

    def target(self, y: npt.ArrayLike, n: int, shape: Shape, dtype: Any) -> Array:
        """y as the loss reads it. Raises ValueError if it does not fit outputs of `shape`."""
        ...

    def forward(self, y: Array, out: Array, weight: Array | None = None) -> float:
        """y, out: (N, U) -> mean loss."""
        ...

    def backward(self, y: Array, out: Array, into: Array, weight: Array | None = None) -> Array:
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

    def target(self, y: npt.ArrayLike, n: int, shape: Shape, dtype: Any) -> Array:
        return self.loss.target(y, n, shape, dtype)

    def forward(self, y: Array, out: Array, weight: Array | None = None) -> float:
        if weight is None:
            return self.loss.forward(y, out)
        return weighted_mean(self.loss.values(y, out), weight)

    def backward(self, y: Array, out: Array, into: Array, weight: Array | None = None) -> Array:
        da = self.loss.backward(y, out, into)
        return da if weight is None else np.multiply(da, across(weight, da), out=da)

    def steps(self) -> tuple[Step, Step]:
        loss = self.loss
        forward, backward = (
            line.format(**vars(loss)) for line in (loss.numpy, loss.backward_numpy)
        )
        return (
            Step("loss", loss.equation, loss.latex, ("a", "y"), forward),
            Step("da", loss.backward_equation, loss.backward_latex, ("a", "y"), backward),
        )


@dataclass(frozen=True)
class LogitsHead:
    """The stack puts out logits z; activation and loss are differentiated as one.

    With from_logits the prediction is the logits themselves, and the activation is only the loss's.
    """

    loss: LogitsLoss
    activation: Activation

    @property
    def fused(self) -> bool:
        """Whether the network's own output activation is differentiated with the loss."""
        return not self.loss.from_logits

    def predict(self, out: Array) -> Array:
        return out if self.loss.from_logits else self.activation.forward(out)

    def target(self, y: npt.ArrayLike, n: int, shape: Shape, dtype: Any) -> Array:
        return self.loss.target(y, n, shape, dtype)

    def forward(self, y: Array, out: Array, weight: Array | None = None) -> float:
        if weight is None:
            return self.loss.forward_logits(y, out)
        return weighted_mean(self.loss.values_logits(y, out), weight)

    def backward(self, y: Array, out: Array, into: Array, weight: Array | None = None) -> Array:
        dz = self.loss.backward_logits(y, self.activation.forward(out, into), into)
        return dz if weight is None else np.multiply(dz, across(weight, dz), out=dz)

    def steps(self) -> tuple[Step, Step]:
        loss = self.loss
        equation, latex = loss.logits_backward_equation, loss.logits_backward_latex
        if not loss.from_logits:
            line = f"dz = {loss.logits_backward_numpy.format(a='a')}"
            forward = loss.logits_numpy.format(z="z")
            return (
                Step("loss", loss.logits_equation, loss.logits_latex, ("z", "y"), forward),
                Step("dz", equation, latex, ("a", "y"), line),
            )
        # The output is z itself, and the loss's own activation stands nowhere in the network.
        f, forward = self.activation, loss.logits_numpy.format(z="a")
        line = f"da = {loss.logits_backward_numpy.format(a=f'{loss.activation}(a)')}"
        both = f"{equation}, {f.equation}", rf"{latex},\; {f.latex}"
        return (
            Step("loss", loss.logits_equation, loss.logits_latex, ("a", "y"), forward),
            Step("da", *both, ("a", "y"), line),
        )


def head_for(loss: Loss, last: Layer) -> tuple[Head, Layer]:
    """The head, and the last layer as it then runs: linear where the head takes its activation.

    Raises ValueError where a loss of logits stands behind an activation.
    """
    name: str = getattr(last, "activation", "linear") if last.ends_in_activation else "linear"
    fused: LogitsLoss | None = loss if hasattr(loss, "logits_equation") else None  # type: ignore[assignment]
    if fused is None or (not fused.from_logits and name != fused.activation):
        return PlainHead(loss), last
    if fused.from_logits and name != "linear":
        raise ValueError(
            f"{type(loss).__name__}(from_logits=True) expects a linear output; received "
            f"{name or type(last).__name__} in layer {last.name!r}. Give that layer "
            f'activation="linear", or leave from_logits away behind {fused.activation}.'
        )
    head = LogitsHead(fused, ACTIVATIONS.get(fused.activation))
    return head, last if fused.from_logits else replace(last, activation="linear")  # type: ignore[call-arg]


def weighted_mean(values: Array, weight: Array) -> float:
    """values: (N, ...), weight: (N,) -> their weighted sum over the number of values."""
    return float((values * across(weight, values)).mean())


def across(weight: Array, values: Array) -> Array:
    """weight: (N,) -> (N, 1, ...), to multiply values: (N, ...)."""
    return weight.reshape(-1, *[1] * (values.ndim - 1))
