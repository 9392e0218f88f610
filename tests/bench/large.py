"""How long a large file takes to be read and audited, and how much memory: one process a file.

    python -m tests.bench.large [ROWS] [--seed 0]

writes a CSV of ROWS (20,000,000) purchases into a temporary folder, runs the command line's `audit`
on it, and prints bytes, seconds and the peak of resident memory. The same seed gives the same file.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

CUSTOMERS, PRODUCTS, BLOCK = 400_000, 10_000, 1_000_000
ROOT = Path(__file__).parents[2]


def write_shop(path: Path, rows: int, seed: int) -> None:
    """Baskets of about five products over two years; a few products and customers have most."""
    rng = np.random.default_rng(seed)
    names = np.array([f"P{number}" for number in range(10_000, 10_000 + PRODUCTS)], dtype=object)
    price = np.round(rng.gamma(2, 5, PRODUCTS) + 0.5, 2)
    columns = ("order_id", "customer_id", "product_id", "order_date", "quantity", "price")
    writer: Any = None
    for start in range(0, rows, BLOCK):
        count = min(BLOCK, rows - start)
        order = start // 5 + np.sort(rng.integers(0, count // 5 + 1, count))
        baskets = order - order[0]
        who = rng.zipf(1.3, baskets[-1] + 1)[baskets] % CUSTOMERS
        what = rng.zipf(1.2, count) % PRODUCTS
        seconds = np.sort(rng.integers(0, 86_400 * 30, baskets[-1] + 1))[baskets]
        when = np.datetime64("2023-01-01", "s") + 86_400 * 30 * (start // BLOCK) + seconds
        cells = (
            order + 10_000_000,
            who + 1_000_000,
            names[what],
            when,
            rng.integers(1, 6, count),
            price[what],
        )
        block = pa.table(dict(zip(columns, cells)))
        if writer is None:
            writer = csv.CSVWriter(
                path, block.schema, write_options=csv.WriteOptions(quoting_style="none")
            )
        writer.write(block)
    if writer is not None:
        writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=20_000_000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.csv"
        write_shop(path, args.rows, args.seed)
        command = [sys.executable, "-m", "nn_core.recommender", "audit", str(path), "--json"]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak, processor = used.ru_maxrss * 1024, used.ru_utime + used.ru_stime
        print(f"{args.rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        if done.returncode:
            sys.exit(done.stderr)
        report = json.loads(done.stdout)
        print(f"kept {report['rows']['kept']:,}, set aside {report['rows']['set_aside']:,}")
        print(f"{seconds:.1f} s ({processor:.1f} s of a processor), peak {peak / 1e9:.2f} GB")


if __name__ == "__main__":
    main()
