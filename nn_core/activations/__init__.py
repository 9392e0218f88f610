"""Activations: f(z) forward, and the gradient da carried back to dz.

Softmax's derivative is a matrix, so `backward` is a product and not a slope. `out` is an array to
write into, so that a training step allocates nothing; source of names and definitions: Keras 3.
"""

from nn_core.activations import classic, rectified, smooth, squashing
from nn_core.activations.base import ACTIVATIONS, Activation

ACTIVATIONS.add("linear", classic.Linear())
ACTIVATIONS.add("sigmoid", classic.Sigmoid())
ACTIVATIONS.add("tanh", classic.Tanh())
ACTIVATIONS.add("relu", classic.ReLU())
ACTIVATIONS.add("leaky_relu", rectified.LeakyReLU())
ACTIVATIONS.add("elu", rectified.ELU())
ACTIVATIONS.add("selu", rectified.SELU())
ACTIVATIONS.add("gelu", smooth.GELU())
ACTIVATIONS.add("silu", smooth.SiLU())
ACTIVATIONS.add("softplus", smooth.Softplus())
ACTIVATIONS.add("softsign", squashing.Softsign())
ACTIVATIONS.add("hard_sigmoid", squashing.HardSigmoid())
ACTIVATIONS.add("mish", smooth.Mish())
ACTIVATIONS.add("exponential", squashing.Exponential())
ACTIVATIONS.add("softmax", classic.Softmax())

__all__ = ["ACTIVATIONS", "Activation"]
