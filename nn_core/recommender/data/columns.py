"""Which column is the customer, which the product: guessed from names and content, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.data.date_columns import date_columns
from nn_core.recommender.data.dates import read_dates
from nn_core.recommender.data.identifiers import codes_of
from nn_core.recommender.data.interactions import Columns
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.data.roles import CALLED, EXACT, STEMS
from nn_core.recommender.data.weights import looks_like_events
from nn_core.recommender.errors import ShopDataError

SAMPLE = 2_000  # rows looked at to judge a column by its content
# How each role can be named at the command line, for the errors that ask for it.
OPTIONS = {"customer": "--user", "product": "--item"}
ORDERED = {"quantity", "price", "amount", "event"}  # with one of these a row needs no rating


@dataclass(frozen=True)
class Guess:
    """A role, the column that seems to play it, and why, in words for the person to check."""

    role: str
    column: str
    reason: str


def choose_columns(
    frame: pd.DataFrame, chosen: Mapping[str, str | None] | None = None
) -> tuple[Columns, tuple[Guess, ...]]:
    """Roles for a frame's columns. `chosen` overrides guesses: {role: column, or None for "none"}.

    ShopDataError if nothing can be the customer or the product, or a chosen column is not there.
    """
    chosen = chosen or {}
    names = [str(name) for name in frame.columns]
    guesses = {role: Guess(role, name, "chosen by you") for role, name in chosen.items() if name}
    for guess in guesses.values():
        if guess.column not in names:
            raise ShopDataError(
                f"The file has no column '{guess.column}' for the {guess.role}; it has "
                f"{listing(names)}. Choose one of these."
            )
    sample = frame.head(SAMPLE)
    open_roles = [role for role in EXACT if role not in chosen]
    taken = {guess.column for guess in guesses.values()}
    for guess in by_name(sample, open_roles, taken):
        guesses[guess.role] = guess
        taken.add(guess.column)
    if (named := names_beside_ids(guesses, open_roles, names, taken)) is not None:
        guesses["name"] = named
        taken.add(named.column)
    if "product" not in guesses and "name" in guesses and "product" not in chosen:
        name = guesses.pop("name")
        reason = "no column holds a product id, so the name serves as one"
        guesses["product"] = Guess("product", name.column, reason)
    for role in ("customer", "product"):
        if role not in guesses and role in open_roles:
            guess = by_content(sample, role, taken)
            guesses[role] = guess
            taken.add(guess.column)
    if "rating" in open_roles and ORDERED & guesses.keys():
        guesses.pop("rating", None)  # what was paid for was bought, however it was rated
    for role, option in OPTIONS.items():
        if role not in guesses:
            raise ShopDataError(f"The {role} is needed: choose its column ({option} COLUMN).")
    if guesses["customer"].column == guesses["product"].column:
        raise ShopDataError(
            f"Column '{guesses['product'].column}' cannot be customer and product at once: "
            f"choose two columns of {listing(names)}."
        )
    if "time" in open_roles and "time" not in guesses:
        name, _ = date_columns(sample, taken, guesses["customer"].column)
        if name is not None:
            guesses["time"] = Guess("time", name, "nearly every cell reads as a date; please check")
    found = tuple(guesses[role] for role in EXACT if role in guesses)
    return Columns(**{guess.role: guess.column for guess in found}), found


def by_name(sample: pd.DataFrame, roles: list[str], taken: set[str]) -> list[Guess]:
    """Roles whose usual names occur among the columns, if the content does not speak against it."""
    guesses: dict[str, Guess] = {}
    used = set(taken)
    keys = {str(name): key(name) for name in sample.columns}
    for exact in (True, False):
        for role in (role for role in roles if role not in guesses):
            for word in EXACT[role] if exact else STEMS[role]:
                fits = [
                    name
                    for name, written in keys.items()
                    if (written == word if exact else word in written)
                    and name not in used
                    and plausible(sample[name], role)
                ]
                if fits:
                    reason = "a usual name for it" if exact else f"the name contains '{word}'"
                    guesses[role] = Guess(role, fits[0], reason)
                    used.add(fits[0])
                    break
    return list(guesses.values())


def key(name: Any) -> str:
    """A column's name without case, blanks and punctuation."""
    return re.sub(r"[\W_]+", "", str(name).casefold())


def names_beside_ids(
    guesses: Mapping[str, Guess], open_roles: list[str], names: list[str], taken: set[str]
) -> Guess | None:
    """ "Artikel" beside "Artikelnr" is what the products are called."""
    if "product" not in guesses or "name" in guesses or "name" not in open_roles:
        return None
    reason = f"'{guesses['product'].column}' holds the ids, so this says what they are"
    left = (name for name in names if name not in taken and key(name) in CALLED)
    return next((Guess("name", name, reason) for name in left), None)


def plausible(column: Any, role: str) -> bool:
    """Could these cells play the role? Dates must read as dates, quantities as numbers, and events
    must hold words for a purchase, a cart or a view."""
    if role == "time":
        return share(~np.isnat(read_dates(column, "day-first").values)) > 0.3
    if role == "event":
        return looks_like_events(column)
    if role in ("quantity", "price", "amount", "rating"):
        return share(~np.isnan(numbers(column))) > 0.5
    codes, _ = codes_of(column)
    return len(codes) == 0 or share(codes >= 0) > 0


def by_content(sample: pd.DataFrame, role: str, taken: set[str]) -> Guess:
    """The first column left that looks like ids; ShopDataError that says what was seen if none."""
    left = [str(name) for name in sample.columns if str(name) not in taken]
    for name in left:
        if looks_like_ids(sample[name]):
            reason = f"its cells look like ids, and no column is called {role}; please check"
            return Guess(role, name, reason)
    raise ShopDataError(
        f"No column can be the {role}: by name and content none of "
        f"{listing([str(name) for name in sample.columns])} is one. Name it in the header, or "
        f"choose its column ({OPTIONS[role]} COLUMN)."
    )


def looks_like_ids(column: Any) -> bool:
    """Codes with digits and no blanks, that are neither dates nor amounts with a fraction."""
    codes, text = codes_of(column)
    if not len(text) or share(codes >= 0) < 0.3:
        return False
    values = numbers(text)
    fractions = share(values % 1 > 0)
    written_dates = text.str.contains(r"\d[-/.:]\d").to_numpy(dtype=bool)
    dates = share(~np.isnat(read_dates(text, "day-first").values) & written_dates)
    coded = share(text.str.fullmatch(r"\S*\d\S*").to_numpy(dtype=bool))
    return coded > 0.9 and fractions < 0.05 and dates < 0.5


def share(which: Any) -> float:
    """The part of an array that is true, 0 for an empty one."""
    return float(np.mean(which)) if len(which) else 0.0


def listing(names: list[str]) -> str:
    """'a', 'b', 'c' and 4 more: enough to recognise the file by."""
    shown = ", ".join(f"'{name[:40]}'" for name in names[:12])
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "")
