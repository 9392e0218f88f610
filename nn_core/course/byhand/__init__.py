"""Exercises by hand: a tiny net with blanks, marked term by term. Adding one is a file here, its
name below, and its words in exercises.md."""

from nn_core.course.byhand import (
    confusion,
    convolution,
    gates,
    losses,
    ndcg,
    network,
    neuron,
    optimizers,
    outside,
    penalties,
    rnn,
    softmax,
    vae,
    vanishing,
)
from nn_core.course.byhand.exercise import EXERCISES, Exercise

__all__ = ["EXERCISES", "Exercise", "confusion", "convolution", "gates", "losses", "ndcg"]
__all__ += ["network", "neuron", "optimizers", "outside", "penalties", "rnn", "softmax", "vae"]
__all__ += ["vanishing"]
