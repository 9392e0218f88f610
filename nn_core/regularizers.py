"""Regularisers: a price on large weights, added to the loss."""

from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np

from nn_core.arrays import Array, as_keras_casts


class Regularizer(Protocol):
    """A penalty on a weight array, and its gradient."""

    def penalty(self, w: Array) -> float:
        """w: any shape -> what it adds to the loss."""
        ...

    def gradient(self, w: Array) -> Array:
        """w: any shape -> the penalty's gradient, same shape."""
        ...

    def line(self, w: str) -> str:
        """`gradient` as NumPy, for an array of that name."""
        ...


@dataclass(frozen=True)
class L1:
    """l1 * sum |w|: pulls every weight to zero at one speed, so that many end there."""

    l1: float = 0.01

    def __post_init__(self) -> None:
        check(self)

    def penalty(self, w: Array) -> float:
        return as_keras_casts(self.l1) * float(np.abs(w).sum())

    def gradient(self, w: Array) -> Array:
        return as_keras_casts(self.l1) * np.sign(w)

    def line(self, w: str) -> str:
        return f"{self.l1} * np.sign({w})"


@dataclass(frozen=True)
class L2:
    """l2 * sum w^2: pulls large weights hardest (Keras has no factor 1/2)."""

    l2: float = 0.01

    def __post_init__(self) -> None:
        check(self)

    def penalty(self, w: Array) -> float:
        return as_keras_casts(self.l2) * float(np.square(w).sum())

    def gradient(self, w: Array) -> Array:
        return (2 * as_keras_casts(self.l2)) * w

    def line(self, w: str) -> str:
        return f"2 * {self.l2} * {w}"


@dataclass(frozen=True)
class L1L2:
    """l1 * sum |w| + l2 * sum w^2."""

    l1: float = 0.0
    l2: float = 0.0

    def __post_init__(self) -> None:
        check(self)

    def penalty(self, w: Array) -> float:
        return L1(self.l1).penalty(w) + L2(self.l2).penalty(w)

    def gradient(self, w: Array) -> Array:
        return L1(self.l1).gradient(w) + L2(self.l2).gradient(w)

    def line(self, w: str) -> str:
        return f"{L1(self.l1).line(w)} + {L2(self.l2).line(w)}"


def check(price: L1 | L2 | L1L2) -> None:
    """Raises ValueError on a price below 0: it would reward large weights."""
    for field in fields(price):
        value = getattr(price, field.name)
        if not isinstance(value, int | float) or not value >= 0:
            raise ValueError(
                f"{type(price).__name__} expects {field.name} of 0 or more; received {value!r}. "
                "Try 0.01."
            )
