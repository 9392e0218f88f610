"""Losses: one number for how wrong the prediction is, and its gradient.

All average over the samples, as Keras does; names, aliases and definitions are those of Keras 3.
"""

from nn_core.losses.base import LOSSES, LogitsLoss, Loss
from nn_core.losses.crossentropy import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
)
from nn_core.losses.margins import Hinge, KLDivergence
from nn_core.losses.regression import Huber, LogCosh, MeanAbsoluteError, MeanSquaredError

LOSSES.add("mse", MeanSquaredError(), "mean_squared_error", "MSE")
LOSSES.add("mae", MeanAbsoluteError(), "mean_absolute_error", "MAE")
LOSSES.add("huber", Huber())
LOSSES.add("log_cosh", LogCosh())
LOSSES.add("hinge", Hinge())
LOSSES.add("kl_divergence", KLDivergence(), "kld", "KLD")
LOSSES.add("binary_crossentropy", BinaryCrossentropy(), "bce", "BCE")
LOSSES.add("categorical_crossentropy", CategoricalCrossentropy())
LOSSES.add("sparse_categorical_crossentropy", SparseCategoricalCrossentropy())

__all__ = [
    "LOSSES",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Hinge",
    "Huber",
    "KLDivergence",
    "LogCosh",
    "LogitsLoss",
    "Loss",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "SparseCategoricalCrossentropy",
]
