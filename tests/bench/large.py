"""How long a large file takes from reading to everybody's list, and how much memory.

    python -m tests.bench.large [ROWS] [--seed 0] [--form parquet] [--only audit,ease]

writes a file of ROWS (20,000,000) purchases into a temporary folder, and measures, a process for
each step: `audit` at the command line; `ease`, from the file over EASE of all 10,000 products to
ten new products for every customer in a Parquet file; and where asked for with --only, of at least
2,000,000 rows, `train` at the command line, which fits, judges and fits once more, and `recommend
--all` of what it trained. Printed are seconds and the peak of resident memory. The same seed gives
the same file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

CUSTOMERS, PRODUCTS, BLOCK = 400_000, 10_000, 1_000_000
ROOT = Path(__file__).parents[2]


def opened(path: Path, schema: pa.Schema) -> Any:
    if path.suffix == ".parquet":
        return parquet.ParquetWriter(path, schema)
    return csv.CSVWriter(path, schema, write_options=csv.WriteOptions(quoting_style="none"))


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
        writer = writer or opened(path, block.schema)
        writer.write_table(block)
    if writer is not None:
        writer.close()


def steps(shop: Path, run: Path) -> dict[str, list[str]]:
    """{step: the module and its arguments}."""
    lists, whole = str(run.with_suffix(".parquet")), ["--set", f"largest={PRODUCTS}"]
    command = "nn_core.recommender"
    return {
        "audit": [command, "audit", str(shop), "--json"],
        "ease": ["tests.bench.ease_for_all", str(shop), "--largest", str(PRODUCTS), "--out", lists],
        "train": [
            command,
            "train",
            str(shop),
            "--model",
            "ease",
            *whole,
            "--out",
            str(run),
            "--json",
        ],
        "recommend": [command, "recommend", str(run), "--all", "--out", lists],
    }


def measured(arguments: list[str]) -> tuple[str, str]:
    """(what the command said, its seconds and memory in words)."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, stdout=said)
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        said.seek(0)
        text = said.read()
    if status:
        sys.exit(f"{arguments} ended with {os.waitstatus_to_exitcode(status)}: {text}")
    processor, peak = used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
    return text, f"{seconds:.1f} s ({processor:.1f} s of a processor), peak {peak / 1e9:.2f} GB"


def told(step: str, said: str) -> str:
    """What of a step's answer says that it did its work."""
    if step in ("ease", "recommend"):
        return said.strip()
    found = json.loads(said)
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in found["seconds"].items())
    if step == "audit":
        return f"{parts}; kept {found['rows']['kept']:,} of {found['rows']['read']:,} rows"
    size = found["split_details"]
    return f"{parts}; {size['customers']:,} customers, {size['products']:,} products before the cut"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=20_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--form", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--only", default="audit,ease")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"shop.{args.form}"
        write_shop(path, args.rows, args.seed)
        size, load = path.stat().st_size / 1e6, os.getloadavg()[0]
        print(f"{args.rows:,} rows, {size:,.0f} MB, load {load:.1f} before", flush=True)
        commands = steps(path, Path(folder) / "run")
        for step in args.only.split(","):
            said, cost = measured(commands[step])
            print(f"{step}: {cost} [{told(step, said)}]", flush=True)


if __name__ == "__main__":
    main()
