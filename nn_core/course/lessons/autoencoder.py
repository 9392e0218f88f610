"""Autoencoder and variational autoencoder: digits through a few numbers, and a plane to walk in."""

import numpy as np

from nn_core.course.codes import drawn, images, learnt, like_its_own
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Number, Order
from nn_core.course.scenario import Evidence, Start, one
from nn_core.course.seen import Seen, pointed, trained
from nn_core.layers import Dense, Flatten, GaussianSampling
from nn_core.live.convolution import Pictures
from nn_core.live.stack import Stack

BETAS = (1.0, 4.0, 0.1)
# A kind of digit counts as drawn from this share of the draws on.
DRAWN, DRAWS = 0.02, 500
ENOUGH = 0.7


def sampled(kl_weight: float, optimizer: str = "adam", rate: float = 0.01) -> Start:
    """Digits through two numbers that are drawn, and their class out."""
    sampling = GaussianSampling(kl_weight)
    hidden = (Flatten(), Dense(32, "relu"), Dense(4), sampling, Dense(16, "relu"))
    return one(Stack(Pictures(), hidden), optimizer=optimizer, learning_rate=rate)


def worked() -> Numbers:
    """One code number with mean 1 and log-variance -1, drawn with the noise 0.5."""
    mean, log_variance, noise = 1.0, -1.0, 0.5
    sigma = float(np.exp(log_variance / 2))
    kl = float((mean**2 + np.exp(log_variance) - log_variance - 1) / 2)
    return {"sigma": sigma, "z": mean + sigma * noise, "kl": kl}


def through_the_eye(seed: int) -> Evidence:
    """Squared error that is left on the test digits, by how many numbers the code has; with as many
    as there are pixels it is what the training leaves, and not the code."""
    coders = {width: learnt(width, None, seed) for width in (2, 8, 32, 64)}
    found = {f"by_{width}": coder.error(images("test")) for width, coder in coders.items()}
    return Evidence(100 * found["by_8"], found | {"known": coders[8].error(images("train"))})


def new_digits(seed: int) -> Evidence:
    """Draws from N(0, 1), decoded: how many kinds of digit come, plain against variational; and
    draws from where the plain one has its codes."""
    rng, coders = np.random.default_rng(seed), (learnt(2, None, seed), learnt(2, 1.0, seed))
    normal, numbers = rng.standard_normal((DRAWS, 2)), dict[str, float]()
    own = like_its_own(coders[0], rng, DRAWS)
    ways = zip(("plain", "variational", "own"), (*coders, coders[0]), (normal, normal, own))
    for name, coder, codes in ways:
        found = drawn(coder, codes)
        spread = float(coder.means(images("test")).std(axis=0).mean())
        numbers |= {name: int((found.kinds > DRAWN).sum()), f"{name}_far": found.far}
        numbers[f"{name}_spread"] = spread
    apart = numbers["variational"] - numbers["plain"]
    return Evidence(1 if apart > 0 else 0 if apart < 0 else 2, numbers)


def priced(seed: int) -> Evidence:
    """What is left of the error, and the divergence, at three weights of the divergence."""
    numbers: dict[str, float] = {}
    for name, beta in zip(("one", "four", "tenth"), BETAS):
        coder = learnt(2, beta, seed)
        numbers[f"{name}_error"] = coder.error(images("test"))
        numbers[f"{name}_kl"] = coder.divergence(images("test"))
    errors = [numbers[f"{name}_error"] for name in ("one", "four", "tenth")]
    return Evidence(tuple(np.argsort(errors).tolist()), numbers)


def read_again(seen: Seen) -> Check:
    """The classes are told apart, through a code that is drawn."""
    right = seen.accuracy("test")
    return Check(
        right >= ENOUGH, f"{right:.0%} of the test digits are right; {ENOUGH:.0%} are asked for."
    )


LESSONS.add(
    "autoencoder",
    Lesson(
        minutes=15,
        parts=(
            Read("the eye of a needle"),
            Predict("how narrow", Measured(through_the_eye), Number(0.0, 100.0, " %")),
            Read("a cloud in place of a point", worked),
            Live(
                "noise in the middle",
                sampled(0.01),
                (
                    Notice(("gaussian_sampling_1/y[0]", "gaussian_sampling_1/y[1]"), trained(1)),
                    Notice(("#curves",), trained(200)),
                    Notice(("gaussian_sampling_1/mean[0]", "gaussian_sampling_1/y[0]"), pointed),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Predict("draw a new digit", Measured(new_digits), Choice()),
            Predict("the price of order", Measured(priced), Order()),
            Read("walk in the plane", show="latent-plane"),
            Read("from digits to baskets", show="open-vae"),
            Task(
                "save the code",
                sampled(0.001, "sgd", 0.0001),
                read_again,
                answer=sampled(0.001),
                updates=400,
                hide=("panels",),
            ),
            ByHand("one draw by hand", "vae"),
        ),
    ),
)
