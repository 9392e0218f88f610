"""Lines of a shop's data that are likely no goods: postage, fees, vouchers, corrections.

A phrase of `no_goods_words` that is the whole name suffices, if goods are hardly ever called so. If
they are ("Manual", "Carriage"), or if the name says more ("CRUK Commission"), a second sign must
say it too: a code unlike nearly all others, or prices that vary wildly. So "Post office playset"
and "Delivery van" stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.data.no_goods_words import BESIDE, DOUBTFUL, ENDS, SURE

KINDS = {
    "postage": "postage or delivery",
    "fee": "a fee, charge or commission",
    "discount": "a discount or coupon",
    "voucher": "a voucher or gift card",
    "adjustment": "a manual entry or correction",
    "sample": "a sample or test",
    "tip": "a tip or donation",
    "deposit": "a deposit",
    "tax": "a tax",
}
ENOUGH_CODES = 20  # products; fewer codes show no usual form
USUAL, RARE = 0.9, 0.05  # nearly all codes have the usual forms; a rarer one is odd
WILD = 10.0  # times the low price is the high one: of 5 and 95 in 100 sales
ENOUGH_PRICES = 20  # sales; fewer show no spread
WORD = re.compile(r"[^\W\d_]+")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Said:
    """What a name says: which kind of line, by a sure word or not, and whether it says no more."""

    kind: str
    sure: bool
    whole: bool


def plain(text: str) -> str:
    """ "Gebühr" -> "gebuhr": without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def phrases(kinds: dict[str, str], sure: bool) -> dict[tuple[str, ...], tuple[str, bool]]:
    """{words of a phrase: (kind, sure)}."""
    return {
        tuple(phrase.split()): (kind, sure)
        for kind, listed in kinds.items()
        for phrase in listed.split(";")
    }


PHRASES = phrases(DOUBTFUL, False) | phrases(SURE, True)
AT_THE_END = frozenset(tuple(phrase.split()) for phrase in ENDS.split(";"))
LONGEST = max(map(len, PHRASES))
FILLERS = frozenset(BESIDE.split())
IN_CHINESE = re.compile(
    "|".join(sorted((p[0] for p in PHRASES if CHINESE.fullmatch(p[0])), key=len, reverse=True))
)


def words_of(name: str) -> list[str]:
    """ "Gift Voucher £20.00" -> ["gift", "voucher"]; Chinese that is all phrases is cut into
    them."""
    found: list[str] = []
    for word in WORD.findall(plain(name)):
        whole = CHINESE.fullmatch(word) and not IN_CHINESE.sub("", word)
        found += IN_CHINESE.findall(word) if whole else [word]
    return found


def said(name: str) -> Said | None:
    """What the name says of the line; None where it says nothing of the kind.

    A part of a name counts only as a sure phrase at its beginning or its end. Two doubtful phrases
    that are the whole name are a sure one: "Packing charge".
    """
    parts = [part for part in cut(words_of(name)) if part in PHRASES or part[0] not in FILLERS]
    found = [PHRASES[part] for part in parts if part in PHRASES]
    if not found:
        return None
    if len(found) == len(parts):
        kind, sure = max(found, key=lambda one: one[1])  # the first of the surest
        return Said(kind, sure or len(found) > 1, whole=True)
    if parts[-1] in AT_THE_END:
        return Said(PHRASES[parts[-1]][0], sure=True, whole=True)
    ends = [PHRASES[part] for part in (parts[0], parts[-1]) if part in PHRASES]
    return next((Said(kind, True, whole=False) for kind, sure in ends if sure), None)


def cut(words: Sequence[str]) -> list[tuple[str, ...]]:
    """["bad", "debt", "adjust"] -> [("bad", "debt"), ("adjust",)]: the longest phrase each."""
    parts: list[tuple[str, ...]] = []
    while words:
        length = max(phrase_at(words, 0), 1)
        parts.append(tuple(words[:length]))
        words = words[length:]
    return parts


def phrase_at(words: Sequence[str], place: int) -> int:
    """How many words the longest phrase has that begins here; 0 where none does."""
    most = min(LONGEST, len(words) - place)
    lengths = (n for n in range(most, 0, -1) if tuple(words[place : place + n]) in PHRASES)
    return next(lengths, 0)


def odd_codes(ids: Sequence[str]) -> NDArray[np.bool_]:
    """(I,) which ids are built unlike nearly all others, as POST is among 85123A and 22423; none
    where ids have no digits or no usual form, as names have none."""
    forms = [re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "9", one)) for one in ids]
    shares = {form: count / len(ids) for form, count in Counter(forms).items()}
    usual = sum(share for form, share in shares.items() if share > RARE and "9" in form)
    if len(ids) < ENOUGH_CODES or usual < USUAL:
        return np.zeros(len(ids), np.bool_)
    return np.array([shares[form] <= RARE for form in forms])


def wild(prices: NDArray[np.float64]) -> bool:
    """Whether one product's prices, a sale each, vary as no product's do."""
    known = prices[np.isfinite(prices) & (prices > 0)]
    if len(known) < ENOUGH_PRICES:
        return False
    low, high = np.quantile(known, (0.05, 0.95))
    return bool(high >= WILD * low)


def no_goods(
    ids: Sequence[str],
    names: Sequence[str],
    prices: Callable[[int], NDArray[np.float64]] = lambda place: np.empty(0),
) -> dict[str, str]:
    """{product id: kind} of those that are likely no goods.

    ids, names: (I,) of all products, a name is "" where unknown; prices: number of a product ->
    what was paid for one, a sale each.
    """
    odd: NDArray[np.bool_] | None = None
    found: dict[str, str] = {}
    known: dict[str, Said | None] = {}  # many products share a name
    for place, (product, name) in enumerate(zip(ids, names)):
        name = name or product
        says = known[name] = known[name] if name in known else said(name)
        if says is None:
            continue
        if not (says.sure and says.whole):
            odd = odd_codes(ids) if odd is None else odd
            if not (odd[place] or (says.whole and wild(prices(place)))):
                continue
        found[product] = says.kind
    return found
