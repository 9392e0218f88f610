"""LayerNormalization: each sample at mean 0 and variance 1 over its own features."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS, Initializer
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.normalization import scale_and_shift, scale_steps, scale_weights
from nn_core.layers.parameters import Parameters


class LayerNormalizationCache(NamedTuple):
    """x, normal, y: (N, ..., C); mean, variance: (N, ..., 1)."""

    x: Array
    mean: Array
    variance: Array
    normal: Array
    y: Array


@dataclass(frozen=True)
class LayerNormalization(Layer):
    """y = gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over the last axis.

    Source: keras.layers.LayerNormalization (Ba et al., 2016).
    """

    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True
    beta_initializer: str | Initializer = "zeros"
    gamma_initializer: str | Initializer = "ones"

    keras_class: ClassVar[str] = "LayerNormalization"

    def __post_init__(self) -> None:
        checks.positive(self, "epsilon", self.epsilon, 1e-3)
        INITIALIZERS.get(self.beta_initializer)
        INITIALIZERS.get(self.gamma_initializer)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """gamma (C,) and beta (C,)."""
        return scale_weights(self, input_shape)

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, LayerNormalizationCache]:
        """x: (N, ..., C) -> y: (N, ..., C)."""
        # mean = mean over features of x, variance = mean of (x - mean)^2
        mean = x.mean(axis=-1, keepdims=True)
        normal = np.subtract(x, mean, params.array("normal", x.shape))
        variance = np.square(normal).mean(axis=-1, keepdims=True)
        # normal = (x - mean) / sqrt(variance + epsilon)
        normal /= np.sqrt(variance + self.epsilon)
        # y = gamma normal + beta
        y = scale_and_shift(params, normal)
        return y, state, LayerNormalizationCache(x, mean, variance, normal, y)

    def backward(
        self, params: Parameters, dy: Array, cache: LayerNormalizationCache
    ) -> tuple[Array, Grads]:
        """dy: (N, ..., C) -> dx: (N, ..., C), and the gradients of gamma and beta."""
        normal, axes, grads = cache.normal, tuple(range(dy.ndim - 1)), params.gradients
        dx, part = params.array("dx", dy.shape), params.array("part", dy.shape)
        # dgamma = sum dy normal, dbeta = sum dy
        if self.scale:
            np.sum(np.multiply(dy, normal, part), axis=axes, out=grads["gamma"])
        if self.center:
            np.sum(dy, axis=axes, out=grads["beta"])
        # dn = dy gamma
        dn = params.kept["dnormal"] = params.array("dn", dy.shape)
        np.multiply(dy, params["gamma"] if self.scale else 1, dn)
        # dx = (dn - mean(dn) - normal mean(dn normal)) / sqrt(variance + epsilon)
        shared = np.multiply(dn, normal, part).mean(axis=-1, keepdims=True)
        np.subtract(dn, np.multiply(normal, shared, part), dx)
        dx -= dn.mean(axis=-1, keepdims=True)
        dx /= np.sqrt(cache.variance + self.epsilon)
        return dx, grads

    def forward_steps(self) -> tuple[Step, ...]:
        square = r"\sigma^2 = \overline{(x - \mu)^2}"
        normal = "normal = (x - mean) / sqrt(variance + epsilon)"
        latex = r"\hat{x} = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}"
        return (
            Step(
                "mean",
                "mean = mean over the features of x",
                r"\mu = \overline{x}",
                ("x",),
                "mean = x.mean(axis=-1, keepdims=True)",
            ),
            Step(
                "variance",
                "variance = mean of (x - mean)^2",
                square,
                ("x", "mean"),
                "variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)",
            ),
            Step(
                "normal",
                normal,
                latex,
                ("x", "mean", "variance"),
                f"normal = (x - mean) / np.sqrt(variance + {self.epsilon})",
            ),
            *scale_steps(self)[0],
        )

    def backward_steps(self) -> tuple[Step, ...]:
        d = r"\mathrm{d}"
        gamma = (" gamma", r" \odot \gamma", ("gamma",)) if self.scale else ("", "", ())
        dnormal = rf"{d}\hat{{x}} = {d}y{gamma[1]}"
        dx = (
            "dx = (dnormal - mean(dnormal) - normal mean(dnormal normal))"
            " / sqrt(variance + epsilon)"
        )
        latex = (
            rf"{d}x = \frac{{{d}\hat{{x}} - \overline{{{d}\hat{{x}}}} - \hat{{x}}\, "
            rf"\overline{{{d}\hat{{x}}\, \hat{{x}}}}}}{{\sqrt{{\sigma^2 + \epsilon}}}}"
        )
        return (
            *scale_steps(self)[1],
            Step(
                "dnormal",
                f"dnormal = dy{gamma[0]}",
                dnormal,
                ("dy", *gamma[2]),
                f"dnormal = dy{' * gamma' * self.scale}",
            ),
            Step(
                "dx",
                dx,
                latex,
                ("dnormal", "normal", "variance"),
                "dx = dnormal - dnormal.mean(axis=-1, keepdims=True)\n"
                "dx = dx - normal * (dnormal * normal).mean(axis=-1, keepdims=True)\n"
                f"dx = dx / np.sqrt(variance + {self.epsilon})",
            ),
        )


LAYERS.add("LayerNormalization", LayerNormalization)
