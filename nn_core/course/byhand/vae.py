"""One latent unit of a variational autoencoder: its draw, and its divergence from N(0, 1)."""

import numpy as np

from nn_core.course.byhand import pictures
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Constant, Slip, symbols
from nn_core.course.byhand.marking import Blank
from nn_core.course.byhand.numbers import INPUTS, named


@exercise("vae")
def vae(rng: np.random.Generator) -> Exercise:
    """z = mu + sigma epsilon, KL = (mu^2 + sigma^2 - 1 - ln sigma^2) / 2."""
    values = named(rng, "mu", (0.3, 0.5, 0.8, -0.3, -0.5, -0.8, 1.5, -1.5))
    values |= named(rng, "logvar", (-1.5, -1.2, -0.8, -0.6, 0.4, 0.6)) | named(
        rng, "epsilon", INPUTS
    )
    mu, logvar, epsilon, sigma = symbols("mu logvar epsilon sigma")
    half, unit = Constant(0.5), Constant(1)
    variance = Slip(mu + sigma**2 * epsilon, "That is with the variance in place of {0}.", (sigma,))
    return Exercise(
        given(values),
        (
            Blank("sigma", apply("exp", half * logvar)),
            Blank("z", mu + sigma * epsilon, slips=(variance,)),
            Blank("KL", half * (mu**2 + sigma**2 - unit - logvar)),
            Blank("dlogvar", half * (sigma**2 - unit)),
        ),
        pictures.bells(values),
    )
