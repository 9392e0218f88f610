"""X^T X is the same, whether a customer's row is counted or written out."""

import numpy as np
import pytest

from nn_core.recommender.matrix import as_csr
from nn_core.recommender.models import gram


@pytest.fixture
def rows() -> np.ndarray:
    """1,500 customers over 200 products: some bought a few, the others many."""
    rng = np.random.default_rng(0)
    bought = rng.random((1_500, 200)) < np.where(np.arange(1_500) < 700, 0.01, 0.4)[:, None]
    return bought.astype(np.float32)


@pytest.mark.parametrize("crowded", [0.0, gram.CROWDED, 1.0])
def test_purchases_in_common_are_counted_exactly(
    rows: np.ndarray, crowded: float, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(gram, "CROWDED", crowded)
    np.testing.assert_array_equal(gram.gram(as_csr(rows)), rows.T @ rows)


@pytest.mark.parametrize("crowded", [0.0, gram.CROWDED, 1.0])
def test_weights_are_multiplied(rows: np.ndarray, crowded: float, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gram, "CROWDED", crowded)
    weighed = rows * np.random.default_rng(1).random(rows.shape, np.float32)
    expected = weighed.astype(np.float64).T @ weighed
    np.testing.assert_allclose(gram.weighed_gram(as_csr(weighed)), expected, rtol=1e-5)
