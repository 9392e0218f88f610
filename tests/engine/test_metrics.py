"""Metrics against Keras, and the confusion matrix by hand."""

from types import ModuleType

import numpy as np
import pytest

from nn_core.metrics import METRICS, confusion_matrix

RNG = np.random.default_rng(3)
A = RNG.uniform(size=(80, 1)).astype("float32")
Y = (RNG.uniform(size=(80, 1)) < A).astype("float32")
SCORES = np.exp(RNG.normal(size=(50, 3)))
THREE = SCORES / SCORES.sum(axis=1, keepdims=True)
ONE_HOT = np.eye(3)[RNG.integers(3, size=50)]

KERAS = {
    "accuracy": ("BinaryAccuracy", Y, A),
    "precision": ("Precision", Y, A),
    "recall": ("Recall", Y, A),
    "auc": ("AUC", Y, A),
    "r2": ("R2Score", ONE_HOT.astype("float32"), THREE.astype("float32")),
}


@pytest.mark.parametrize("name", METRICS.names())
def test_every_metric_is_kerass(keras_module: ModuleType, name: str) -> None:
    class_name, y, a = KERAS[name]
    theirs = getattr(keras_module.metrics, class_name)()
    theirs.update_state(y, a)
    assert METRICS.get(name)(y, a) == pytest.approx(float(theirs.result()), abs=1e-6)


def test_accuracy_of_classes_and_class_numbers() -> None:
    accuracy = METRICS.get("accuracy")
    expected = (THREE.argmax(axis=1) == ONE_HOT.argmax(axis=1)).mean()
    assert accuracy(ONE_HOT, THREE) == accuracy(ONE_HOT.argmax(axis=1), THREE) == expected


def test_confusion_by_hand() -> None:
    y, a = np.array([[0.0], [0], [1], [1], [1]]), np.array([[0.2], [0.9], [0.9], [0.1], [0.8]])
    assert confusion_matrix(y, a).tolist() == [[1, 1], [1, 2]]
    found = confusion_matrix(ONE_HOT, THREE)
    assert found.sum(axis=1).tolist() == ONE_HOT.sum(axis=0).tolist()
    assert np.trace(found) / 50 == pytest.approx(METRICS.get("accuracy")(ONE_HOT, THREE))


def test_what_is_not_defined_is_said() -> None:
    ones = np.ones((4, 1))
    assert np.isnan(METRICS.get("auc")(ones, ones))
    assert np.isnan(METRICS.get("r2")(ones, ones))
    assert METRICS.get("precision")(ones, 0 * ones) == 0
