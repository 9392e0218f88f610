"""In words: which number ended a run that is no longer finite, and what to do."""

import numpy as np

from nn_core.live.settings import Settings
from nn_core.network import Sequential


def why_not_finite(model: Sequential, loss: float, step: int, settings: Settings) -> str:
    """One sentence that names the first number that is not finite, or the largest weight."""
    culprit = first_not_finite(model)
    if culprit:
        cause = f"{culprit[0]} became {worded(culprit[1])}"
    else:
        name, value = largest(model)
        cause = f"the loss became {worded(loss)} while {name} had grown to {value:.3g}"
    return (
        f"Training stopped at step {step}: {cause}. A learning rate of "
        f"{settings.learning_rate:g} is too high here; Reset and try "
        f"{settings.learning_rate / 10:g}."
    )


def first_not_finite(model: Sequential) -> tuple[str, float] | None:
    """("dense_1/kernel[0,2]", inf) or None."""
    for name, array in model.named_weights.items():
        bad = np.argwhere(~np.isfinite(array))
        if len(bad):
            at = tuple(int(i) for i in bad[0])
            return f"{name}[{','.join(map(str, at))}]", float(array[at])
    return None


def largest(model: Sequential) -> tuple[str, float]:
    """The weight of the largest size, and its value."""
    name, array = max(model.named_weights.items(), key=lambda item: float(np.abs(item[1]).max()))
    at = np.unravel_index(int(np.abs(array).argmax()), array.shape)
    return f"{name}[{','.join(str(int(i)) for i in at)}]", float(array[at])


def worded(value: float) -> str:
    """inf, -inf and NaN as a person says them."""
    if np.isnan(value):
        return "NaN (not a number)"
    return "infinite" if value > 0 else "minus infinite"
