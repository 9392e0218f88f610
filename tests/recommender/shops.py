"""Small shops written out by hand, so that a test can say what must come of them."""

import numpy as np
import pandas as pd

from nn_core.recommender.interactions import Columns, Interactions


def shop(rows: list[str], *roles: str) -> Interactions:
    """Rows such as "anna bread 2024-01-05 o1", their cells in the order of `roles`."""
    roles = roles or ("customer", "product", "time", "order")
    frame = pd.DataFrame([row.split() for row in rows], columns=list(roles))
    return Interactions.from_frame(frame, Columns(**{role: role for role in roles}))


def planted(customers: int = 120, groups: int = 4, baskets: int = 6, seed: int = 0) -> Interactions:
    """Customers who buy from their own group's products only; two best sellers sell to everybody.

    A group has 12 products. What a customer buys next comes from the own group, so a model that
    sees groups is right nearly always, and best sellers say nothing about what is new.
    """
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, str, str, str]] = []
    for basket in range(baskets):
        for customer in range(customers):
            group, order = customer % groups, f"o{basket}-{customer}"
            time = f"2024-{basket + 1:02d}-{rng.integers(1, 28):02d}"
            bought = [f"g{group}-{item}" for item in rng.choice(12, 3, replace=False)]
            rows += [(f"c{customer}", p, time, order) for p in [*bought, f"best{rng.integers(2)}"]]
    frame = pd.DataFrame(rows, columns=["customer", "product", "time", "order"])
    roles = {role: role for role in frame.columns}
    return Interactions.from_frame(frame, Columns(**roles))
