"""Mult-VAE: an autoencoder that squeezes a history through a bell curve (Liang et al., 2018)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.layers import Dense, GaussianSampling, Layer
from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.matrix import Matrix, row_sizes
from nn_core.recommender.models.base import Arrays
from nn_core.recommender.models.batches import Batch, Batches, log_shares
from nn_core.recommender.models.network import Network
from nn_core.recommender.models.time_ease import recency
from nn_core.recommender.split import TrainingData


@dataclass(frozen=True)
class MultVAE(Network):
    """x (I,) -> Dense(hidden, tanh) -> mean and log-variance -> a draw of them -> Dense(hidden,
    tanh) -> softmax over the I products; loss: -sum y log a + beta KL(draw || N(0, 1)).

    x = 0.5 + 0.5 * 0.5^(age / input_half_life), of length 1, some of it left out (`dropout`);
    y = 0.5^(age / half_life), of sum 1. The paper has 1 for both; as in time-aware EASE, recent
    purchases say more. Ages in days; without dates all count alike. A prediction takes the mean.

    warm_up  epochs over which beta rises to its value, so that the code is used at all
    """

    name: ClassVar[str] = "mult-vae"
    label: ClassVar[str] = "Variational autoencoder (Mult-VAE)"
    spoken: ClassVar[str] = "the variational autoencoder (Mult-VAE)"
    epochs: int = 40
    patience: int = 5
    batch_size: int = 64
    learning_rate: float = 0.002
    hidden: int = 256
    latent: int = 64
    dropout: float = 0.5
    beta: float = 0.003
    warm_up: int = 10
    half_life: float = 60.0
    input_half_life: float = 30.0

    def layers(self, products: int) -> list[Layer]:
        return [
            Dense(self.hidden, "tanh"),
            Dense(2 * self.latent),
            GaussianSampling(self.beta),
            Dense(self.hidden, "tanh"),
            Dense(products, "softmax"),
        ]

    def input_shape(self, products: int) -> tuple[int, ...]:
        return (products,)

    @property
    def by_basket(self) -> bool:
        return False

    def step_seconds(self, products: int) -> float:
        return 3e-3 + 2 * products * self.hidden * 1e-8

    def batches(self, train: TrainingData, epoch: int) -> Batches:
        x = recent(train.histories, train.now, self.input_half_life)
        y = recency(train.histories, train.now, self.half_life)
        filled = np.flatnonzero(row_sizes(y))
        beta = self.beta * min(1.0, epoch / self.warm_up)

        def arrays(which: Numbers, rng: np.random.Generator) -> Batch:
            rows = filled[which]
            noise = rng.standard_normal((len(rows), self.latent), np.float32)
            target = y[rows].toarray()
            target /= target.sum(axis=1, keepdims=True)
            price = np.full((len(rows), 1), beta, np.float32)
            return dropped(of_length_one(x[rows]), self.dropout, rng), target, noise, price

        return Batches(len(filled), arrays)

    def start(self, train: TrainingData) -> Arrays:
        return {"bias_3": log_shares(train.histories, train.now, self.half_life)}

    def keras_model(self, keras: Any, train: TrainingData) -> Any:
        """(x, noise) -> (a, mean, log-variance), with the engine's first weights."""
        from nn_core.recommender.models.keras_training import in_keras

        products = len(train.products)
        dense = [layer for layer in self.layers(products) if isinstance(layer, Dense)]
        up, code, down, out = (in_keras(keras, layer) for layer in dense)
        x, noise = keras.Input((products,)), keras.Input((self.latent,))
        mean, log_variance = keras.ops.split(code(up(x)), 2, axis=-1)
        drawn = mean + keras.ops.exp(log_variance / 2) * noise
        model = keras.Model([x, noise], [out(down(drawn)), mean, log_variance])
        model.set_weights(self.first_weights(products))
        return model

    def losses(self, keras: Any, model: Any) -> Callable[..., Any]:
        def losses(x: Any, y: Any, noise: Any, beta: Any) -> Any:
            a, mean, log_variance = model([x, noise], training=True)
            kl = mean**2 + keras.ops.exp(log_variance) - log_variance - 1
            price = beta[:, 0] * keras.ops.sum(kl, axis=-1) / 2
            return keras.losses.categorical_crossentropy(y, a) + price

        return losses

    def inputs(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """(N, I) recent purchases weigh more; each row of length 1."""
        now = arrays["now"].item() if "now" in arrays else None
        weighed = recent(histories, now, self.input_half_life)
        return of_length_one(weighed[:, : min(self.largest, histories.products)])


def recent(histories: Histories, now: float | None, half_life: float) -> Matrix:
    """(N, I) 0.5 + 0.5 * 0.5^(age / half_life) where bought: old purchases keep half a say."""
    weighed = recency(histories, now, half_life)
    weighed.data = 0.5 + 0.5 * weighed.data
    return weighed


def of_length_one(rows: Matrix) -> NDArray[np.float32]:
    """(N, I) dense, each row divided by its length; an empty history stays zeros."""
    dense = rows.toarray()
    return dense / np.maximum(np.sqrt((dense**2).sum(axis=1, keepdims=True)), 1e-12)


def dropped(x: NDArray[np.float32], share: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """x with a share of its entries at zero, and the others larger by as much (dropout)."""
    return x * (rng.random(x.shape, np.float32) >= share) / np.float32(1 - share)
