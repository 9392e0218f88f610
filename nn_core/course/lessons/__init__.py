"""All lessons, in the order in which they are taught."""

# The order of these lines is that of the course: they are not sorted.
# isort: off
from nn_core.course.lesson import LESSONS
from nn_core.course.lessons import one_neuron
from nn_core.course.lessons import activations
from nn_core.course.lessons import feed_forward
from nn_core.course.lessons import losses
from nn_core.course.lessons import back_propagation
from nn_core.course.lessons import gradient_descent
from nn_core.course.lessons import initialisation
from nn_core.course.lessons import overfitting
from nn_core.course.lessons import convolution
from nn_core.course.lessons import recurrent
from nn_core.course.lessons import lstm
from nn_core.course.lessons import autoencoder
from nn_core.course.lessons import recommender
from nn_core.course.lessons import buy_again
from nn_core.course.lessons import outside
# isort: on

__all__ = [
    "LESSONS",
    "activations",
    "autoencoder",
    "back_propagation",
    "buy_again",
    "convolution",
    "feed_forward",
    "gradient_descent",
    "initialisation",
    "losses",
    "lstm",
    "one_neuron",
    "outside",
    "overfitting",
    "recommender",
    "recurrent",
]
