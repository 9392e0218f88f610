"""What a row counts for where rows are not all purchases: events of a log, and ratings.

A weight of 1 or more is a purchase (or a product that was liked). Less is a hint: a view says that
somebody looked. The defaults are a choice, not a measurement: ten views weigh as one purchase,
and so do three things put into a cart: most views lead to no purchase, many carts
neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.identifiers import codes_of
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.errors import ShopDataError

# {kind of event: (weight, how logs call it: without case, blanks and punctuation)}
EVENTS: dict[str, tuple[float, tuple[str, ...]]] = {
    kind: (weight, tuple(words.split()))
    for kind, (weight, words) in {
        "purchase": (1.0, """purchase purchased buy bought transaction order ordered checkout sale
            sold paid kauf gekauft bestellt 购买 下单 compra achat"""),
        "cart": (0.3, """cart addtocart addcart basket addtobasket incart warenkorb inwarenkorb
            加购 加购物车 carrito panier"""),
        "wish": (0.2, """wishlist wish addtowishlist favorite favourite fav like liked save saved
            merkzettel 收藏 favorito favori"""),
        "view": (0.1, """view viewed pageview productview detail detailview click clicked pv visit
            ansicht aufruf klick 浏览 点击 vista vue"""),
        "removal": (0.0, """remove removed removefromcart removefrombasket delete return returned
            refund cancel cancelled canceled storno 退货 取消"""),
    }.items()
}  # fmt: skip
SHOWN = 8  # events in a sentence
MOST_EVENTS = 40  # a column with more different cells is no column of events


@dataclass(frozen=True)
class Weights:
    """The weight of each row, NaN where it has none, and what the page shows and can change."""

    values: NDArray[np.float64]  # (N,)
    events: dict[str, float] = field(default_factory=dict[str, float])
    rows: dict[str, int] = field(default_factory=dict[str, int])  # of each event
    liked: float | None = None
    note: str = ""


def kind_of(event: str) -> str | None:
    """What kind of event a log's word means; None for a word we do not know."""
    word = "".join(sign for sign in event.casefold() if sign.isalnum())
    return next((kind for kind, (_, words) in EVENTS.items() if word in words), None)


def event_weights(column: pd.Series, chosen: Mapping[str, float]) -> Weights:
    """N cells -> N weights. `chosen` overrides defaults, under the words of the file itself.

    A log without any purchase is read by its strongest event, which then counts as one.
    """
    codes, text = codes_of(column)
    events = {event: EVENTS[kind_of(event) or "removal"][0] for event in text.tolist()}
    if unknown := [event for event in chosen if event not in events]:
        there = ", ".join(f"'{event}'" for event in list(events)[:MOST_EVENTS])
        raise ShopDataError(
            f"Column '{column.name}' holds no event '{unknown[0]}'; it holds {there}. Give weights "
            "to these."
        )
    note = ""
    strongest = max(events, key=lambda event: events[event], default="")
    if not chosen and 0 < events.get(strongest, 0) < 1:
        events[strongest] = 1.0
        note = f"No event is a purchase, so '{strongest}' is what counts as one."
    events |= chosen
    note = " ".join(filter(None, (note, counted_as(events))))
    table = np.array([*events.values(), np.nan])
    rows = np.bincount(codes[codes >= 0], minlength=len(events)).tolist()
    return Weights(table[codes], events, dict(zip(events, rows)), note=note)


def counted_as(events: Mapping[str, float]) -> str:
    """What each event counts for, the most frequent words of a log being few."""
    each = ", ".join(f"'{event}' {weight:g}" for event, weight in list(events.items())[:SHOWN])
    more = f" and {len(events) - SHOWN} more" if len(events) > SHOWN else ""
    return (
        f"What an event counts for: {each}{more}. 1 or more is a purchase, 0 is left out; choose "
        "other numbers if these are wrong (on the command line --weights)."
    )


def rating_weights(column: pd.Series, liked: float | None) -> Weights:
    """N ratings -> N weights: 0 for the lowest rating, 1 for the one from which a product is liked.

    By default that is three quarters of the way from the lowest rating to the highest: 4 of 1 to 5.
    """
    values = numbers(column)
    there = values[~np.isnan(values)]
    if not len(there):
        return Weights(values, liked=liked)
    low, high = float(there.min()), float(there.max())
    asked = low + 0.75 * (high - low) if liked is None else liked
    above = there[there >= asked]
    if not len(above):
        raise ShopDataError(
            f"No rating in column '{column.name}' is {asked:g} or more (they go from {low:g} to "
            f"{high:g}), so nobody would like anything. Lower it (--liked)."
        )
    line = float(above.min()) if liked is None else liked
    scale = line - low
    weights = (values - low) / scale if scale > 0 else np.where(values >= line, 1.0, np.nan)
    note = f"A rating of {line:g} or more counts as liked, the lowest ({low:g}) for nothing."
    return Weights(weights, liked=line, note=note)


def looks_like_events(column: Any) -> bool:
    """Few different cells, one of which is a word for a purchase, a cart or a view."""
    _, text = codes_of(column)
    known = [kind_of(event) for event in text.tolist()[:MOST_EVENTS]]
    return 0 < len(text) <= MOST_EVENTS and sum(kind is not None for kind in known) >= len(text) / 2
