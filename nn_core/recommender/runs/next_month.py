"""A newer file joins the purchases of a run: what the two have in common counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.excluded import apart, why_left_out, without_goods
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.goods import joined as joined_goods
from nn_core.recommender.runs.made import span
from nn_core.recommender.split import under_common_categories

TWICE = "it stands in the earlier file already"
TELLING = ("time", "order")
"""Without one of these a repeated row is a repeated purchase, and none is set aside."""


@dataclass(frozen=True)
class Growth:
    """What the newer file brought: rows, those that were there already, and who and what is new.

    since: the last moment of the earlier file, None without time.
    """

    rows: int
    twice: int
    customers: int
    products: int
    new_customers: int
    new_products: int
    since: str | None
    until: str | None


def next_month(old: Interactions, new: Interactions) -> tuple[Interactions, Growth]:
    """Both files as one. ShopDataError where one knows the time of a purchase and the other not."""
    check_alike(old, new)
    earlier, later = with_common_ids(old.frame, new.frame)
    twice = there_already(earlier, later)
    why = why_left_out(old, new)
    rows, gone = zip(apart(earlier, why), apart(later[~twice], why))
    frame: Any = pd.concat(rows, ignore_index=True)
    if old.has_time:
        frame = frame.sort_values("time", kind="stable", ignore_index=True)
    aside = joined_aside(old, new, gone, later[twice])
    together = replace(
        old,
        frame=only_used(frame),
        names=old.names | new.names,
        set_aside=aside,
        read=len(frame) + len(aside),
        notes=(*old.notes, *new.notes),
        goods=joined_goods(old.goods, new.goods),
        people=new.people.combine_first(old.people) if len(new.people) else old.people,
        exclude=old.exclude or new.exclude,
    )
    together = without_goods(together)
    return together, growth(old, new, together, int(twice.sum()))


def growth(old: Interactions, new: Interactions, both: Interactions, twice: int) -> Growth:
    ends = span(old), span(both)
    return Growth(
        rows=new.kept - twice,
        twice=twice,
        customers=both.customers,
        products=both.products,
        new_customers=both.customers - old.customers,
        new_products=both.products - old.products,
        since=ends[0][1] if ends[0] else None,
        until=ends[1][1] if ends[1] else None,
    )


def check_alike(old: Interactions, new: Interactions) -> None:
    if old.has_time != new.has_time:
        which = "the earlier file" if old.has_time else "the newer file"
        raise ShopDataError(
            f"Only {which} has dates, so nobody can tell what came after what. Give both files a "
            "date column, or none."
        )


def with_common_ids(old: pd.DataFrame, new: pd.DataFrame) -> list[Any]:
    """Both tables with the earlier one's columns, and one numbering of all ids.

    Orders stay only where both files know them: half known, they would make wrong baskets.
    """
    columns = [name for name in old if name != "order" or name in new]
    if "weight" in new and "weight" not in old:
        columns.append("weight")
    tables: list[Any] = [table.copy(deep=False) for table in (old, new)]
    for place, table in enumerate(tables):
        if "weight" in columns and "weight" not in table:
            table["weight"] = 1.0
        tables[place] = table.reindex(columns=columns)
    tables = list(under_common_categories(*tables))
    if "order" in columns:
        both: Any = pd.api.types.union_categoricals([table["order"] for table in tables])
        for table in tables:
            table["order"] = table["order"].cat.set_categories(both.categories)
    return tables


def there_already(old: pd.DataFrame, new: pd.DataFrame) -> NDArray[np.bool_]:
    """(rows of new,) True for the n-th of equal rows where the earlier file has n of them or more.

    Rows are equal by all columns that both know.
    """
    if not any(name in old.columns and name in new.columns for name in TELLING):
        return np.zeros(len(new), np.bool_)
    keys = pd.concat([old, new], ignore_index=True)
    row: Any = keys.groupby(list(keys.columns), observed=True, dropna=False, sort=False).ngroup()
    kinds = row.to_numpy()
    known = np.bincount(kinds[: len(old)], minlength=int(kinds.max(initial=-1)) + 1)
    nth = pd.Series(kinds[len(old) :]).groupby(kinds[len(old) :]).cumcount().to_numpy()
    return np.asarray(nth < known[kinds[len(old) :]])


def only_used(frame: pd.DataFrame) -> pd.DataFrame:
    """Ids in sorted order, as one file with all these rows would have numbered them."""
    tidy: Any = frame
    for column in ("customer", "product", "order"):
        if column in tidy:
            used = tidy[column].cat.remove_unused_categories()
            tidy[column] = used.cat.set_categories(sorted(used.cat.categories))
    return tidy


def joined_aside(
    old: Interactions, new: Interactions, gone: Sequence[Any], twice: Any
) -> pd.DataFrame:
    """The rows set aside of both files, those left out of the one or the other because the other
    leaves them out (`gone`), and those that stood in both; `file` says of which."""
    again = twice.copy()
    again.insert(0, "row", np.arange(1, len(twice) + 1))
    again.insert(1, "reason", TWICE)
    tables = [
        ("earlier", old.set_aside),
        ("newer", new.set_aside),
        ("earlier", named(gone[0], old)),
        ("newer", named(gone[1], new)),
        ("newer", named(again, new)),
    ]
    parts = [one_of(table).assign(file=which) for which, table in tables if len(table)]
    if not parts:
        return old.set_aside
    return pd.concat(parts, ignore_index=True).fillna("")


def named(rows: Any, shop: Interactions) -> Any:
    """Purchases with their row and reason, under the titles of the file."""
    columns = {role: column for role, column in shop.columns.chosen().items() if role in rows}
    return rows[["row", "reason", *columns]].rename(columns=columns)


def one_of(table: pd.DataFrame) -> Any:
    """A table whose columns have different names, as text but for the row."""
    titles = [str(title) for title in table.columns]
    unique = [
        title if titles.index(title) == place else f"{title} ({place + 1})"
        for place, title in enumerate(titles)
    ]
    told: Any = table.set_axis(unique, axis=1).drop(columns="file", errors="ignore")
    return told.astype({title: "str" for title in told.columns if title != "row"})


def read_otherwise(earlier: dict[str, str], newer: dict[str, str], names: list[str]) -> list[str]:
    """earlier, newer: {role: column} of the two files; names: the newer one's columns -> for each
    id that the two take from another column, a sentence. What was a product there must be one here.
    """
    told: list[str] = []
    for role in ("customer", "product"):
        was, now = earlier.get(role), newer.get(role)
        if was is None or now is None or was == now:
            continue
        there = f"choose {was} here too" if was in names else f"check that {now} holds the same ids"
        told.append(
            f"The run takes the {role} from the column {was}, this file from {now}: {there}, at "
            "the left under Columns."
        )
    return told
