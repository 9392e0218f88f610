"""The five that every course begins with: linear, sigmoid, tanh, ReLU, softmax."""

import numpy as np

from nn_core.arrays import Array


class Linear:
    """a = z."""

    equation = "a = z"
    latex = r"a = z"
    backward_equation = "dz = da"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a"
    numpy = "{z}"
    backward_numpy = "{da}"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        return z

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        return da


class Sigmoid:
    """a = 1 / (1 + e^-z), between 0 and 1."""

    equation = "a = 1 / (1 + exp(-z))"
    latex = r"a = \frac{1}{1 + e^{-z}}"
    backward_equation = "dz = da * a * (1 - a)"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a \odot a \odot (1 - a)"
    numpy = "1 / (1 + np.exp(-{z}))"
    backward_numpy = "{da} * {a} * (1 - {a})"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.negative(z, out=out)
        # e^88 is float32's last finite power; beyond it sigmoid is 0 to every digit.
        np.minimum(a, 88.0 if a.dtype == np.float32 else 709.0, out=a)
        np.exp(a, out=a)
        np.add(a, 1, out=a)
        return np.reciprocal(a, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.subtract(1, a, out=out)
        np.multiply(dz, a, out=dz)
        return np.multiply(dz, da, out=dz)


class Tanh:
    """a = tanh(z), between -1 and 1."""

    equation = "a = tanh(z)"
    latex = r"a = \tanh(z)"
    backward_equation = "dz = da * (1 - a^2)"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a \odot (1 - a^2)"
    numpy = "np.tanh({z})"
    backward_numpy = "{da} * (1 - {a}**2)"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        return np.tanh(z, out=out)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.multiply(a, a, out=out)
        np.subtract(1, dz, out=dz)
        return np.multiply(dz, da, out=dz)


class ReLU:
    """a = max(0, z); its slope at 0 is taken as 0, as Keras does."""

    equation = "a = max(0, z)"
    latex = r"a = \max(0, z)"
    backward_equation = "dz = da * (z > 0)"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a \odot [z > 0]"
    numpy = "np.maximum({z}, 0)"
    backward_numpy = "{da} * ({z} > 0)"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        return np.maximum(z, 0, out=out)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        return np.multiply(da, z > 0, out=out)


class Softmax:
    """a_i = e^z_i / sum_j e^z_j over the last axis: shares that sum to 1."""

    equation = "a_i = exp(z_i) / sum_j exp(z_j)"
    latex = r"a_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"
    backward_equation = "dz = a * (da - sum_j da_j a_j)"
    backward_latex = r"\mathrm{d}z = a \odot \left(\mathrm{d}a - \sum_j \mathrm{d}a_j\, a_j\right)"
    numpy = "softmax({z})"
    backward_numpy = "{a} * ({da} - ({da} * {a}).sum(axis=-1, keepdims=True))"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.subtract(z, z.max(axis=-1, keepdims=True), out=out)
        np.exp(a, out=a)
        return np.divide(a, a.sum(axis=-1, keepdims=True), out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.subtract(da, (da * a).sum(axis=-1, keepdims=True), out=out)
        return np.multiply(dz, a, out=dz)
