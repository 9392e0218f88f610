"""What a person sees of one customer: each model's places for a history, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.arrays import let_go
from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.customer.what_if import asked, nobody, ranks
from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.models import Fitted
from nn_core.recommender.ranking import top


@dataclass(frozen=True)
class Ranked:
    """scores: (I,) of one model for one history, -inf for what the task does not ask about."""

    scores: NDArray[np.float32]

    @classmethod
    def of(cls, fitted: Fitted, history: Histories, task: str) -> Ranked:
        scores = asked(fitted.on(task).scores(history), task, history)[0]
        let_go(fitted.arrays)
        return cls(scores)

    def first(self, k: int) -> list[int]:
        """The list: at most k products, best first."""
        best = top(self.scores[None], k)[0]
        return best[best >= 0].tolist()

    @cached_property
    def places(self) -> Numbers:
        """(I,) every product's rank; 0 for what is not asked about."""
        return ranks(self.scores)


def history_of(catalogue: Catalogue, customer: str | None) -> Histories:
    """The customer's purchases; none for nobody, or for a customer who is not known."""
    number = catalogue.number.get(customer or "")
    if number is None:
        return nobody(catalogue.histories)
    return catalogue.histories.of(np.array([number]))


ENOUGH_TO_TELL = 20  # purchases


def telling(histories: Histories) -> int:
    """The first customer of whom there is something to see, else the first of all."""
    purchases = np.diff(histories.purchases.start)
    return int((purchases >= ENOUGH_TO_TELL).argmax()) if len(histories) else 0


def bought(history: Histories) -> list[tuple[int, int]]:
    """(product, how often) of one customer's history, what was bought last first."""
    times = Counter(history.purchases.product.tolist())
    latest = dict.fromkeys(history.purchases.product[::-1].tolist())
    return [(product, times[product]) for product in latest]


@dataclass(frozen=True)
class Moment:
    """What was bought of one kind on one day: day in days since 1970, products' numbers."""

    day: int
    kind: str
    products: tuple[int, ...]


def moments(catalogue: Catalogue, history: Histories) -> list[Moment]:
    """One customer's purchases by day and category, in order; none without dates. Without
    categories all are of the kind ""."""
    rows = history.purchases
    if rows.time is None:
        return []
    found: dict[tuple[int, str], list[int]] = {}
    for day, n in zip(rows.time.astype(np.int64), rows.product.tolist()):
        found.setdefault((int(day), catalogue.categories[n]), []).append(n)
    return [Moment(day, kind, tuple(sold)) for (day, kind), sold in sorted(found.items())]


def agreed(lists: Mapping[str, Sequence[int]]) -> Counter[int]:
    """Product -> in how many of the lists it stands."""
    return Counter(product for products in lists.values() for product in products)


def moved(before: int, now: int, k: int) -> str:
    """Ranks of a product in a list before and after a change; before is 0 if it had none."""
    if before == now:
        return ""
    if before == 0:
        return "new"
    if before > k:
        return f"new, was {before:,}"
    return f"up {before - now}" if now < before else f"down {now - before}"


@dataclass(frozen=True)
class Product:
    """What is shown of a product; text is as the file had it, and may hold anything."""

    id: str
    name: str
    category: str
    price: float | None

    def facts(self) -> str:
        """What is known beside the name, in a line."""
        price = None if self.price is None else f"{self.price:,.2f}"
        own = self.id if self.name != self.id else ""
        return " · ".join(filter(None, (self.category, price, own)))


def product(catalogue: Catalogue, n: int) -> Product:
    """Product number n."""
    price = catalogue.prices[n]
    return Product(
        id=catalogue.products[n],
        name=catalogue.names[n] or catalogue.products[n],
        category=catalogue.categories[n],
        price=None if isnan(price) else price,
    )


def labels(catalogue: Catalogue) -> list[str]:
    """For menus: every product's name, with its id where two share the name or it has none."""
    shared = Counter(catalogue.names)
    return [
        name if name and shared[name] == 1 else f"{name} ({id})".strip() if name else id
        for id, name in zip(catalogue.products, catalogue.names)
    ]
