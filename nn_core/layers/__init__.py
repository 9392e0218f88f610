"""The layers, one a file: forward above backward."""

from nn_core.layers.activation import Activation
from nn_core.layers.average_pooling2d import AveragePooling2D
from nn_core.layers.base import LAYERS, Layer
from nn_core.layers.batch_normalization import BatchNormalization
from nn_core.layers.bidirectional import Bidirectional
from nn_core.layers.conv1d import Conv1D
from nn_core.layers.conv2d import Conv2D
from nn_core.layers.dense import Dense
from nn_core.layers.dropout import Dropout
from nn_core.layers.embedding import Embedding
from nn_core.layers.flatten import Flatten
from nn_core.layers.gaussian_sampling import GaussianSampling
from nn_core.layers.global_average_pooling2d import GlobalAveragePooling2D
from nn_core.layers.gru import GRU
from nn_core.layers.layer_normalization import LayerNormalization
from nn_core.layers.lstm import LSTM
from nn_core.layers.max_pooling2d import MaxPooling2D
from nn_core.layers.reshape import Reshape
from nn_core.layers.simple_rnn import SimpleRNN

__all__ = [
    "GRU",
    "LAYERS",
    "LSTM",
    "Activation",
    "AveragePooling2D",
    "BatchNormalization",
    "Bidirectional",
    "Conv1D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Embedding",
    "Flatten",
    "GaussianSampling",
    "GlobalAveragePooling2D",
    "Layer",
    "LayerNormalization",
    "MaxPooling2D",
    "Reshape",
    "SimpleRNN",
]
