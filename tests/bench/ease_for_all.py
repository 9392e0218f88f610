"""One step of `large.py`: a file -> EASE -> ten new products for every customer, in a file."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from nn_core.recommender.cli import Parser, add_column_options, open_file
from nn_core.recommender.clock import Clock
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.ranked import ranked_for_all
from nn_core.recommender.models import Fitted, make_model
from nn_core.recommender.runs.lists import write_parquet
from nn_core.recommender.split import TrainingData, everything


def lists_of(fitted: Fitted, train: TrainingData) -> Iterator[pd.DataFrame]:
    """As a run's own lists, so many customers at a time that their scores fit into memory."""
    for some, best, scores in ranked_for_all(fitted, train.histories, 10, "discover"):
        row, place = np.nonzero(best >= 0)
        product = best[row, place]
        columns = {"customer": train.customers[some[row]], "product": train.products[product]}
        yield pd.DataFrame({**columns, "name": "", "rank": place + 1, "score": scores[row, place]})


def main() -> None:
    parser = Parser(prog="python -m tests.bench.ease_for_all", description=__doc__)
    add_column_options(parser)
    parser.add_argument("--largest", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    clock = Clock()
    shop = open_file(args).interactions
    clock.mark("read")
    train = everything(shop, SplitOptions())
    clock.mark("numbered")
    fitted = make_model("ease", largest=args.largest).learn(train)
    clock.mark("fit")
    rows = write_parquet(lists_of(fitted, train), args.out)
    clock.mark("lists")
    parts = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in clock.seconds.items())
    size = f"{len(train.customers):,} customers, {len(train.products):,} products"
    print(f"{parts}; {size}, {rows:,} places on lists")


if __name__ == "__main__":
    main()
