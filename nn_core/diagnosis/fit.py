"""What does not fit: inputs of very different size, a loss behind the wrong activation."""

from collections.abc import Iterator

import numpy as np

from nn_core.diagnosis.base import Change, Finding, Run
from nn_core.head import LogitsHead

# Between the lowest and the highest number that an activation can give.
RANGES = {
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
    "relu": (0.0, np.inf),
    "softplus": (0.0, np.inf),
    "exponential": (0.0, np.inf),
}


def unscaled(run: Run) -> Iterator[Finding]:
    """Features whose size is above 20, or 20 times that of another."""
    if run.model.layers[0].reads_indices:
        return
    x = run.trace["x"].reshape(-1, run.trace["x"].shape[-1]).astype(np.float64)
    sizes = np.sqrt(np.square(x).mean(axis=0))
    used = sizes[sizes > 0]
    if not used.size:
        return
    ratio = float(max(used.max(), used.max() / used.min()))
    if ratio > 20:
        yield Finding(
            "unscaled inputs",
            f"The features' sizes go from {used.min():.3g} to {used.max():.3g}; one learning rate "
            "does not fit them all. Standardise: take off the mean, divide by the deviation.",
            ratio,
            Change("inputs", {"standardise": True}),
        )


def loss_and_output(run: Run) -> Iterator[Finding]:
    """Cross-entropy of what are no probabilities, or targets that the output cannot reach."""
    model, y = run.model, run.trace["y"]
    last = model.layers[-1]
    if isinstance(model.head, LogitsHead):
        return
    wanted: str | None = getattr(model.loss, "activation", None)
    name = getattr(last, "activation", "linear")
    if wanted:
        a = run.trace[f"{last.name}/{last.output_name}"]
        share = float(((a <= 0) | (a >= 1)).mean())
        yield Finding(
            "loss does not fit output",
            f"{type(model.loss).__name__} reads probabilities, and {last.name} ends in {name}: "
            f"{share:.0%} of its outputs lie outside 0 to 1. It belongs behind {wanted}.",
            share,
            Change("layers", {"activation": wanted}, (last.name,)),
            last.name,
        )
        return
    low, high = RANGES.get(name, (-np.inf, np.inf))
    share = float(((y < low) | (y > high)).mean())
    if share > 0.02:
        yield Finding(
            "loss does not fit output",
            f"{share:.0%} of the targets lie outside of what {name} in {last.name} can give, "
            f"{low:g} to {high:g}. A linear output reaches them.",
            share,
            Change("layers", {"activation": "linear"}, (last.name,)),
            last.name,
        )
