"""The layers, one a file: forward above backward."""

from nn_core.layers.base import LAYERS, Layer
from nn_core.layers.dense import Dense

__all__ = ["LAYERS", "Dense", "Layer"]
