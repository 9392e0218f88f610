"""BatchNormalization: each feature at mean 0 and variance 1 over the batch, then scaled anew."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS, Initializer
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.normalization import BATCH, scale_and_shift, scale_steps, scale_weights
from nn_core.layers.parameters import Parameters


class BatchNormalizationCache(NamedTuple):
    """x, normal, y: (N, ..., C); mean, variance: (C,), the batch's or the moving averages."""

    x: Array
    mean: Array
    variance: Array
    normal: Array
    y: Array


@dataclass(frozen=True)
class BatchNormalization(Layer):
    """y = gamma (x - mean) / sqrt(variance + epsilon) + beta, over all axes but the last.

    While training, mean and variance are the batch's, and moving averages of them are carried;
    a prediction takes the averages. Source: keras.layers.BatchNormalization (Ioffe and Szegedy,
    2015).
    """

    momentum: float = 0.99
    epsilon: float = 1e-3
    center: bool = True
    scale: bool = True
    beta_initializer: str | Initializer = "zeros"
    gamma_initializer: str | Initializer = "ones"
    moving_mean_initializer: str | Initializer = "zeros"
    moving_variance_initializer: str | Initializer = "ones"

    keras_class: ClassVar[str] = "BatchNormalization"

    def __post_init__(self) -> None:
        checks.below_one(self, "momentum", self.momentum, 0.99)
        checks.positive(self, "epsilon", self.epsilon, 1e-3)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """gamma (C,) and beta (C,)."""
        return scale_weights(self, input_shape)

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def initial_state(self, input_shape: Shape) -> State:
        """moving_mean and moving_variance (C,)."""
        rng = np.random.default_rng(0)
        mean = INITIALIZERS.get(self.moving_mean_initializer)
        variance = INITIALIZERS.get(self.moving_variance_initializer)
        shape = input_shape[-1:]
        return {"moving_mean": mean(rng, shape), "moving_variance": variance(rng, shape)}

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, BatchNormalizationCache]:
        """x: (N, ..., C) -> y: (N, ..., C)."""
        mean, variance = state["moving_mean"], state["moving_variance"]
        normal = params.array("normal", x.shape)
        if training:
            # mean = mean over the batch of x, variance = mean of (x - mean)^2
            axes = tuple(range(x.ndim - 1))
            mean = x.mean(axis=axes)
            np.subtract(x, mean, normal)
            variance = np.square(normal).mean(axis=axes)
            state = self._averaged(state, mean, variance)
        else:
            np.subtract(x, mean, normal)
        # normal = (x - mean) / sqrt(variance + epsilon)
        normal /= np.sqrt(variance + self.epsilon)
        # y = gamma normal + beta
        y = scale_and_shift(params, normal)
        return y, state, BatchNormalizationCache(x, mean, variance, normal, y)

    def _averaged(self, state: State, mean: Array, variance: Array) -> State:
        # moving = momentum moving + (1 - momentum) batch
        keep, take = self.momentum, 1 - self.momentum
        return {
            "moving_mean": state["moving_mean"] * keep + mean * take,
            "moving_variance": state["moving_variance"] * keep + variance * take,
        }

    def backward(
        self, params: Parameters, dy: Array, cache: BatchNormalizationCache
    ) -> tuple[Array, Grads]:
        """dy: (N, ..., C) -> dx: (N, ..., C), and the gradients of gamma and beta, in training."""
        normal, axes = cache.normal, tuple(range(dy.ndim - 1))
        dx, part = params.array("dx", dy.shape), params.array("part", dy.shape)
        # dbeta = sum dy, dgamma = sum dy normal
        grads = params.gradients
        np.multiply(dy, normal, part)
        if self.scale:
            np.sum(part, axis=axes, out=grads["gamma"])
        if self.center:
            np.sum(dy, axis=axes, out=grads["beta"])
        # dx = gamma / sqrt(variance + epsilon) (dy - mean(dy) - normal mean(dy normal))
        dy_mean = params.kept["dy_mean"] = dy.mean(axis=axes)
        dy_normal_mean = params.kept["dy_normal_mean"] = part.mean(axis=axes)
        np.multiply(normal, dy_normal_mean, part)
        np.subtract(dy, part, dx)
        dx -= dy_mean
        dx *= (params["gamma"] if self.scale else 1) / np.sqrt(cache.variance + self.epsilon)
        return dx, grads

    def forward_steps(self) -> tuple[Step, ...]:
        square = r"\sigma^2 = \overline{(x - \mu)^2}"
        normal = r"\hat{x} = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}"
        return (
            Step(
                "mean",
                "mean = mean over the batch of x",
                r"\mu = \overline{x}",
                ("x",),
                "mean = x.reshape(-1, x.shape[-1]).mean(axis=0)",
            ),
            Step(
                "variance",
                "variance = mean of (x - mean)^2",
                square,
                ("x", "mean"),
                "variance = ((x - mean) ** 2).reshape(-1, x.shape[-1]).mean(axis=0)",
            ),
            Step(
                "normal",
                "normal = (x - mean) / sqrt(variance + epsilon)",
                normal,
                ("x", "mean", "variance"),
                f"normal = (x - mean) / np.sqrt(variance + {self.epsilon})",
            ),
            *scale_steps(self)[0],
        )

    def backward_steps(self) -> tuple[Step, ...]:
        gamma, inputs = (r"\gamma ", ("gamma",)) if self.scale else ("1", ())
        d = r"\mathrm{d}"
        latex = rf"\overline{{{d}y}}", rf"\overline{{{d}y \hat{{x}}}}"
        dy_mean, dy_normal_mean = "mean over the batch of dy", "mean over the batch of dy normal"
        lines = f"dy_mean = dy.mean({BATCH})", f"dy_normal_mean = (dy * normal).mean({BATCH})"
        return (
            *scale_steps(self)[1],
            Step("dy_mean", f"dy_mean = {dy_mean}", latex[0], ("dy",), lines[0]),
            Step(
                "dy_normal_mean",
                f"dy_normal_mean = {dy_normal_mean}",
                latex[1],
                ("dy", "normal"),
                lines[1],
            ),
            Step(
                "dx",
                "dx = gamma / sqrt(variance + epsilon) (dy - dy_mean - normal dy_normal_mean)",
                rf"{d}x = \frac{{{gamma}}}{{\sqrt{{\sigma^2 + \epsilon}}}} \left({d}y - "
                rf"{latex[0]} - \hat{{x}}\, {latex[1]}\right)",
                ("dy", "dy_mean", "dy_normal_mean", "normal", "variance", *inputs),
                f"dx = {'gamma' if self.scale else 1} / np.sqrt(variance + {self.epsilon}) * (\n"
                "    dy - dy_mean - normal * dy_normal_mean)",
            ),
        )


LAYERS.add("BatchNormalization", BatchNormalization)
