"""The engine of Glassnet: small neural networks in NumPy, with Keras's names and numbers."""

from nn_core.export import keras_code
from nn_core.network import Sequential
from nn_core.trace import record

__all__ = ["Sequential", "keras_code", "record"]
