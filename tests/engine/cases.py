"""Small networks and data that together use every registered member."""

import numpy as np

from nn_core import Sequential
from nn_core.arrays import Array
from nn_core.layers import Dense
from nn_core.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Huber,
    Loss,
    SparseCategoricalCrossentropy,
)
from nn_core.optimizers import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Lion,
    Nadam,
    Optimizer,
    RMSprop,
)
from nn_core.schedules import (
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
)

OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": SGD(learning_rate=0.05),
    "momentum": SGD(learning_rate=0.02, momentum=0.9),
    "nesterov": SGD(learning_rate=0.02, momentum=0.9, nesterov=True),
    "adam": Adam(learning_rate=0.01),
    "adam, other betas": Adam(learning_rate=0.01, beta_1=0.8, beta_2=0.95, epsilon=1e-4),
    "amsgrad": Adam(learning_rate=0.01, beta_2=0.6, amsgrad=True),
    "adamw": AdamW(learning_rate=0.01, weight_decay=0.1),
    "adagrad": Adagrad(learning_rate=0.05),
    "adadelta": Adadelta(learning_rate=1.0),
    "rmsprop": RMSprop(learning_rate=0.005),
    "rmsprop, centered": RMSprop(learning_rate=0.005, rho=0.8, momentum=0.5, centered=True),
    "adamax": Adamax(learning_rate=0.01),
    "nadam": Nadam(learning_rate=0.01),
    "lion": Lion(learning_rate=0.005),
    "weight decay": SGD(learning_rate=0.05, weight_decay=0.1),
    "clipvalue": Adam(learning_rate=0.01, clipvalue=0.02),
    "clipnorm": SGD(learning_rate=0.05, clipnorm=0.1),
    "global_clipnorm": SGD(learning_rate=0.05, momentum=0.5, global_clipnorm=0.2),
}

# Keras computes a schedule in float32, whatever the weights are in.
SCHEDULED: list[Schedule] = [
    PiecewiseConstantDecay((2, 5), (0.1, 0.05, 0.01)),
    ExponentialDecay(0.1, 3, 0.8),
    ExponentialDecay(0.1, 3, 0.8, staircase=True),
    CosineDecay(0.1, 8, alpha=0.1),
    CosineDecay(0.01, 6, warmup_target=0.1, warmup_steps=4),
    PolynomialDecay(0.1, 8, power=2.0),
    InverseTimeDecay(0.1, 2, 0.5),
]

# losses with settings of their own, by the name of the loss whose targets they take
CONFIGURED: list[tuple[str, Loss]] = [
    ("mse", Huber(delta=0.5)),
    ("binary_crossentropy", BinaryCrossentropy(from_logits=True)),
    ("categorical_crossentropy", CategoricalCrossentropy(from_logits=True)),
    ("sparse_categorical_crossentropy", SparseCategoricalCrossentropy(from_logits=True)),
]

# loss -> output activations that people combine it with
OUTPUTS = {
    "mse": ["linear", "tanh", "sigmoid", "softmax", "relu"],
    "mae": ["linear"],
    "huber": ["linear"],
    "log_cosh": ["linear"],
    "hinge": ["tanh", "linear"],
    "kl_divergence": ["softmax"],
    "binary_crossentropy": ["sigmoid", "softmax"],
    "categorical_crossentropy": ["softmax", "sigmoid"],
    "sparse_categorical_crossentropy": ["softmax", "sigmoid"],
}
PAIRS = [(loss, activation) for loss, names in OUTPUTS.items() for activation in names]


def data(loss: str, outputs: int = 3, n: int = 7, seed: int = 0) -> tuple[Array, Array]:
    """x: (n, 4), y: (n, outputs) of the kind the loss expects, in float64."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 4))
    if loss == "sparse_categorical_crossentropy":
        return x, rng.integers(outputs, size=n)
    if loss == "kl_divergence":
        return x, rng.dirichlet(np.ones(outputs), size=n)
    if loss == "categorical_crossentropy":
        return x, np.eye(outputs)[rng.integers(outputs, size=n)]
    if loss in ("binary_crossentropy", "hinge"):
        return x, rng.integers(0, 2, size=(n, outputs)).astype(float)
    return x, rng.normal(size=(n, outputs))


def network(
    hidden: str = "tanh",
    output: str = "linear",
    loss: str | Loss = "mse",
    optimizer: Optimizer | None = None,
    dtype: str = "float64",
    seed: int = 1,
) -> Sequential:
    """4 -> 5 -> 6 -> 3, with a bias that is not zero."""
    model = Sequential(
        [
            Dense(5, activation=hidden, bias_initializer="random_uniform"),
            Dense(6, activation=hidden, kernel_initializer="he_normal"),
            Dense(3, activation=output, kernel_initializer="he_uniform"),
        ],
        input_shape=(4,),
        seed=seed,
        dtype=dtype,
    )
    model.compile(optimizer or SGD(0.05), loss)
    return model
