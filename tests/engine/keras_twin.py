"""The same network in Keras, and the tolerances within which both must agree."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nn_core import Sequential, keras_code
from nn_core.arrays import Array


def twin(model: Sequential) -> Any:
    """Runs the exported script: what a person takes home is what is tested."""
    scope: dict[str, Any] = {}
    code = keras_code(model).replace("model.summary()", "")
    exec(compile(code, "exported.py", "exec"), scope)  # noqa: S102  our own script
    found = scope["model"]
    found.run_eagerly = True
    return found


def gradients(model: Any, x: Array, y: Array, cached_logits: bool = True) -> list[Array]:
    """Keras's gradients of its own compiled loss, penalties included.

    Without cached logits, the loss sees nothing but the probabilities.
    """
    import tensorflow as tf

    with tf.GradientTape() as tape:
        a = model(x, training=True)
        loss = model.compute_loss(x=x, y=y, y_pred=a if cached_logits else tf.identity(a))
    return [
        np.asarray(tf.convert_to_tensor(g)) for g in tape.gradient(loss, model.trainable_weights)
    ]


def loss(model: Any, x: Array, y: Array) -> float:
    """One Keras training step -> its loss, penalties included."""
    model.reset_metrics()
    return float(np.ravel(model.train_on_batch(x, y))[0])


def traced(model: Any) -> None:
    """Lets Keras train in a graph: it is traced once, and a step then takes 2 ms and not 15 to 50.

    Without XLA, which would take seconds to compile a network for its fifty steps.
    """
    model.run_eagerly, model.jit_compile = False, False


def assert_close(ours: Sequence[Array], theirs: Sequence[Array], dtype: str) -> None:
    """float32: |a - b| <= 1e-4 (1e-3 + |b|). float64: |a - b| <= 1e-9."""
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs):
        a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
        assert a.shape == b.shape
        bound = 1e-9 if dtype == "float64" else 1e-4 * (1e-3 + np.abs(b))
        assert (np.abs(a - b) <= bound).all(), f"largest difference {np.abs(a - b).max()}"
