"""What a shop knows of its products and customers beside the purchases: one row each, by id."""

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

TEXTS = ("name", "category")
NUMBERS = ("price", "margin", "stock")
COLUMNS = (*TEXTS, *NUMBERS)
"""All that can be known of a product. Unknown cells are "" in texts and NaN in numbers."""


def nothing_known(ids: pd.Index | None = None, of: str = "product") -> pd.DataFrame:
    """One row for each id, no columns; the index is called "product" or "customer"."""
    return pd.DataFrame(index=pd.Index([] if ids is None else ids, dtype="str", name=of))


def no_people() -> pd.DataFrame:
    return nothing_known(of="customer")


def goods_of(
    products: pd.Index, texts: Mapping[str, Mapping[str, str]], price: NDArray[np.float64] | None
) -> pd.DataFrame:
    """What the purchases themselves tell of these I products.

    texts: {"name" or "category": {product: text}}; price: (I,), NaN where unknown.
    """
    goods = nothing_known(products)
    for column, known in texts.items():
        cells = [known.get(product, "") for product in goods.index]
        goods[column] = pd.Series(cells, dtype="str", index=goods.index)
    if price is not None:
        goods["price"] = price
    return goods


def usual_price(frame: pd.DataFrame) -> NDArray[np.float64] | None:
    """(I,) the median price of one unit over a product's purchases; None where no money is known.

    frame: the rows of an Interactions, with `price`, or with `amount` and `quantity`.
    """
    rows: Any = frame
    if "price" in frame:
        price = rows["price"]
    elif "amount" in frame and "quantity" in frame:
        price = rows["amount"] / rows["quantity"]
    else:
        return None
    product = rows["product"].cat
    median = price.groupby(product.codes.to_numpy()).median()
    return median.reindex(range(len(product.categories))).to_numpy(np.float64)


def in_order(goods: pd.DataFrame, products: pd.Index) -> pd.DataFrame:
    """One row for each of these products, in their order; missing cells are "" or NaN."""
    found = goods.reindex(pd.Index(products, dtype="str", name="product"))
    for column in found.columns.intersection(list(TEXTS)):
        found[column] = cast(Any, found[column]).fillna("").astype("str")
    return found


def joined(goods: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """goods with the cells of `more` (same kind of table) where these are known.

    Products that only `more` has join too: nobody bought them yet, but a shop can sell them.
    """
    ids = goods.index.append(more.index.difference(goods.index, sort=False))
    own, other = in_order(goods, ids), in_order(more, ids)
    for column in other.columns:
        cells: Any = other[column]
        known = cells != "" if column in TEXTS else cells.notna()
        fallback: Any = own[column] if column in own else ("" if column in TEXTS else np.nan)
        own[column] = cells.where(known, fallback)
    return own.reindex(columns=[column for column in COLUMNS if column in own])
