"""What the columns of a product catalogue say: name, category, price, margin, stock."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.choices import Roles
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.data.people import squeezed
from nn_core.recommender.data.roles import EXACT, STEMS
from nn_core.recommender.goods import COLUMNS, TEXTS

WORDS: dict[str, tuple[str, ...]] = {
    "name": EXACT["name"],
    "category": (
        *EXACT["category"],
        *"cat kat type class section aisle typ klasse gruppe sortiment abteilung sparte rayon "
        "famille familia sección".split(),
    ),
    "price": (*EXACT["price"], "saleprice", "salesprice", "retailprice", "listprice", "vk"),
    "margin": tuple("margin marge profit grossmargin spanne deckungsbeitrag 毛利 margen".split()),
    "stock": tuple(
        """stock instock stockqty stockquantity inventory onhand quantity available availability
        lager lagerbestand bestand vorrat 库存 existencias disponible""".split()
    ),
    "cost": tuple("cost unitcost einkaufspreis einstandspreis ek purchaseprice 成本 coste".split()),
}
YES = (
    "yes",
    "true",
    "y",
    "in stock",
    "instock",
    "available",
    "ja",
    "auf lager",
    "sí",
    "oui",
    "有货",
)
NO = (
    "no",
    "false",
    "n",
    "out of stock",
    "sold out",
    "unavailable",
    "nein",
    "ausverkauft",
    "non",
    "无货",
)


def read_shelves(
    known: pd.DataFrame, chosen: Roles | None = None
) -> tuple[pd.DataFrame, dict[str, str]]:
    """(a row a product, any columns) -> (those of COLUMNS that are there, {column: read from}).
    chosen: {one of COLUMNS: its column, or None for none} in place of what the names say."""
    other = {
        what: column
        for what, column in (chosen or {}).items()
        if what in COLUMNS and (column is None or column in known.columns)
    }
    of = columns_of(known) | other | ({"cost": None} if "margin" in other else {})
    return shelved(known, {what: column for what, column in of.items() if column is not None})


def shelved(known: pd.DataFrame, of: dict[str, str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """of: {what: its column}."""
    goods = pd.DataFrame(index=known.index)
    for column in (column for column in COLUMNS if column in of):
        cells: Any = known[of[column]]
        if column in TEXTS:
            goods[column] = cells.astype("str").str.strip().fillna("")
        else:
            goods[column] = in_stock(cells) if column == "stock" else numbers(cells)
    if "margin" in of:
        goods["margin"] = in_money(known[of["margin"]], goods)
    elif "cost" in of and "price" in goods:
        cost: Any = known[of["cost"]]
        goods["margin"] = goods["price"] - numbers(cost)
        of["margin"] = f"{of['price']} minus {of['cost']}"
    of.pop("cost", None)
    return goods.reindex(columns=[column for column in COLUMNS if column in goods]), of


def columns_of(known: pd.DataFrame) -> dict[str, str]:
    """{what: column}, by usual names: whole ones first, then parts of names."""
    names = {squeezed(str(name)): str(name) for name in known.columns}
    of: dict[str, str] = {}
    for exact in (True, False):
        for what, words in WORDS.items():
            words = words if exact else STEMS.get(what, words)
            free = [key for key in names if names[key] not in of.values()]
            fits = (k for w in words for k in free if (k == w if exact else w in k))
            if what not in of and (key := next(fits, None)):
                of[what] = names[key]
    return of


def in_stock(cells: Any) -> NDArray[np.float64]:
    """Pieces; yes and no, in words, become 1 and 0."""
    words = cells.astype("str").str.strip().str.casefold()
    values = numbers(cells)
    return np.select([words.isin(YES), words.isin(NO)], [1.0, 0.0], values)


def in_money(cells: Any, goods: pd.DataFrame) -> NDArray[np.float64]:
    """A margin in percent of the price becomes money, where the price is known."""
    text = cells.astype("str").str.strip()
    percent = text.str.endswith("%").to_numpy(dtype=bool)
    values = numbers(text.str.removesuffix("%"))
    price = goods["price"].to_numpy() if "price" in goods else np.full(len(values), np.nan)
    return np.where(percent, values / 100 * price, values)
