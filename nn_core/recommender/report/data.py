"""The purchases in the report: how many, since when, what sells, what was left out, and advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nn_core.recommender.report.html import count, element, figure, pair, table
from nn_core.recommender.report.small import columns, shares, sliver

Audit = dict[str, Any]


def data(audit: Audit | None) -> Iterator[str]:
    """Nothing for a run that kept no audit."""
    if audit is None:
        return
    yield element("h2", "The data")
    yield pair(sums(audit), over_time(audit)) if audit["weeks"] else sums(audit)
    if audit["tail"]["curve"]:
        yield element("h3", "What sells")
        yield pair(selling(audit), long_tail(audit))
    yield element("h3", "Rows that were set aside")
    yield set_aside(audit)
    if audit.get("no_goods"):  # a run of before has none
        yield element("h3", "Left out of the lists")
        yield no_goods(audit)
    if audit["advice"]:
        yield element("h3", "What this means")
        yield f"<ul>{''.join(element('li', sentence) for sentence in audit['advice'])}</ul>"


def sums(audit: Audit) -> str:
    """The numbers above the page's data report."""
    rows, span = audit["rows"], audit["span"]
    known: dict[str, float | None] = {
        "Rows read": rows["read"],
        "Rows kept": rows["kept"],
        "Rows set aside": rows["set_aside"],
        "Customers": audit["customers"],
        "of them with two or more purchases": audit["customers_with_two"],
        "Products": audit["products"],
        "Orders": audit["orders"],
        "Days": span["days"],
    }
    lines = [
        [element("td", title), count(value, f"data/{title}")]
        for title, value in known.items()
        if value is not None
    ]
    lines += [[element("td", end), element("td", day)] for end, day in ends(span)]
    return table(["Purchases", ""], lines)


def ends(span: dict[str, Any]) -> list[tuple[str, str]]:
    if span["first"] is None:
        return [("Dates", "none")]
    return [("First purchase", span["first"][:10]), ("Last purchase", span["last"][:10])]


def over_time(audit: Audit) -> str:
    weeks = audit["weeks"]
    money = weeks[0]["revenue"] is not None
    what = "Revenue" if money else "Purchases"
    values = [week["revenue"] if money else week["purchases"] for week in weeks]
    if max(values) <= 0:
        return ""
    best = max(range(len(weeks)), key=values.__getitem__)
    said = f"{what} in each of {len(weeks)} weeks; the most, {values[best]:,.0f}, in that of "
    drawn = columns(
        [max(value, 0.0) for value in values],
        [week["start"] for week in weeks],
        said + weeks[best]["start"],
        "week that begins on",
    )
    back = sum(week.get("taken_back") or 0.0 for week in weeks)  # a run of before has none
    less = f", before {back:,.0f} cancelled or sent back" if back else ""
    return figure(f"{what} a week{less}", drawn)


def selling(audit: Audit) -> str:
    """How uneven sales are, and how much of them comes again."""
    tail, products = audit["tail"], audit["products"]
    rows = [
        (f"Purchases of the most sold 1% ({tail['products_1']:,} products)", tail["top_1"]),
        (f"Purchases of the most sold 10% ({tail['products_10']:,} products)", tail["top_10"]),
        *(
            [("Revenue of the 10% of products that bring most", tail["money_10"])]
            if tail.get("money_10") is not None
            else []
        ),  # a run of before has none
        ("Products bought by fewer than five customers", audit["rare_products"] / products),
        ("Purchases that repeat a product of the same customer", audit["repeat_share"]),
    ]
    return table(
        ["Share", "", ""],
        [
            [element("td", title), count(value, f"data/{title}", f"{100 * value:.1f}%"),
             sliver(value)]
            for title, value in rows
        ],
    )  # fmt: skip


def long_tail(audit: Audit) -> str:
    tail = audit["tail"]
    said = (
        f"Of {audit['products']:,} products, the most sold first: the first tenth has "
        f"{100 * tail['top_10']:.0f}% of all purchases. Dotted: if all sold alike."
    )
    drawn = shares(tail["curve"], said, "share of products, the most sold first")
    return figure("Share of purchases (dotted: if all sold alike)", drawn)


def set_aside(audit: Audit) -> str:
    reasons = audit["set_aside"]
    if not reasons:
        return element("p", "None: every row that was read was kept.")
    most = max(reasons.values())
    lines = [
        [element("td", reason), count(rows, f"data/set aside/{reason}"), sliver(rows / most)]
        for reason, rows in reasons.items()
    ]
    return table(["Reason", "Rows", ""], lines)


def no_goods(audit: Audit) -> str:
    """The products that were no goods, or left out by choice."""
    money = audit["no_goods"][0]["money"] is not None
    head = ["Product", "Reason", "Rows", *(["Revenue"] if money else [])]
    return f'<div class="trials">{table(head, map(left_out, audit["no_goods"]))}</div>'


def left_out(line: dict[str, Any]) -> list[str]:
    """A row of the table; without a cell for the money where the file has none."""
    name, brought = f"data/left out/{line['product']}", line["money"]
    cells = [element("td", line["name"] or line["product"]), element("td", line["reason"])]
    cells.append(count(line["rows"], name))
    if brought is not None:
        cells.append(count(brought, f"{name}/revenue", f"{brought:,.2f}"))
    return cells
