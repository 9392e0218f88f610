"""Relatives of ReLU that let some gradient through below zero."""

import numpy as np

from nn_core.arrays import Array, as_keras_casts


class LeakyReLU:
    """a = z above 0, 0.2 z below (Maas 2013; the slope is Keras's)."""

    slope = as_keras_casts(0.2)
    equation = "a = z if z > 0 else 0.2 z"
    latex = r"a = \begin{cases} z & z > 0 \\ 0.2\, z & z \le 0 \end{cases}"
    backward_equation = "dz = da * (1 if z > 0 else 0.2)"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a \odot ([z > 0] + 0.2\, [z \le 0])"
    numpy = "np.where({z} > 0, {z}, 0.2 * {z})"
    backward_numpy = "{da} * np.where({z} > 0, 1, 0.2)"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.multiply(z, self.slope, out=out)
        return np.maximum(a, z, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.multiply(da, self.slope, out=out)
        np.copyto(dz, da, where=z > 0)
        return dz


class ELU:
    """a = z above 0, e^z - 1 below (Clevert 2016, alpha 1)."""

    equation = "a = z if z > 0 else exp(z) - 1"
    latex = r"a = \begin{cases} z & z > 0 \\ e^z - 1 & z \le 0 \end{cases}"
    backward_equation = "dz = da * (1 if z > 0 else a + 1)"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a \odot ([z > 0] + (a + 1)\, [z \le 0])"
    numpy = "np.where({z} > 0, {z}, np.exp({z}) - 1)"
    backward_numpy = "{da} * np.where({z} > 0, 1, {a} + 1)"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.minimum(z, 0, out=out)
        np.expm1(a, out=a)
        np.copyto(a, z, where=z > 0)
        return a

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.minimum(a, 0, out=out)
        np.add(dz, 1, out=dz)
        return np.multiply(dz, da, out=dz)


class SELU:
    """ELU scaled so that means and variances stay from layer to layer (Klambauer 2017)."""

    scale = 1.0507009873554805
    scale_alpha = 1.7580993408473766
    equation = "a = 1.0507 z if z > 0 else 1.7581 (exp(z) - 1)"
    latex = r"a = \begin{cases} 1.0507\, z & z > 0 \\ 1.7581\, (e^z - 1) & z \le 0 \end{cases}"
    backward_equation = "dz = da * (1.0507 if z > 0 else a + 1.7581)"
    backward_latex = r"\mathrm{d}z = \mathrm{d}a \odot (1.0507\, [z > 0] + (a + 1.7581) [z \le 0])"
    numpy = "np.where({z} > 0, 1.0507009873554805 * {z}, 1.7580993408473766 * (np.exp({z}) - 1))"
    backward_numpy = "{da} * np.where({z} > 0, 1.0507009873554805, {a} + 1.7580993408473766)"

    def forward(self, z: Array, out: Array | None = None) -> Array:
        a = np.minimum(z, 0, out=out)
        np.expm1(a, out=a)
        np.multiply(a, self.scale_alpha, out=a)
        return np.add(a, np.maximum(z, 0) * self.scale, out=a)

    def backward(self, da: Array, z: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.add(a, self.scale_alpha, out=out)
        np.copyto(dz, self.scale, where=z > 0)
        return np.multiply(dz, da, out=dz)
