"""What the rows that were set aside mean for the shop, one sentence each."""

from collections.abc import Mapping
from typing import Any

from nn_core.recommender.data.faults import NO_GOODS, REASONS
from nn_core.recommender.plural import number_of

WORTH_A_WORD = 0.05  # of the rows; fewer set aside are told by the picture of reasons alone

# What to do about the most frequent reason; a missing customer has a sentence of its own.
REMEDIES = {
    "product": "look whether another column holds the product",
    "time": "look whether another column holds the date, or choose how day and month stand in it",
    "cancellation": "that is no fault of the file, but many returns are worth a look",
    "event": "give these events a weight if they should count",
    "rating": "look whether another column holds the rating",
    "quantity": "look whether another column holds the quantity, or whether so much is sent back",
    "price": "look whether another column holds the price; without one, all rows could count",
    "duplicate": "if equal rows are purchases of their own, export them with a time or a number "
    "for each",
    "ragged": "export the file with quotation marks around cells that hold its separator",
}


def much_set_aside(counts: Mapping[str, Any]) -> str | None:
    """The rows that a fault set aside, with the reason that most of them have; what was left out as
    no goods was asked for."""
    faults = {reason: rows for reason, rows in counts["set_aside"].items() if by_fault(reason)}
    rows, read = sum(faults.values()), counts["read"]
    if not rows or rows < WORTH_A_WORD * read:
        return None
    reason = max(faults, key=lambda reason: faults[reason])
    role = next(role for role, words in REASONS.items() if words == reason)
    most = "all" if len(faults) == 1 else f"most, {faults[reason] / read:.0%} of all rows,"
    doubt = (
        " Few rows are left: check that the columns are chosen rightly, and look at the rows set "
        "aside."
        if counts["kept"] < read / 2
        else ""
    )
    if role == "customer":
        most = most.split(",")[0]  # the share follows
        return f"{told(rows, read)}, {most} because {reason}: {without_taste(counts)}{doubt}"
    return f"{told(rows, read)}, {most} because {reason}: {REMEDIES[role]}.{doubt}"


def told(rows: int, read: int) -> str:
    """ "46% of the rows were set aside (460 of 1,000)"."""
    was = "was" if rows == 1 else "were"
    return f"{rows / read:.0%} of the rows {was} set aside ({rows:,} of {read:,})"


def by_fault(reason: str) -> bool:
    return not reason.startswith(NO_GOODS) and reason != REASONS["chosen"] and reason in KNOWN


KNOWN = frozenset(REASONS.values())


def without_customer(counts: Mapping[str, Any]) -> str | None:
    """Where `much_set_aside` does not say it already."""
    rows = counts["set_aside"].get(REASONS["customer"], 0)
    if not rows or rows < counts["read"] / 100:  # the rows set aside tell of a few
        return None
    taste = without_taste(counts)
    return None if taste in (much_set_aside(counts) or "") else taste


def without_taste(counts: Mapping[str, Any]) -> str:
    rows = counts["set_aside"][REASONS["customer"]]
    return (
        f"{rows / counts['read']:.0%} of the rows name no customer, so nothing can be learnt from "
        "them about taste: a loyalty card or an account would."
    )


def taken_back(counts: Mapping[str, Any]) -> str | None:
    """What was cancelled or sent back, and why its purchases still count."""
    back = counts["taken_back"]
    if back is None:
        return None
    rows = number_of(back["rows"], "row")
    are, they = ("is", "it") if back["rows"] == 1 else ("are", "they")
    if not back["money"]:
        what = f"Cancelled or sent back: {rows}. {they.capitalize()} {are} set aside"
    else:
        share = "" if back["share"] is None else f" ({back['share']:.1%} of what was sold)"
        what = f"Cancelled or sent back: {back['money']:,.2f}{share}. {rows} {are} set aside"
    return (
        f"{what}; the purchases {they} took back still count as purchases, since they say what "
        "somebody wanted."
    )
