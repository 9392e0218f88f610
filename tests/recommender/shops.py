"""Shops for tests: written out by hand, or with planted groups whose right answer is known."""

import pandas as pd

from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.synthetic import PlantedShop, planted_shop


def shop(rows: list[str], *roles: str) -> Interactions:
    """Rows such as "anna bread 2024-01-05 o1", their cells in the order of `roles`."""
    roles = roles or ("customer", "product", "time", "order")
    frame = pd.DataFrame([row.split() for row in rows], columns=list(roles))
    return Interactions.from_frame(frame, Columns(**{role: role for role in roles}))


PLANTED: PlantedShop = planted_shop(customers=120, groups=4, products_per_group=40, baskets=8)


def planted() -> Interactions:
    """Customers who buy from their own group's products; see nn_core.recommender.data.synthetic."""
    roles = {role: role for role in ("customer", "product", "time", "order", "name")}
    return Interactions.from_frame(PLANTED.frame, Columns(**roles))
