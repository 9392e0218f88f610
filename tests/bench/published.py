"""Files as research publishes them, without a header: for `tests.bench.recommender --test`.

Two forms: `user item [rating] [time]` by tabs, spaces or `::` (MovieLens, RecBole), and `user item
item item ...`, all of a user's in one line (LightGCN's Gowalla, Yelp2018, Amazon-Book).

    python -m tests.bench.published RATINGS FOLDER [--share 0.75] [--seed 42]

writes FOLDER/train.csv and FOLDER/test.csv: of each item's rows that share, drawn by lot, to learn
from, as the benchmark of the library `recommenders` cuts MovieLens. Two columns, user and item.
"""

import argparse
import re
import tempfile
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

LOOKED_AT = 100
"""Lines that tell the form."""
EARLIEST = 1e8
"""Seconds since 1970, in 1973: no rating is that high."""


def with_header(path: Path) -> Path:
    """The file itself where it has a header, or a CSV of the same rows that has one."""
    if path.suffix not in {"", ".txt", ".dat", ".data", ".base", ".test", ".tsv", ".csv"}:
        return path
    with path.open(encoding="utf-8", errors="replace") as file:
        first = [cells(line) for line in islice(file, LOOKED_AT) if line.strip()]
    if not first or not all(cell.replace(".", "", 1).isdigit() for cell in first[0]):
        return path
    names = columns(first)
    made = Path(tempfile.mkdtemp()) / f"{path.stem}.csv"
    with path.open(encoding="utf-8") as file, made.open("w", encoding="utf-8") as out:
        print(*(names or ("user", "item")), sep=",", file=out)
        for user, *rest in filter(None, map(cells, file)):
            rows = [rest] if names else [[item] for item in rest]
            out.writelines(f"{','.join([user, *row])}\n" for row in rows)
    return made


def cells(line: str) -> list[str]:
    return [cell for cell in re.split(r"::|[\s,]+", line.strip()) if cell]


def columns(lines: list[list[str]]) -> tuple[str, ...]:
    """Their names; () where each line holds a user and all items."""
    widths = {len(line) for line in lines}
    if len(widths) > 1 or not widths <= {2, 3, 4}:
        return ()
    third = [float(line[2]) for line in lines if len(line) > 2]
    if len(third) and len(lines[0]) == 3:
        return ("user", "item", "time" if min(third) > EARLIEST else "rating")
    return ("user", "item", "rating", "time")[: len(lines[0])]


def cut_by_item(rows: pd.DataFrame, share: float, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(to learn from, to judge by): of each item's n rows round(share * n) are learned from."""
    order = np.random.default_rng(seed).permutation(len(rows))
    drawn = rows.iloc[order]
    place = drawn.groupby("item").cumcount()
    count = drawn.groupby("item")["item"].transform("size")
    learned = place < (share * count).round()
    return drawn[learned], drawn[~learned]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ratings", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=0.75)
    parser.add_argument("--seed", type=int, default=42)
    args = parser.parse_args()
    rows = pd.read_csv(with_header(args.ratings), sep=None, engine="python").iloc[:, :2]
    rows.columns = ["user", "item"]
    for name, part in zip(("train", "test"), cut_by_item(rows, args.share, args.seed)):
        part.to_csv(args.folder / f"{name}.csv", index=False)


if __name__ == "__main__":
    main()
