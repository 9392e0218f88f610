"""Models inside of a model: their arrays stand beside each other under names of their own."""

from nn_core.recommender.models.base import Arrays


def named(prefix: str, arrays: Arrays) -> Arrays:
    """ "weights" -> "part0.weights": one flat set that saves as any model's does."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


def part(prefix: str, arrays: Arrays) -> Arrays:
    """What `named` put in."""
    start = f"{prefix}."
    own = {name: array for name, array in arrays.items() if name.startswith(start)}
    return {name.removeprefix(start): array for name, array in own.items()}
