"""All scenarios. Adding one is an entry beside its kin, and its words in scenarios.md."""

from nn_core.course.scenario import SCENARIOS
from nn_core.course.scenarios import layers, pictures, sequences, training

__all__ = ["SCENARIOS", "layers", "pictures", "sequences", "training"]
