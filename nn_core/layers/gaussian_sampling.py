"""GaussianSampling: mean and variance become a sample: a variational autoencoder's middle."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters

KERAS = '''
class GaussianSampling(keras.layers.Layer):
    """Mean and log-variance (N, 2 D) -> a sample (N, D); adds its KL penalty to the loss."""

    def __init__(self, kl_weight=1.0, **kwargs):
        super().__init__(**kwargs)
        self.kl_weight = kl_weight

    def call(self, x, training=False):
        mean, log_variance = keras.ops.split(x, 2, axis=-1)
        kl = keras.ops.square(mean) + keras.ops.exp(log_variance) - log_variance - 1
        self.add_loss(self.kl_weight * keras.ops.mean(keras.ops.sum(kl, axis=-1)) / 2)
        if not training:
            return mean
        noise = keras.random.normal(keras.ops.shape(mean), dtype=mean.dtype)
        return mean + keras.ops.exp(log_variance / 2) * noise

    def get_config(self):
        return {**super().get_config(), "kl_weight": self.kl_weight}
'''
# What the divergence adds up, as a line has it.
TERMS = "mean**2 + np.exp(log_variance) - log_variance - 1"


class GaussianSamplingCache(NamedTuple):
    """x: (N, 2 D), mean, log_variance, noise, y: (N, D), kl: () the penalty."""

    x: Array
    mean: Array
    log_variance: Array
    noise: Array
    y: Array
    kl: Array


@dataclass(frozen=True)
class GaussianSampling(Layer):
    """y = mean + exp(log_variance / 2) noise, noise ~ N(0, 1). x: (N, 2 D) -> y: (N, D).

    x holds D means, then D log-variances. To the loss it adds kl_weight times the Kullback-Leibler
    divergence from N(0, 1), summed over D and averaged over N; a prediction takes the mean.
    Keras has no such layer, an export brings it along. Source: Kingma and Welling, 2014.
    """

    kl_weight: float = 1.0

    keras_class: ClassVar[str] = "GaussianSampling"
    keras_source: ClassVar[str] = KERAS
    draws: ClassVar[bool] = True
    penalises: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.kl_weight < 0:
            raise ValueError(
                f"{checks.title(self)} expects a kl_weight of 0 or more; received "
                f"{self.kl_weight}. Try 1."
            )

    def weights(self, input_shape: Shape) -> list[Weight]:
        """None."""
        advice = "Put Dense(2 * D) before it: D means, then D log-variances."
        checks.axes(self, input_shape, "2 D", advice)
        if input_shape[0] % 2:
            raise ValueError(
                f"{checks.title(self)} expects (N, 2 D), an even number of columns; received (N, "
                f"{input_shape[0]}). {advice}"
            )
        return []

    def output_shape(self, input_shape: Shape) -> Shape:
        return (input_shape[0] // 2,)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, GaussianSamplingCache]:
        """x: (N, 2 D) -> y: (N, D)."""
        mean, log_variance = np.split(x, 2, axis=1)
        noise = params.array("noise", mean.shape)
        # noise ~ N(0, 1)
        noise[...] = rng.standard_normal(mean.shape) if training and rng is not None else 0
        # y = mean + exp(log_variance / 2) noise
        y = np.exp(log_variance / 2, out=params.output("y", mean.shape))
        y *= noise
        y += mean
        # kl = kl_weight / (2 N) sum (mean^2 + exp(log_variance) - log_variance - 1)
        terms = mean**2 + np.exp(log_variance) - log_variance - 1
        kl = np.asarray(terms.sum() * (self.kl_weight / (2 * len(x))))
        return y, state, GaussianSamplingCache(x, mean, log_variance, noise, y, kl)

    def backward(
        self, params: Parameters, dy: Array, cache: GaussianSamplingCache
    ) -> tuple[Array, Grads]:
        """dy: (N, D) -> dx: (N, 2 D), that of the penalty included."""
        _, mean, log_variance, noise, _, _ = cache
        dx, price = params.array("dx", cache.x.shape), self.kl_weight / len(mean)
        dmean, dlog_variance = np.split(dx, 2, axis=1)
        # dmean = dy + kl_weight / N mean
        np.add(dy, price * mean, dmean)
        # dlog_variance = dy noise exp(log_variance / 2) / 2
        #     + kl_weight / (2 N) (exp(log_variance) - 1)
        np.multiply(dy, noise * np.exp(log_variance / 2) / 2, dlog_variance)
        dlog_variance += (np.exp(log_variance) - 1) * (price / 2)
        params.kept |= {"dmean": dmean, "dlog_variance": dlog_variance}
        return dx, {}

    def penalty(self, cache: GaussianSamplingCache) -> float:
        """The weighted divergence."""
        return float(cache.kl)

    def forward_steps(self) -> tuple[Step, ...]:
        y = r"y = \mu + e^{\log \sigma^2 / 2} \odot \varepsilon"
        kl = "kl = kl_weight / (2 N) sum (mean^2 + exp(log_variance) - log_variance - 1)"
        latex = r"L_{KL} = \frac{\beta}{2N} \sum (\mu^2 + \sigma^2 - \log \sigma^2 - 1)"
        first, second = "x[:, : x.shape[1] // 2]", "x[:, x.shape[1] // 2 :]"
        noise, both = "noise = rng.standard_normal(mean.shape)", ("mean", "log_variance")
        line = "y = mean + np.exp(log_variance / 2) * noise"
        kl_line = f"kl = {self.kl_weight} / (2 * len(mean)) * terms.sum()"
        text, tex = "log_variance = second half of x", r"\log \sigma^2"
        return (
            Step("mean", "mean = first half of x", r"\mu = x_{1..D}", ("x",), f"mean = {first}"),
            Step("log_variance", text, tex, ("x",), f"log_variance = {second}"),
            Step("noise", "noise ~ N(0, 1)", r"\varepsilon \sim N(0, 1)", ("mean",), noise),
            Step("y", "y = mean + exp(log_variance / 2) noise", y, (*both, "noise"), line),
            Step("kl", kl, latex, both, f"terms = {TERMS}\n{kl_line}"),
        )

    def backward_steps(self) -> tuple[Step, ...]:
        d = r"\mathrm{d}"
        dlog = (
            "dlog_variance = dy noise exp(log_variance / 2) / 2"
            " + kl_weight / (2 N) (exp(log_variance) - 1)"
        )
        latex = (
            rf"{d}\log \sigma^2 = \tfrac12 {d}y\, \varepsilon\, \sigma"
            r" + \frac{\beta}{2N} (\sigma^2 - 1)"
        )
        dmean = rf"{d}\mu = {d}y + \frac{{\beta}}{{N}} \mu"
        price = f"{self.kl_weight} / len(dy)"
        line = f"{price} / 2 * (np.exp(log_variance) - 1)"
        lines = (
            f"dmean = dy + {price} * mean",
            f"dlog_variance = dy * noise * np.exp(log_variance / 2) / 2 + {line}",
            "dx = np.concatenate([dmean, dlog_variance], axis=1)",
        )
        text, both = "dx = dmean beside dlog_variance", ("dmean", "dlog_variance")
        return (
            Step("dmean", "dmean = dy + kl_weight / N mean", dmean, ("dy", "mean"), lines[0]),
            Step("dlog_variance", dlog, latex, ("dy", "noise", "log_variance"), lines[1]),
            Step("dx", text, rf"{d}x", both, lines[2]),
        )


LAYERS.add("GaussianSampling", GaussianSampling)
