"""The round numbers that exercises are made of. None is 0 or 1, which hide a slip."""

import numpy as np

WEIGHTS = tuple(sign * k / 10 for sign in (1, -1) for k in (2, 3, 4, 5, 6, 8, 12, 15))
BIASES = tuple(sign * k / 10 for sign in (1, -1) for k in (1, 2, 3, 4, 5))
INPUTS = (0.5, 1.5, 2.0, 3.0, -0.5, -1.5, -2.0, -3.0)
RATES = (0.1, 0.2, 0.5)
SHARES = (0.3, 0.4, 0.45, 0.5, 0.6)
LOGITS = (0.5, 1.5, 2.0, 2.5, -0.5, -1.0, -1.5, -2.0)


def one(rng: np.random.Generator, choices: tuple[float, ...]) -> float:
    """One of the choices."""
    return choices[int(rng.integers(len(choices)))]


def named(
    rng: np.random.Generator, names: str, choices: tuple[float, ...] = WEIGHTS
) -> dict[str, float]:
    """One of the choices for each of the names, which spaces part."""
    return {name: one(rng, choices) for name in names.split()}
