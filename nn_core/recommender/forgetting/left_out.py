"""Purchases without some of their customers: as if never there, or set aside and empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.faults import REASONS
from nn_core.recommender.data.identifiers import bare, tidied
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.histories import categories

REASON = "this customer asked to be forgotten on {on}; their rows are left out"


def set_aside(shop: Interactions, found: dict[str, str]) -> Interactions:
    """found: {customer: day}. Their rows count among those set aside, and are empty there."""
    rest, ours = without(shop, found), rows_of(shop, found)
    own: Any = shop.frame["customer"]
    named = [*own[own.isin(list(found))].astype("str"), *ours[ours != ""]]
    empty = emptied(shop.set_aside, [REASON.format(on=found[one]) for one in named])
    aside = pd.concat([shop.set_aside[ours == ""], empty], ignore_index=True)
    return replace(rest, set_aside=aside, read=rest.kept + len(aside))


def without(shop: Interactions, gone: Iterable[str]) -> Interactions:
    """The same purchases as if the file had never had rows of these customers; those that were set
    aside stay as they are."""
    gone = list(gone)
    rows: Any = shop.frame[~shop.frame["customer"].isin(gone)].reset_index(drop=True)
    for column in ("customer", "product", "order"):
        if column in rows:
            rows[column] = rows[column].cat.remove_unused_categories()
    unsold = shop.frame["product"].cat.categories.difference(rows["product"].cat.categories)
    return replace(
        shop,
        frame=rows,
        read=len(rows) + len(shop.set_aside),
        names={product: name for product, name in shop.names.items() if product not in unsold},
        goods=shop.goods.drop(index=unsold, errors="ignore"),
        people=shop.people.drop(index=gone, errors="ignore"),
    )


def everybody(shop: Interactions) -> list[str]:
    """Whoever has a row, kept or set aside, or stands in the table of customers."""
    cells: list[Any] = [column.unique() for column in places(shop.set_aside, shop.columns.customer)]
    known = (categories(shop.frame, "customer"), shop.people.index, *cells)
    return list(dict.fromkeys(str(one) for column in known for one in column))


def rows_of(shop: Interactions, found: Iterable[str]) -> NDArray[np.object_]:
    """(N,) of each row set aside the customer among `found` that it names, or ""."""
    named = np.full(len(shop.set_aside), "", object)
    meant = {tidied(one): one for one in found}
    for cells in places(shop.set_aside, shop.columns.customer):
        ours = cells.isin(list(meant)).to_numpy() & (named == "")
        named[ours] = [meant[one] for one in cells[ours]]
    return named


def spellings(shop: Interactions, customer: str) -> list[str]:
    """The ids that mean this customer: rows set aside keep the spelling of the file, in which "K7"
    may be "k7" or "007". Where another customer with purchases is alike only the id as it is."""
    own = {customer, *categories(shop.frame, "customer")}
    alike = [one for one in {*own, *everybody(shop)} if bare(one) == bare(customer)]
    return [customer] if len(own.intersection(alike)) > 1 else sorted(alike)


def places(aside: pd.DataFrame, customer: str) -> list[pd.Series]:
    """(N,) each, as ids are written: the column of the customers; and all other columns, but there
    only of rows that do not fit the header, whose cells stand in wrong columns."""
    ragged = (aside["reason"] == REASONS["ragged"]).to_numpy() if len(aside) else np.empty(0, bool)
    told: list[pd.Series] = []
    for place, title in enumerate(map(str, aside.columns)):
        if place < 2 or (title != customer and not ragged.any()):
            continue
        text: Any = aside.iloc[:, place].astype("str").str.strip()
        text = text.str.replace(r"\.0+$", "", regex=True)
        told.append(text if title == customer else text.where(ragged, ""))
    return told


def emptied(aside: pd.DataFrame, reasons: list[str]) -> pd.DataFrame:
    """A row for each reason, with the columns of `aside` and nothing in them; row 0 is no row."""
    cells = np.full((len(reasons), aside.shape[1]), "", object)
    rows = pd.DataFrame(cells, columns=aside.columns)
    rows.isetitem(0, np.zeros(len(reasons), np.int64))
    rows.isetitem(1, pd.Series(reasons, dtype="str"))
    return rows


def words(shop: Interactions) -> list[str]:
    """How many rows `left_out` set aside, in a sentence; none where it was none."""
    stem = REASON.partition("{")[0]
    count = int(shop.set_aside["reason"].astype("str").str.startswith(stem).sum())
    said = f"{count:,} rows are of customers who asked to be forgotten: they are left out"
    return [f"{said}, and stand in no file of rows set aside."] if count else []
