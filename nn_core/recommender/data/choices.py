"""What a person chose about a file: roles of columns, dates, weights, baskets, what is personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nn_core.recommender.data.dates import DateOrder
from nn_core.recommender.data.exclude import EVERYTHING_STAYS, Exclude
from nn_core.recommender.errors import ShopDataError

Roles = Mapping[str, str | None]


@dataclass(frozen=True)
class Choices:
    """Everything is guessed where nothing is chosen.

    columns   {role: column, or None for "no column"}
    dates     how 01/02/2024 is meant
    weights   {event: what it counts for}, 1 or more for a purchase, 0 to leave it out
    liked     from which rating on a product counts as liked
    baskets   what separates the products in one cell; "none" when a cell is one product
    personal  {column: "drop", "replace" (by a pseudonym) or "keep"}
    sheet     which sheet of a workbook
    exclude   which products are left out of the lists
    second    {"catalogue" or "customers": {"key", or what is known of products: column, or None}}
    """

    columns: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    dates: DateOrder | None = None
    weights: Mapping[str, float] = field(default_factory=dict[str, float])
    liked: float | None = None
    baskets: str | None = None
    personal: Mapping[str, str] = field(default_factory=dict[str, str])
    sheet: str | None = None
    exclude: Exclude = EVERYTHING_STAYS
    second: Mapping[str, Roles] = field(default_factory=dict[str, Roles])

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Choices:
        made: dict[str, Any] = {**plain, "exclude": Exclude.from_json(plain.get("exclude", {}))}
        return cls(**made)


def weights_of(text: str) -> dict[str, float]:
    """ "view=0.1,cart=0.3" -> {"view": .1, "cart": .3}."""
    weights: dict[str, float] = {}
    for part in (part for part in text.split(",") if part.strip()):
        event, _, value = part.rpartition("=")
        try:
            weights[event.strip()] = float(value)
        except ValueError:
            weights[event.strip()] = -1.0
        if not event.strip() or not 0 <= weights[event.strip()] < float("inf"):
            raise ShopDataError(
                f"'{part.strip()}' is no weight of an event: write EVENT=NUMBER with a number from "
                "0 (left out) to 1 (as good as a purchase), for instance view=0.1,cart=0.3."
            )
    return weights


def personal_of(texts: Sequence[str]) -> dict[str, str]:
    """["email=keep"] -> {"email": "keep"}."""
    chosen: dict[str, str] = {}
    for text in texts:
        column, _, what = text.rpartition("=")
        if not column or what not in PERSONAL:
            raise ShopDataError(
                f"'--personal {text}' says nothing to do: write COLUMN=WHAT, where WHAT is "
                f"{', '.join(PERSONAL)}."
            )
        chosen[column] = what
    return chosen


def names_of(text: str | None) -> list[str] | None:
    """ "town,age" -> ["town", "age"], "none" -> []; None where nothing was said."""
    names = [name.strip() for name in text.split(",")] if text is not None else None
    return names and [name for name in names if name and name.lower() != "none"]


PERSONAL = ("drop", "replace", "keep")
