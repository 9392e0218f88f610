"""Normalization: the scale gamma and the shift beta with which a normalised x goes on."""

from typing import Protocol

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.initializers import Initializer
from nn_core.layers.base import Step, Weight
from nn_core.layers.parameters import Parameters

# All axes of dy but the last, as a line has them.
BATCH = "tuple(range(dy.ndim - 1))"


class Normalization(Protocol):
    """The fields that the normalising layers share."""

    @property
    def center(self) -> bool: ...
    @property
    def scale(self) -> bool: ...
    @property
    def beta_initializer(self) -> str | Initializer: ...
    @property
    def gamma_initializer(self) -> str | Initializer: ...


def scale_weights(layer: Normalization, input_shape: Shape) -> list[Weight]:
    """gamma (C,) and beta (C,), where the layer has them."""
    gamma = Weight("gamma", input_shape[-1:], layer.gamma_initializer)
    beta = Weight("beta", input_shape[-1:], layer.beta_initializer)
    return [gamma] * layer.scale + [beta] * layer.center


def scale_and_shift(params: Parameters, normal: Array) -> Array:
    """y = gamma normal + beta. normal: (N, ..., C) -> y, kept."""
    y = params.array("y", normal.shape)
    y[...] = normal
    if "gamma" in params.values:
        np.multiply(y, params["gamma"], y)
    if "beta" in params.values:
        np.add(y, params["beta"], y)
    return y


def scale_steps(layer: Normalization) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """y, and the gradients of gamma and beta."""
    d = r"\mathrm{d}"
    gamma = ("gamma ", r"\gamma ", ("gamma",)) if layer.scale else ("", "", ())
    beta = (" + beta", r" + \beta", ("beta",)) if layer.center else ("", "", ())
    y = Step(
        "y",
        f"y = {gamma[0]}normal{beta[0]}",
        rf"y = {gamma[1]}\hat{{x}}{beta[1]}",
        ("normal", *gamma[2], *beta[2]),
        f"y = {'gamma * ' * layer.scale}normal{' + beta' * layer.center}",
    )
    dgamma = rf"{d}\gamma = \sum {d}y\, \hat{{x}}"
    lines = f"dgamma = (dy * normal).sum(axis={BATCH})", f"dbeta = dy.sum(axis={BATCH})"
    back = (
        Step("dgamma", "dgamma = sum dy normal", dgamma, ("dy", "normal"), lines[0]),
        Step("dbeta", "dbeta = sum dy", rf"{d}\beta = \sum {d}y", ("dy",), lines[1]),
    )
    return (y,), (*back[:1] * layer.scale, *back[1:] * layer.center)
