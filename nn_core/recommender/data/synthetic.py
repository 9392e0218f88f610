"""A shop whose right answer is known: hidden groups of customers that buy their own products.

Every customer belongs to one hidden group and every group has products of its own, as many as any
other group, bought equally often. Who buys what the group's others buy predicts the next basket;
what is popular over all predicts nothing, because no product is more popular than another but by
chance. So a method that learns from people alike must find the structure, and popularity cannot:
with G groups its best list holds one right product in G.

    python -m nn_core.recommender.data.synthetic assets/samples   # writes that folder's samples
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from nn_core.recommender.export import safe_csv

THEMES = ("Tea", "Garden", "Bicycle", "Painting", "Baking", "Camping", "Music", "Pets")
THINGS = ("set", "box", "kit", "card", "bag", "lamp", "book", "cloth", "tool", "jar")


@dataclass(frozen=True)
class PlantedShop:
    """The purchases, and the truth behind them."""

    frame: pd.DataFrame  # customer, order, time, product, name, quantity, price; sorted by time
    customer_group: dict[str, int]
    product_group: dict[str, int]


def planted_shop(
    customers: int = 240,
    groups: int = 6,
    products_per_group: int = 30,
    baskets: int = 10,
    basket_size: int = 3,
    noise: float = 0.05,
    days: int = 180,
    seed: int = 0,
) -> PlantedShop:
    """`noise` is the share of purchases from any group. Same seed, same shop, to the last cell."""
    rng = np.random.default_rng(seed)
    products = groups * products_per_group
    # Ids are shuffled, so that neither their order nor their digits give the groups away.
    customer_ids = [f"K{number:04d}" for number in rng.permutation(customers) + 1000]
    product_ids = [f"P{number:04d}" for number in rng.permutation(products) + 1000]
    of_customer = np.arange(customers) % groups
    of_product = np.arange(products) % groups
    price = np.round(rng.uniform(1, 30, products), 2)

    who = np.repeat(np.arange(customers), baskets)
    minutes = np.sort(rng.integers(0, days * 24 * 60, len(who)))
    who = rng.permutation(who)
    group = np.where(
        rng.random((len(who), basket_size)) < noise,
        rng.integers(0, groups, (len(who), basket_size)),
        of_customer[who][:, None],
    )
    # A basket holds different products: the first few of a random order of each group's own.
    order = np.argsort(rng.random((len(who), products_per_group)), axis=1)[:, :basket_size]
    what = (order * groups + group).ravel()
    line = np.repeat(np.arange(len(who)), basket_size)
    frame = pd.DataFrame(
        {
            "customer": np.array(customer_ids)[who[line]],
            "order": 50_000 + line,
            "time": pd.Timestamp("2024-01-01") + pd.to_timedelta(minutes[line], unit="min"),
            "product": np.array(product_ids)[what],
            "name": np.array([name_of(place, groups) for place in range(products)])[what],
            "quantity": rng.integers(1, 5, len(what)),
            "price": price[what],
        }
    )
    return PlantedShop(
        frame,
        dict(zip(customer_ids, of_customer.tolist())),
        dict(zip(product_ids, of_product.tolist())),
    )


def name_of(place: int, groups: int) -> str:
    """ "Tea lamp 2": the group's theme, so that a person sees at once if a list is right."""
    theme, thing = place % groups, place // groups
    tail = "" if thing < len(THINGS) else f" {thing // len(THINGS) + 1}"
    extra = "" if theme < len(THEMES) else f" {theme // len(THEMES) + 1}"
    return f"{THEMES[theme % len(THEMES)]}{extra} {THINGS[thing % len(THINGS)]}{tail}"


def template() -> pd.DataFrame:
    """Eight lines that show what a file may hold; only customer and product are needed."""
    shop = planted_shop(customers=4, groups=2, products_per_group=4, baskets=1, basket_size=2)
    return shop.frame


def samples() -> dict[str, str]:
    """{file name: CSV} of everything in assets/samples that this module makes."""
    return {
        "template.csv": safe_csv(template()),
        "small_shop.csv": safe_csv(planted_shop(customers=120, groups=4, baskets=8).frame),
    }


def write_samples(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in samples().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]))
