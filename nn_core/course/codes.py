"""Digits through the eye of a needle: autoencoders and variational ones over 8x8 pixels."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from nn_core.arrays import Array
from nn_core.course.shared import answer
from nn_core.digits import digits
from nn_core.layers import Dense, GaussianSampling, Layer
from nn_core.network import Sequential
from nn_core.optimizers import Adam
from nn_core.training import fit

PIXELS, HIDDEN, TRAIN = 64, 64, 1_400
EPOCHS, BATCH, RATE = 30, 32, 0.003


@dataclass(frozen=True)
class Coder:
    """encoder: x (N, 64) -> code (N, D), the mean beside its log-variance where it
    is variational: (N, 2 D); decoder: code -> pixels (N, 64)."""

    encoder: Sequential
    decoder: Sequential
    variational: bool

    def means(self, x: Array) -> Array:
        """(N, D)."""
        found = answer(self.encoder, x)
        return np.split(found, 2, axis=1)[0] if self.variational else found

    def divergence(self, x: Array) -> float:
        """Mean Kullback-Leibler divergence of the codes from N(0, 1), summed over D, in nats."""
        mean, log_variance = np.split(answer(self.encoder, x), 2, axis=1)
        terms = mean**2 + np.exp(log_variance) - log_variance - 1
        return float(terms.sum(axis=1).mean() / 2)

    def error(self, x: Array) -> float:
        """Squared error of the pixels, as a share of what the mean train digit would leave."""
        again = answer(self.decoder, self.means(x))
        return float(((again - x) ** 2).sum() / ((images("train").mean(axis=0) - x) ** 2).sum())


def images(part: str) -> Array:
    """(N, 64) from 0 to 1: the first 1,400 digits to train on, the others to test."""
    x = digits("digits8").x.reshape(-1, PIXELS)
    return x[:TRAIN] if part == "train" else x[TRAIN:]


def labels(part: str) -> Array:
    """(N,) which digit each image is."""
    y = digits("digits8").y
    return y[:TRAIN] if part == "train" else y[TRAIN:]


def layers(width: int, beta: float | None) -> list[Layer]:
    """Encoder, and decoder. The loss is the mean over the pixels, so that the divergence, a sum, is
    weighed by beta / 64: with beta = 1 both are in nats an image. (Of black and white pixels their
    sum would bound -ln p(x); these are grey.)"""
    narrow: list[Layer] = [Dense(width)]
    if beta is not None:
        narrow = [Dense(2 * width), GaussianSampling(beta / PIXELS)]
    return [Dense(HIDDEN, "relu"), *narrow, Dense(HIDDEN, "relu"), Dense(PIXELS, "sigmoid")]


@cache
def learnt(width: int, beta: float | None, seed: int) -> Coder:
    """Trained on images as their own targets; beta None: a plain autoencoder."""
    whole = Sequential(layers(width, beta), (PIXELS,), seed=seed)
    whole.compile(Adam(RATE), "binary_crossentropy")
    x = images("train")
    for _ in fit(whole, x, x, EPOCHS, BATCH):
        pass
    weights, stack = whole.get_weights(), layers(width, beta)
    encoder, decoder = Sequential(stack[:2], (PIXELS,)), Sequential(stack[-2:], (width,))
    encoder.set_weights(weights[:4])
    decoder.set_weights(weights[4:])
    return Coder(encoder, decoder, beta is not None)


def nearest(made: Array, known: Array) -> Array:
    """(M, 64), (N, 64) -> (M,) which of the known images each is most like."""
    apart = (made**2).sum(axis=1)[:, None] - 2 * made @ known.T + (known**2).sum(axis=1)
    return apart.argmin(axis=1)


@dataclass(frozen=True)
class Drawn:
    """Images decoded from drawn codes. kinds: (10,) what share looks most like each digit; far: the
    mean squared distance from the real digit that is most like it."""

    kinds: Array
    far: float


def drawn(coder: Coder, codes: Array) -> Drawn:
    """codes: (M, D)."""
    made, known = answer(coder.decoder, codes), images("train")
    like = nearest(made, known)
    kinds = np.bincount(labels("train")[like], minlength=10) / len(codes)
    return Drawn(kinds, float(((made - known[like]) ** 2).sum(axis=1).mean()))


def like_its_own(coder: Coder, rng: np.random.Generator, count: int) -> Array:
    """(count, D) codes from the normal distribution with mean and covariance of the coder's own."""
    own = coder.means(images("train")).astype(np.float64)
    return rng.multivariate_normal(own.mean(axis=0), np.cov(own.T), count)


def grid(coder: Coder, reach: float, side: int) -> Array:
    """(10 side, 10 side) what a plane of two code numbers decodes to, the second one upwards."""
    steps = np.linspace(-reach, reach, side)
    code = np.array([[across, up] for up in steps[::-1] for across in steps])
    pixels = answer(coder.decoder, code).reshape(side, side, 8, 8)
    # A blank frame around each digit; without it they run into each other.
    framed = np.pad(pixels, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return framed.transpose(0, 2, 1, 3).reshape(10 * side, 10 * side)
