"""Cheaper cousins of tanh and sigmoid, and the exponential."""

import numpy as np

from nn_core.arrays import Array


class Softsign:
    """a = z / (1 + |z|), between -1 and 1; its tails are heavier than those of tanh."""

    equation = "a = z / (1 + |z|)"
    latex = r"a = \frac{z}{1 + |z|}"
    backward_equation = "dz = da / (1 + |z|)^2"
    backward_latex = r"\mathrm{d}z = \frac{\mathrm{d}a}{(1 + |z|)^2}"
    numpy = "{z} / (1 + np.abs({z}))"
    backward_numpy = "{da} / (1 + np.abs({z})) ** 2"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.abs(z, out=out)
        np.add(a, 1, out=a)
        return np.divide(z, a, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.abs(z, out=out)
        np.add(dz, 1, out=dz)
        np.multiply(dz, dz, out=dz)
        return np.divide(da, dz, out=dz)


class HardSigmoid:
    """a = z / 6 + 1/2, cut off at 0 and 1 (Keras: relu6(z + 3) / 6)."""

    equation = "a = min(max(z + 3, 0), 6) / 6"
    latex = r"a = \frac{\min(\max(z + 3, 0), 6)}{6}"
    backward_equation = "dz = da / 6 * (-3 < z < 3)"
    backward_latex = r"\mathrm{d}z = \frac{\mathrm{d}a}{6} \odot [-3 < z < 3]"
    numpy = "np.clip({z} + 3, 0, 6) / 6"
    backward_numpy = "{da} / 6 * (np.abs({z}) < 3)"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.add(z, 3, out=out)
        np.maximum(a, 0, out=a)
        np.minimum(a, 6, out=a)
        return np.divide(a, 6, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.divide(da, 6, out=out)
        return np.multiply(dz, np.abs(z) < 3, out=dz)


class Exponential:
    """a = e^z."""

    equation = "a = exp(z)"
    latex = r"a = e^z"
    backward_equation = "dz = da * a"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a \odot a"
    numpy = "np.exp({z})"
    backward_numpy = "{da} * {a}"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        return np.exp(z, out=out)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        return np.multiply(da, a, out=out)
