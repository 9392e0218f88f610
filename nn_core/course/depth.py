"""How large values and gradients are, layer by layer, in a network as it starts."""

from dataclasses import dataclass

import numpy as np

from nn_core.initializers import INITIALIZERS
from nn_core.layers import Dense
from nn_core.live.points import Points
from nn_core.network import Sequential
from nn_core.trace import record

UNITS = 16
DEPTHS = (2, 20)
ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "linear")
STARTS = ("glorot_uniform", "he_normal", "lecun_normal", "random_normal", "zeros", "ones")


@dataclass(frozen=True)
class Depth:
    """Of every hidden layer, the lowest first. values: the root mean square of a; gradients: the
    length of dL/dz over all samples."""

    values: tuple[float, ...]
    gradients: tuple[float, ...]

    @property
    def left(self) -> float:
        """The lowest layer's gradient in shares of the highest one's."""
        return self.gradients[0] / self.gradients[-1] if self.gradients[-1] else 0.0


def through(activation: str, initializer: str, depth: int, seed: int = 1) -> Depth:
    """`depth` Dense layers of 16 units over the circle's points, before any update."""
    data = Points(seed=seed).data()
    hidden = [
        Dense(UNITS, activation=activation, kernel_initializer=initializer) for _ in range(depth)
    ]
    model = Sequential([*hidden, Dense(1, activation="sigmoid")], (2,), seed, "float64")
    model.compile("sgd", "binary_crossentropy")
    found = record(model, data.train_x, data.train_y[:, None]).values
    names = [layer.name for layer in model.layers[:-1]]
    return Depth(
        tuple(float(np.sqrt(np.mean(np.square(found[f"{name}/a"])))) for name in names),
        tuple(float(np.linalg.norm(found[f"{name}/dz"])) for name in names),
    )


def spread(initializer: str, fan_in: int, fan_out: int) -> float:
    """The standard deviation of weights drawn so, measured on many."""
    drawn = INITIALIZERS.get(initializer)(np.random.default_rng(1), (fan_in, fan_out))
    return float(drawn.std())
