"""How fast every list moves when a product is put into a basket, in a shop of 5,000 products.

    python -m tests.bench.whatif
    python -m tests.bench.whatif --browser FILE

Each model is fitted on a planted shop, saved, and opened again as the server opens it. Then for one
customer after the other a product is put in and one taken out, and the model's places of before and
after are found, as the server does on every change. With `--browser` a shop's file is uploaded and
trained on in a real Chromium, and its own clock tells how long it takes from a click to the last
list changed, the way to the server and the drawing in it.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from nn_core.recommender.customer.desk import Ranked, moved
from nn_core.recommender.customer.what_if import edited
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.synthetic import planted_shop
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS, Fitted, make_model
from nn_core.recommender.split import TrainingData, everything
from tests.bench.whatif_page import browser_times

CHANGES = 200
K = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.whatif", description=__doc__)
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--browser", metavar="FILE", type=Path, help="a shop's file to click on")
    args = parser.parse_args()
    if args.browser:
        return browser_times(args.browser)
    load, train = os.getloadavg()[0], shop()
    print(
        f"{len(train.products):,} products, {len(train.customers):,} customers, "
        f"{train.histories.product.size:,} purchases; load {load:.1f} before.\n"
    )
    print("| model | p50, ms | p95, ms | processor p50, ms | p95, ms |\n|---|---|---|---|---|")
    spent = {name: changes(fitted(name, train), train) for name in args.models.split(",")}
    for name, seconds in spent.items():
        print(line(name, seconds))
    slowest = sorted(spent, key=lambda name: float(np.median(spent[name][:, 1])))[-4:]
    together = np.sum([spent[name] for name in slowest], axis=0)
    print(line(f"the four slowest together ({', '.join(slowest)})", together))


def shop() -> TrainingData:
    planted = planted_shop(customers=3_000, groups=50, products_per_group=100, baskets=20)
    roles = {role: role for role in ("customer", "product", "time", "order", "name")}
    purchases = Interactions.from_frame(planted.frame, Columns(**roles))
    return everything(purchases, SplitOptions(min_buyers=1))


def fitted(name: str, train: TrainingData) -> Fitted:
    """Fitted with as little search as there is, because only its scoring is timed."""
    quick = {"epochs": 1, "validation": 0.0, "regularization": 250.0}
    known = MODELS[name].option_names()
    model = make_model(name, **{option: quick[option] for option in quick if option in known})
    with tempfile.TemporaryDirectory() as folder:
        model.learn(train).save(Path(folder))
        return Fitted.load(Path(folder))


def changes(model: Fitted, train: TrainingData) -> np.ndarray:
    """(CHANGES, 2) seconds from the changed basket to the list with its moves: by the clock, and
    of the processor, which is what it takes where nobody else works."""
    rng, now = np.random.default_rng(0), train.now
    seconds: list[tuple[float, float]] = []
    for _ in range(CHANGES):
        own = train.histories.of(rng.integers(len(train.histories), size=1))
        start, used = time.perf_counter(), time.process_time()
        after = edited(own, rng.integers(len(train.products), size=1), own.product[:1], now)
        was, places = Ranked.of(model, own, "discover"), Ranked.of(model, after, "discover")
        for place, product in enumerate(places.first(K), 1):
            moved(int(was.places[product]), place, K)
        seconds.append((time.perf_counter() - start, time.process_time() - used))
    return np.array(seconds)


def line(name: str, seconds: np.ndarray) -> str:
    cells = np.percentile(seconds * 1_000, [50, 95], axis=0).T.ravel()
    return f"| {name} | {' | '.join(f'{cell:.1f}' for cell in cells)} |"


if __name__ == "__main__":
    main()
