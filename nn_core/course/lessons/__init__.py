"""All lessons, in the order in which they are taught."""

from nn_core.course.lesson import LESSONS
from nn_core.course.lessons import one_neuron

__all__ = ["LESSONS", "one_neuron"]
