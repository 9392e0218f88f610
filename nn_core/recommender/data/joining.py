"""A product catalogue and a customer table beside the purchases, joined by key, with a report of
what did not match."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.data.choices import Roles
from nn_core.recommender.data.identifiers import codes_of
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.join import Join
from nn_core.recommender.data.reading import Table
from nn_core.recommender.data.shelves import read_shelves
from nn_core.recommender.errors import SecondFileError
from nn_core.recommender.goods import joined
from nn_core.recommender.histories import categories, codes

OF = {"catalogue": "product", "customers": "customer"}


def with_second_file(
    shop: Interactions, table: Table, kind: str, chosen: Roles | None = None
) -> tuple[Interactions, Join]:
    """kind: "catalogue" or "customers"; chosen: {"key", or what is known: column}. SecondFileError
    if no column of the file, or not the chosen one, has the ids."""
    of, chosen = OF[kind], chosen or {}
    bought = categories(shop.frame, of)
    own = chosen.get("key")
    key, reason = key_column(table, bought, of, [own] if own in table.frame.columns else None)
    cells: Any = table.frame[key]
    number, text = codes_of(cells)
    ids, alike = as_in_purchases(text, bought)
    first = np.unique(number[number >= 0], return_index=True)[1]
    rows = np.flatnonzero(number >= 0)[first]
    also = key in [column for what, column in chosen.items() if what != "key"]  # say, the name
    known = table.frame.iloc[rows] if also else table.frame.iloc[rows].drop(columns=key)
    known.index = pd.Index(ids[number[rows]], dtype="str", name=of)
    known = known[~known.index.duplicated()]
    there = bought.isin(known.index)
    join = Join(
        file=table.name,
        of=of,
        key=key,
        reason=reason,
        matched=int(there.sum()),
        alike=alike,
        unknown=tuple(bought[~there].tolist()),
        rows_unknown=int((~there)[codes(shop.frame, of)].sum()),
        unbought=tuple(known.index.difference(bought, sort=False).tolist()),
        repeated=int((number >= 0).sum()) - len(known),
        columns={},
        names=tuple(map(str, table.frame.columns)),
    )
    return ADD[kind](shop, known, join, chosen)


def add_goods(
    shop: Interactions, known: pd.DataFrame, join: Join, chosen: Roles
) -> tuple[Interactions, Join]:
    goods, columns = read_shelves(known, chosen)
    both = joined(shop.goods, goods)
    told: Any = both["name"].to_dict() if "name" in both else {}
    names = shop.names | {product: name for product, name in told.items() if name}
    return replace(shop, goods=both, names=names), replace(join, columns=columns)


def add_people(
    shop: Interactions, known: pd.DataFrame, join: Join, chosen: Roles
) -> tuple[Interactions, Join]:
    people = known[known.index.isin(categories(shop.frame, "customer"))]
    columns = {str(name): str(name) for name in people.columns}
    return replace(shop, people=people.astype("str")), replace(join, columns=columns)


Add = Callable[[Interactions, pd.DataFrame, Join, Roles], tuple[Interactions, Join]]
ADD: dict[str, Add] = {
    "catalogue": add_goods,
    "customers": add_people,
}


def key_column(
    table: Table, bought: pd.Index, of: str, asked: Sequence[Any] | None = None
) -> tuple[str, str]:
    """The column, of those that are asked about, that holds most of the purchases' ids, and that in
    words."""
    shares: dict[str, float] = {}
    for name in map(str, asked or table.frame.columns):
        cells: Any = table.frame[name]
        _, text = codes_of(cells)
        ids, _ = as_in_purchases(text, bought)
        shares[name] = float(np.isin(bought, ids).mean()) if len(bought) else 0.0
    best = max(shares, key=lambda name: shares[name])
    if not shares[best]:
        some = ", ".join(f"'{id}'" for id in bought[:3])
        raise SecondFileError(
            f"No column of {table.name} holds {of}s of the purchases (such as {some}): choose a "
            f"file with the same {of} ids, or leave it out.",
            of,
        )
    return best, f"{shares[best]:.0%} of the purchases' {of}s stand in it"


def as_in_purchases(text: pd.Series, bought: pd.Index) -> tuple[Any, int]:
    """Ids of the second file as the purchases write them; and how many differ only in case or
    leading zeros. Where two ids would become one, nothing is changed."""
    ids: Any = text.to_numpy(dtype=object)
    apart = ~np.isin(ids, np.asarray(bought, dtype=object))
    if not apart.any():
        return ids, 0
    plain_bought = pd.Series(bought, index=plainly(pd.Series(bought)))
    plain_bought = plain_bought[~plain_bought.index.duplicated(keep=False)]
    plain = plainly(text)
    once = ~plain.duplicated(keep=False).to_numpy()
    found: Any = plain.map(plain_bought)
    taken = apart & once & found.notna().to_numpy()
    return np.where(taken, found.to_numpy(dtype=object), ids), int(taken.sum())


def plainly(text: Any) -> Any:
    return text.str.casefold().str.replace(r"^0+(?=.)", "", regex=True)
