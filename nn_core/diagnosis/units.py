"""Units that no longer learn: saturated, dead, or copies of each other."""

from collections.abc import Iterator

import numpy as np

from nn_core.activations import ACTIVATIONS
from nn_core.diagnosis.base import Change, Finding, Run
from nn_core.layers import Layer

# A slope below this share of the activation's steepest lets next to no gradient through.
FLAT = 0.02
SQUASHING = ("sigmoid", "tanh", "hard_sigmoid", "softsign")


def saturated(run: Run) -> Iterator[Finding]:
    """Hidden layers of which more than half of the outputs lie where the activation is flat."""
    for layer in run.model.layers[:-1]:
        name, z = getattr(layer, "activation", ""), run.value(f"{layer.name}/z")
        if name not in SQUASHING or not layer.ends_in_activation or z is None:
            continue
        f = ACTIVATIONS.get(name)
        slope = f.backward(np.ones_like(z), z, f.forward(z))
        zero = np.zeros_like(z[:1])
        steepest = f.backward(np.ones_like(zero), zero, f.forward(zero)).max()
        share = float((slope < FLAT * steepest).mean())
        if share > 0.5:
            change, advice = smaller_weights(run, layer)
            yield Finding(
                "saturated units",
                f"{share:.0%} of the outputs of {layer.name} lie where {name} is flat, so that "
                f"hardly any gradient passes. {advice}",
                share,
                change,
                layer.name,
            )


def smaller_weights(run: Run, layer: Layer) -> tuple[Change, str]:
    """What keeps a layer's weights small, and the sentence that says so."""
    if getattr(layer, "kernel_initializer", "") != "glorot_uniform":
        fields = {"kernel_initializer": "glorot_uniform"}
        change = Change("layers", fields, (layer.name,), afresh=True)
        return change, "Start from smaller weights: glorot_uniform."
    change = run.lower_rate(afresh=True)
    rate = change.fields["learning_rate"]
    return change, f"Its weights grew in training: start again with a learning rate of {rate:g}."


def dead(run: Run) -> Iterator[Finding]:
    """ReLU layers of which more than half of the units are 0 for every sample."""
    for layer in run.model.layers[:-1]:
        z = run.value(f"{layer.name}/z")
        if getattr(layer, "activation", "") != "relu" or z is None:
            continue
        units = (z <= 0).all(axis=tuple(range(z.ndim - 1)))
        share = float(units.mean())
        if share > 0.5:
            yield Finding(
                "dead ReLUs",
                f"{int(units.sum())} of {units.size} units of {layer.name} are 0 for every sample "
                "and get no gradient. leaky_relu lets some through below zero.",
                share,
                Change("layers", {"activation": "leaky_relu"}, (layer.name,)),
                layer.name,
            )


def symmetric(run: Run) -> Iterator[Finding]:
    """Layers in which all units have the same incoming weights."""
    for layer in run.model.layers:
        kernel = run.model.named_weights.get(f"{layer.name}/kernel")
        if kernel is None or kernel.shape[-1] < 2:
            continue
        columns = kernel.reshape(-1, kernel.shape[-1])
        spread = float(np.abs(columns - columns[:, :1]).max())
        if spread <= 1e-4 * max(float(np.abs(columns).max()), 1e-30):
            yield Finding(
                "symmetric weights",
                f"All {kernel.shape[-1]} units of {layer.name} have the same weights and get the "
                "same gradient: they will stay copies. Start from random: glorot_uniform.",
                spread,
                Change(
                    "layers", {"kernel_initializer": "glorot_uniform"}, (layer.name,), afresh=True
                ),
                layer.name,
            )
