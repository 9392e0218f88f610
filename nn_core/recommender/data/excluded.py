"""What was left out of a shop's data as no goods, or by choice: each product with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.faults import NO_GOODS, REASONS
from nn_core.recommender.data.identifiers import codes_of
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.no_goods import no_goods
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.goods import usual_price

SHOWN = 5


@dataclass(frozen=True)
class Line:
    """A product that was left out; money is None where the file has none, rounded to a cent."""

    product: str
    name: str
    reason: str
    rows: int
    money: float | None


def lines(shop: Interactions) -> list[Line]:
    """By the rows set aside, the most rows first."""
    if not shop.exclude:
        return []
    reason: Any = cast(Any, shop.set_aside["reason"]).astype("str")
    ours = (reason.str.startswith(NO_GOODS) | (reason == REASONS["chosen"])).to_numpy(np.bool_)
    if not ours.any():
        return []
    aside = shop.set_aside
    product = texts(aside, shop.columns.product)[ours]
    name = shop.columns.name
    names = texts(aside, name)[ours] if name in aside else np.full(len(product), "", object)
    money = money_of(aside, shop.columns.chosen())
    why = reason.to_numpy(object)[ours]
    money = None if money is None else money[ours]
    found = [one for one in dict.fromkeys(product.tolist()) if one]
    told = [line(one, product == one, names, why, money) for one in found]
    return sorted(told, key=lambda one: (-one.rows, one.product))


def line(
    product: str,
    rows: NDArray[np.bool_],
    names: NDArray[np.object_],
    why: NDArray[np.object_],
    money: NDArray[np.float64] | None,
) -> Line:
    """rows: (N,) which are the product's; names, why, money: (N,) of each."""
    called = Counter(name for name in names[rows].tolist() if name).most_common(1)
    return Line(
        product=product,
        name=called[0][0] if called else "",
        reason=str(why[rows][0]),
        rows=int(rows.sum()),
        money=None if money is None else round(float(money[rows].sum()), 2),
    )


def texts(aside: pd.DataFrame, column: str | None) -> NDArray[np.object_]:
    """(N,) the cells of a column as ids are written, "" where missing."""
    codes, text = codes_of(first_named(aside, column))
    return np.append(text.to_numpy(object), "")[codes]


def first_named(aside: pd.DataFrame, column: str | None) -> pd.Series:
    """The first column of this title behind row and reason."""
    titles = [str(title) for title in aside.columns]
    return aside.iloc[:, titles.index(str(column), 2)]


def money_of(aside: pd.DataFrame, columns: Mapping[str, str]) -> NDArray[np.float64] | None:
    """(N,) what each row would have brought; None where nobody knows."""
    known = {role: column for role, column in columns.items() if column in aside}
    if "amount" in known:
        return np.nan_to_num(numbers(first_named(aside, known["amount"])))
    if "price" in known and "quantity" in known:
        price, quantity = (
            numbers(first_named(aside, known[role])) for role in ("price", "quantity")
        )
        return np.nan_to_num(price * quantity)
    return None


def in_words(found: list[Line]) -> str:
    """ "6 products (POSTAGE, Manual, ...), 1,632 rows and 150,340.30 of revenue"; "" of none."""
    if not found:
        return ""
    names = [line.name or line.product for line in found]
    shown = ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
    count = f"{len(found):,} product{'s' if len(found) > 1 else ''} ({shown})"
    rows = f"{sum(line.rows for line in found):,} rows"
    if found[0].money is None:
        return f"{count}, {rows}"
    return f"{count}, {rows} and {sum(line.money or 0 for line in found):,.2f} of revenue"


def likely(shop: Interactions) -> list[str]:
    """Names of products that are in the data and look like no goods, where nothing was left out."""
    ids: list[str] = shop.frame["product"].cat.categories.tolist()
    sold: Any = shop.frame
    if usual_price(sold.head(1)) is not None:
        each: Any = sold["price"] if "price" in sold else sold["amount"] / sold["quantity"]
        price = each.to_numpy(np.float64)
    else:
        price = np.full(len(sold), np.nan)
    codes = sold["product"].cat.codes.to_numpy()
    names = [shop.names.get(one, "") for one in ids]
    found = no_goods(ids, names, lambda place: price[codes == place])
    return [shop.names.get(one) or one for one in found]


def left_out_by_name(shop: Interactions) -> dict[str, str]:
    """{product: kind} of those that are still in the data or the catalogue, by the names there."""
    if not shop.exclude.auto or "name" not in shop.goods:
        return {}
    found = no_goods(shop.goods.index.tolist(), shop.goods["name"].tolist())
    return {one: kind for one, kind in found.items() if one not in shop.exclude.keep}


def without_goods(shop: Interactions, also: Mapping[str, str] | None = None) -> Interactions:
    """Nothing is known of what was left out, so that nobody is recommended it as a new product."""
    gone = {line.product for line in lines(shop)} | set(also or ())
    if not gone:
        return shop
    names = {product: name for product, name in shop.names.items() if product not in gone}
    return replace(shop, goods=shop.goods[~shop.goods.index.isin(list(gone))], names=names)


def why_left_out(old: Interactions, new: Interactions) -> dict[str, str]:
    """{product: reason} where a newer file joins: what one of the two leaves out is left out of
    both, but for what was to be kept when the run began."""
    told = {one.product: one.reason for shop in (new, old) for one in lines(shop)}
    return {product: why for product, why in told.items() if product not in old.exclude.keep}


def apart(rows: Any, why: Mapping[str, str]) -> tuple[Any, Any]:
    """-> the rows that stay; and those of products that are left out, with row and reason."""
    product = rows["product"]
    gone = product.isin(list(why)).to_numpy()
    aside = rows[gone].copy()
    aside.insert(0, "row", np.flatnonzero(gone) + 1)
    aside.insert(1, "reason", [why[one] for one in product[gone]])
    return rows[~gone], aside


def unknown(shop: Interactions) -> list[str]:
    """A sentence where no row that could be kept has a product that was to be left out."""
    gone = {line.product for line in lines(shop)}
    missing = [one for one in shop.exclude.also if one not in gone | {*shop.exclude.keep}]
    if not missing:
        return []
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    shown = ", ".join(missing[:SHOWN]) + more
    return [f"To be left out, but no row that could be kept is of such a product: {shown}."]
