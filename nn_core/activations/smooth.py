"""Smooth relatives of ReLU: softplus, SiLU, GELU, Mish."""

import math

import numpy as np

from nn_core.activations.classic import Sigmoid
from nn_core.arrays import Array, as_keras_casts

SIGMOID = Sigmoid()
# TensorFlow's GELU multiplies by a root of 1/2 that went through float32.
ROOT = as_keras_casts(math.sqrt(0.5))


def erfc(z: Array) -> Array:
    """1 - erf(z), element by element through the C library's: exact to the last digit.

    Vectorised rational approximations of the same accuracy take some 80 array operations; below
    200,000 numbers this is faster, and above as fast.
    """
    values = np.fromiter(map(math.erfc, z.ravel().tolist()), z.dtype, z.size)
    return values.reshape(z.shape)


class Softplus:
    """a = log(1 + e^z), a smooth max(0, z)."""

    equation = "a = log(1 + exp(z))"
    latex = r"a = \log(1 + e^z)"
    backward_equation = "dz = da / (1 + exp(-z))"
    backward_latex = r"\mathrm{d}z = \frac{\mathrm{d}a}{1 + e^{-z}}"
    numpy = "np.log(1 + np.exp({z}))"
    backward_numpy = "{da} * sigmoid({z})"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        # log(1 + e^z) = max(z, 0) + log(1 + e^-|z|), which never overflows.
        a = np.abs(z, out=out)
        np.negative(a, out=a)
        np.exp(a, out=a)
        np.log1p(a, out=a)
        return np.add(a, np.maximum(z, 0), out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = SIGMOID.forward(z, out)
        return np.multiply(dz, da, out=dz)


class SiLU:
    """a = z sigmoid(z), also called swish (Elfwing 2017)."""

    equation = "a = z / (1 + exp(-z))"
    latex = r"a = \frac{z}{1 + e^{-z}}"
    backward_equation = "dz = da * s * (1 + z (1 - s)), s = 1 / (1 + exp(-z))"
    backward_latex = (
        r"\mathrm{d}z = \mathrm{d}a \odot s \odot (1 + z (1 - s)),\; s = \frac{1}{1 + e^{-z}}"
    )
    numpy = "{z} * sigmoid({z})"
    backward_numpy = "{da} * sigmoid({z}) * (1 + {z} * (1 - sigmoid({z})))"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = SIGMOID.forward(z, out)
        return np.multiply(a, z, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        s = SIGMOID.forward(z)
        dz = np.subtract(1, s, out=out)
        np.multiply(dz, z, out=dz)
        np.add(dz, 1, out=dz)
        np.multiply(dz, s, out=dz)
        return np.multiply(dz, da, out=dz)


class GELU:
    """a = z P(Z <= z) for a standard normal Z, exact and not by tanh (Hendrycks 2016)."""

    equation = "a = z (1 + erf(z / sqrt(2))) / 2"
    latex = r"a = \frac{z}{2} \left( 1 + \mathrm{erf} \frac{z}{\sqrt{2}} \right)"
    backward_equation = "dz = da * ((1 + erf(z / sqrt(2))) / 2 + z exp(-z^2 / 2) / sqrt(2 pi))"
    backward_latex = (
        r"\mathrm{d}z = \mathrm{d}a \odot \left( \frac{1}{2} \left( 1 + \mathrm{erf}"
        r" \frac{z}{\sqrt{2}} \right) + \frac{z}{\sqrt{2 \pi}}\, e^{-z^2 / 2} \right)"
    )
    numpy = "{z} * (1 + erf({z} / np.sqrt(2))) / 2"
    backward_numpy = (
        "{da} * ((1 + erf({z} / np.sqrt(2))) / 2"
        " + {z} * np.exp(-({z}**2) / 2) / np.sqrt(2 * np.pi))"
    )

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.multiply(erfc(z * -ROOT), 0.5, out=out)
        return np.multiply(a, z, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.multiply(z, z, out=out)
        np.multiply(dz, -(ROOT**2), out=dz)
        np.exp(dz, out=dz)
        np.multiply(dz, z, out=dz)
        np.multiply(dz, ROOT / math.sqrt(math.pi), out=dz)
        # The share P(Z <= z) is a / z, and 1/2 at zero.
        np.add(dz, np.divide(a, z, out=np.full_like(z, 0.5), where=z != 0), out=dz)
        return np.multiply(dz, da, out=dz)


class Mish:
    """a = z tanh(softplus(z)) (Misra 2019)."""

    equation = "a = z tanh(log(1 + exp(z)))"
    latex = r"a = z \tanh(\log(1 + e^z))"
    backward_equation = "dz = da * (t + z (1 - t^2) / (1 + exp(-z))), t = tanh(log(1 + exp(z)))"
    backward_latex = (
        r"\mathrm{d}z = \mathrm{d}a \odot \left( t + \frac{z (1 - t^2)}{1 + e^{-z}} \right),\;"
        r" t = \tanh(\log(1 + e^z))"
    )
    numpy = "{z} * np.tanh(softplus({z}))"
    backward_numpy = (
        "{da} * (np.tanh(softplus({z})) + {z} * sigmoid({z}) * (1 - np.tanh(softplus({z})) ** 2))"
    )
    softplus = Softplus()

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = self.softplus.forward(z, out)
        np.tanh(a, out=a)
        return np.multiply(a, z, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        t = self.softplus.forward(z)
        np.tanh(t, out=t)
        dz = SIGMOID.forward(z, out)
        np.multiply(dz, z, out=dz)
        np.multiply(dz, 1 - t * t, out=dz)
        np.add(dz, t, out=dz)
        return np.multiply(dz, da, out=dz)
