"""The network over a customer's eight numbers, its answers, and what each input adds to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from nn_core.arrays import Array
from nn_core.course.buying.year import moments
from nn_core.layers import Dense
from nn_core.network import Sequential
from nn_core.optimizers import Adam
from nn_core.passes import walk_down, walk_up
from nn_core.training import fit

EPOCHS, BATCH, RATE = 40, 32, 0.001
# Points on the way from the mean customer to this one.
ON_THE_WAY = 1024


@dataclass(frozen=True)
class Question:
    """One label of the two moments, its inputs standardised by those that are learnt from.

    x, y: (N, 8), (N,) to learn from; test_x, test_y: to judge by, a month later.
    """

    x: Array
    y: Array
    test_x: Array
    test_y: Array


@dataclass(frozen=True)
class Answered:
    """A trained network and its probabilities (N,) for the customers it is judged on."""

    network: Sequential
    probability: Array


def standardised(learnt: Array, *others: Array) -> list[Array]:
    """Each with mean 0 and deviation 1 as the first one has them: nothing of the others is used."""
    centre, spread = learnt.mean(axis=0), learnt.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    return [(x - centre) / spread for x in (learnt, *others)]


@cache
def question(label: str) -> Question:
    """The built-in shop's customers, asked one of LABELS."""
    learnt, judged = moments()
    x, test_x = standardised(learnt.x, judged.x)
    return Question(x, learnt.y[label], test_x, judged.y[label])


def network(inputs: int, seed: int) -> Sequential:
    """Dense 10 relu -> Dense 8 relu -> Dense 1 sigmoid, with Adam and binary cross-entropy."""
    layers = [Dense(10, "relu"), Dense(8, "relu"), Dense(1, "sigmoid")]
    model = Sequential(layers, (inputs,), seed=seed)
    model.compile(Adam(RATE), "binary_crossentropy")
    return model


def learn(asked: Question, seed: int) -> Answered:
    """Trains a network on the earlier moment and lets it answer at the later one."""
    model = network(asked.x.shape[1], seed)
    for _ in fit(model, asked.x, asked.y[:, None], EPOCHS, BATCH):
        pass
    return Answered(model, model.predict(asked.test_x)[:, 0].astype(np.float64))


@cache
def answered(label: str, seed: int) -> Answered:
    """`learn`, once for everybody who asks."""
    return learn(question(label), seed)


def permutation(model: Sequential, x: Array, y: Array, rng: np.random.Generator) -> Array:
    """(D,) how much the loss grows when one input is shuffled among the customers: what the network
    cannot do without."""
    return np.array([without(model, x, y, (column,), rng) for column in range(x.shape[1])])


def without(
    model: Sequential, x: Array, y: Array, columns: Sequence[int], rng: np.random.Generator
) -> float:
    """How much the loss grows when each customer gets these inputs of somebody else."""
    # A network of its own: somebody else may ask this one.
    own = network(x.shape[1], 0)
    own.set_weights(model.get_weights())
    shuffled, at = x.copy(), list(columns)
    shuffled[:, at] = rng.permutation(x)[:, at]
    return own.evaluate(shuffled, y[:, None]) - own.evaluate(x, y[:, None])


def output_and_slopes(model: Sequential, x: Array) -> tuple[Array, Array]:
    """x: (N, D) -> the output (N,) and its derivatives along each input (N, D). One unit puts out.

    In memory of its own, so that many can ask at once.
    """
    rows, params = model.input(x), model.weights.fresh().parameters
    out, caches, _ = walk_up(model.layers, params, model.states, rows, False, model.rng)
    dx = walk_down(model.layers, params, caches, np.ones_like(out))
    return out[:, 0].astype(np.float64), dx.astype(np.float64)


def integrated(model: Sequential, x: Array, baseline: Array, steps: int = ON_THE_WAY) -> Array:
    """x, baseline: (D,) -> (D,) each input's share of f(x) - f(baseline): its distance times the
    mean slope on the straight way there. The shares add up to the difference, up to the steps.

    Source: Sundararajan, Taly and Yan, Axiomatic Attribution for Deep Networks, 2017.
    """
    at = (np.arange(steps) + 0.5) / steps
    way = baseline + at[:, None] * (x - baseline)
    return (x - baseline) * output_and_slopes(model, way)[1].mean(axis=0)


@dataclass(frozen=True)
class Explained:
    """One customer: the eight numbers, what each adds to the probability, and that of the customer
    whose numbers are all at the mean, and the answer itself."""

    values: Array
    shares: Array
    mean: float
    answer: float
    came: bool


def explained(label: str, seed: int, customer: int) -> Explained:
    """customer: its place among those who are judged on."""
    asked, model = question(label), answered(label, seed).network
    x, middle = asked.test_x[customer], np.zeros(asked.x.shape[1])
    mean, answer = output_and_slopes(model, np.array([middle, x]))[0].tolist()
    shares = integrated(model, x, middle)
    raw = moments()[1].x[customer]
    return Explained(raw, shares, mean, answer, bool(asked.test_y[customer]))
