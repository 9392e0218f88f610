"""Optimizers: how a gradient changes the weights.

Each works in place on one flat vector that holds every weight of the network, so a step is a few
vector operations whatever the number of layers. Rules, names and defaults are those of Keras 3.
"""

from nn_core.optimizers.adam import Adam, AdamW
from nn_core.optimizers.adaptive import Adadelta, Adagrad, RMSprop
from nn_core.optimizers.base import OPTIMIZERS, Optimizer, Room, Slots
from nn_core.optimizers.sgd import SGD
from nn_core.optimizers.variants import Adamax, Lion, Nadam

OPTIMIZERS.add("sgd", SGD)
OPTIMIZERS.add("adam", Adam)
OPTIMIZERS.add("adamw", AdamW)
OPTIMIZERS.add("adagrad", Adagrad)
OPTIMIZERS.add("adadelta", Adadelta)
OPTIMIZERS.add("rmsprop", RMSprop)
OPTIMIZERS.add("adamax", Adamax)
OPTIMIZERS.add("nadam", Nadam)
OPTIMIZERS.add("lion", Lion)

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Lion",
    "Nadam",
    "Optimizer",
    "RMSprop",
    "Room",
    "Slots",
]
