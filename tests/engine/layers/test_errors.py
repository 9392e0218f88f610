"""Every wrong shape, number and choice: which layer, what it expects, what came, what to do."""

from collections.abc import Callable

import pytest

from nn_core import Sequential
from nn_core.layers import (
    GRU,
    LSTM,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Bidirectional,
    Conv1D,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    GaussianSampling,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling2D,
    Reshape,
    SimpleRNN,
)

IMAGE = r"expects \(N, H, W, C\); received \(N, 8, 8\). Add a channel axis: x\[..., None\]"
SEQUENCE = r"expects \(N, T, D\); received \(N, 8\). Add a feature axis"


@pytest.mark.parametrize(
    ("layer", "shape", "says"),
    [
        (Conv2D(2, 3, name="edges"), (8, 8), f"Conv2D 'edges' {IMAGE}"),
        (MaxPooling2D(), (8, 8), f"MaxPooling2D 'max_pooling2d_1' {IMAGE}"),
        (AveragePooling2D(2), (8, 8), IMAGE),
        (GlobalAveragePooling2D(), (8, 8), IMAGE),
        (Conv1D(2, 3), (8,), r"expects \(N, T, C\); received \(N, 8\)"),
        (Conv2D(2, 5), (4, 8, 1), r"window \(5, 5\); received \(4, 8\). Take a smaller window"),
        (MaxPooling2D(3), (2, 2, 1), 'or padding="same"'),
        (SimpleRNN(2), (8,), SEQUENCE),
        (LSTM(2), (8,), SEQUENCE),
        (GRU(2), (8,), SEQUENCE),
        (Bidirectional(GRU(2)), (8,), SEQUENCE),
        (Dense(2), (3, 4), r"Put Flatten\(\) before it"),
        (Reshape((2, 3)), (8,), r"\(2, 3\); received \(8,\), 8 cells. Choose axes whose product"),
        (GaussianSampling(), (3,), r"an even number of columns; received \(N, 3\)"),
        (GaussianSampling(), (3, 2), r"D means, then D log-variances"),
    ],
)
def test_shapes(layer: Layer, shape: tuple[int, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Sequential([layer], shape)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: LSTM(2, "softmax"), "LSTM.* go number by number; received softmax"),
        (lambda: Conv2D(0, 3), "filters as a whole number of 1 or more; received 0"),
        (lambda: Conv2D(2, (3, 3, 3)), r"kernel_size .* or 2 of them; received \(3, 3, 3\)"),  # type: ignore[arg-type]
        (lambda: Conv2D(2, 3, strides=0), "strides as a whole number of 1 or more"),
        (lambda: Conv1D(2, 3, padding="causal"), "'valid', 'same'; received 'causal'"),
        (lambda: MaxPooling2D(padding="full"), "'valid', 'same'; received 'full'"),
        (lambda: LSTM(0), "units as a whole number of 1 or more; received 0"),
        (lambda: GRU(2, recurrent_activation="sigmod"), "Unknown activation 'sigmod'"),
        (lambda: SimpleRNN(2, recurrent_initializer="eye"), "Unknown initializer 'eye'"),
        (lambda: Bidirectional(GRU(2), "add"), "'concat', 'sum', 'mul', 'ave'; received 'add'"),
        (lambda: Bidirectional(Dense(2)), r"a recurrent layer; received Dense.*Try Bidirection"),  # type: ignore[arg-type]
        (lambda: Bidirectional(GRU(2, go_backwards=True)), "reads forwards"),
        (lambda: Dropout(1.0), "rate from 0 to below 1; received 1.0. Try rate=0.2"),
        (lambda: BatchNormalization(momentum=1.5), "momentum from 0 to below 1"),
        (lambda: Embedding(0, 2), "input_dim as a whole number of 1 or more; received 0"),
        (lambda: Reshape((-1, -1)), "at most one of them -1"),
        (lambda: Activation("rellu"), "Unknown activation 'rellu'"),
        (lambda: GaussianSampling(kl_weight=-1), "kl_weight of 0 or more"),
        (lambda: Sequential([Embedding(3, 2)], (1,)).predict([[3]]), "from 0 to 2; received 3.0"),
        (lambda: Sequential([Embedding(3, 2)], (1,)).predict([[0.5]]), "Raise input_dim"),
    ],
)
def test_configs(call: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()
