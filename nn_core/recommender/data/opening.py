"""From files and what was chosen about them to purchases: each step in words, for a page or a
terminal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.columns import SAMPLE, Guess, choose_columns
from nn_core.recommender.data.date_columns import unsure_dates
from nn_core.recommender.data.excluded import left_out_by_name, without_goods
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.join import Join
from nn_core.recommender.data.joining import with_second_file
from nn_core.recommender.data.personal import Finding, cleaned, found
from nn_core.recommender.data.reading import Table
from nn_core.recommender.data.second_file import Second
from nn_core.recommender.data.unfold import ROW, separator_of, unfolded
from nn_core.recommender.histories import categories

OF_A_BASKET = ("quantity", "price", "amount")


def silent(step: dict[str, Any]) -> None:
    """For a caller who wants the result alone."""


@dataclass(frozen=True)
class Opened:
    """A shop's purchases, and how they were read.

    table     the file without what was personal in it
    baskets   what the products of one cell were separated by, None where a row is one product
    personal  columns with personal data, and what was done with them
    joins     how the second files fit
    more      the second files, without what was personal in them
    """

    interactions: Interactions
    table: Table
    guesses: tuple[Guess, ...]
    baskets: str | None
    personal: tuple[Finding, ...]
    joins: tuple[Join, ...]
    more: Mapping[str, Second]


def open_purchases(
    table: Table,
    choices: Choices,
    key: bytes,
    more: Mapping[str, Table] | None = None,
    tell: Callable[[dict[str, Any]], None] = silent,
) -> Opened:
    """more: the second files, {"catalogue" or "customers": table}; key: of the pseudonyms.

    `tell` hears what is learnt on the way, which outlives an error: a ShopDataError where a choice
    does not fit the file.
    """
    tell({"names": list(table.frame.columns), "format": table.format})
    columns, guesses = choose_columns(table.frame, choices.columns)
    tell({"guesses": [asdict(guess) for guess in guesses]})
    personal = found(table.frame, columns.chosen(), choices.personal)
    tell({"personal": [asdict(finding) | {"words": finding.words} for finding in personal]})
    clean = cleaned(table, personal, key)
    tell({"names": list(clean.frame.columns)})
    columns = without_dropped(columns, personal)
    shop, guesses, separator = in_rows(clean, columns, guesses, choices)
    tell({"guesses": [asdict(guess) for guess in guesses], "baskets": separator})
    shop, joins, kept = with_second_files(shop, more or {}, choices, key)
    likely = left_out_by_name(shop)
    if shop.frame["product"].cat.categories.isin([*likely]).any():  # only the catalogue tells
        shop, *_ = in_rows(clean, columns, guesses, choices, shop.names)
        shop, joins, kept = with_second_files(shop, more or {}, choices, key)
    shop = without_goods(shop, likely)
    shop = replace(shop, notes=(*shop.notes, *maybe_dates(clean, shop.columns)))
    tell({"events": shop.events, "liked": shop.liked, "joins": [join.to_json() for join in joins]})
    return Opened(shop, clean, tuple(guesses), separator, personal, tuple(joins), kept)


def maybe_dates(table: Table, columns: Columns) -> tuple[str, ...]:
    """Where no column is the date, those that may be it."""
    if columns.time is not None:
        return ()
    taken = set(columns.chosen().values())
    return unsure_dates(table.frame.head(SAMPLE), taken, columns.customer)


def with_second_files(
    shop: Interactions, more: Mapping[str, Table], choices: Choices, key: bytes
) -> tuple[Interactions, list[Join], dict[str, Second]]:
    """The purchases with what these tell of products and customers, without what is personal."""
    joins: list[Join] = []
    kept: dict[str, Second] = {}
    for kind, table in more.items():
        second = Second.of(table, kind, categories(shop.frame, "customer"), key)
        shop, join = with_second_file(shop, second.table, kind, choices.second.get(kind))
        theirs = second.personal(join.key)
        shop = replace(shop, people=shop.people.drop(columns=theirs, errors="ignore"))
        known = {what: column for what, column in join.columns.items() if column not in theirs}
        names = tuple(name for name in join.names if name not in theirs)
        joins.append(replace(join, columns=known, names=names))
        kept[kind] = replace(second, table=second.kept(join.key))
    return shop, joins, kept


def without_dropped(columns: Columns, personal: Sequence[Finding]) -> Columns:
    dropped = {finding.column for finding in personal if finding.what == "drop"}
    gone = [role for role, column in columns.chosen().items() if column in dropped]
    return replace(columns, **dict.fromkeys(gone))


def in_rows(
    table: Table,
    columns: Columns,
    guesses: Sequence[Guess],
    choices: Choices,
    names: Mapping[str, str] | None = None,
) -> tuple[Interactions, Sequence[Guess], str | None]:
    """The purchases, one row a product; guesses and separator if a row was a basket. names: of
    products, as a catalogue has them."""
    separator = choices.baskets
    if separator is None:
        separator = separator_of(table.frame[columns.product].head(2_000))
    if separator is None or separator == "none":
        made = Interactions.from_frame(
            table.frame, columns, choices=choices, ragged=table.ragged, names=names
        )
        return made, guesses, None
    choices = replace(choices, baskets=separator)
    return *of_baskets(table, columns, guesses, choices, names), separator


def of_baskets(
    table: Table,
    columns: Columns,
    guesses: Sequence[Guess],
    choices: Choices,
    names: Mapping[str, str] | None,
) -> tuple[Interactions, Sequence[Guess]]:
    """A row is a basket. Its number stands for an order where there is none; what was paid for all
    of it says nothing about one product and is left out."""
    rows = unfolded(table.frame, columns.product, choices.baskets or "")
    notes = [rows.words]
    if sums := [name for role, name in columns.chosen().items() if role in OF_A_BASKET]:
        notes.append(f"Left out, because a basket has one for all its products: {', '.join(sums)}.")
    columns = replace(columns, **dict.fromkeys(OF_A_BASKET), order=columns.order or ROW)
    kept = [guess for guess in guesses if guess.role not in OF_A_BASKET]
    if columns.order == ROW:
        kept.append(Guess("order", ROW, "each row of the file is one basket"))
    made = Interactions.from_frame(
        rows.frame,
        columns,
        choices=choices,
        ragged=table.ragged,
        repeated=rows.repeated,
        names=names,
    )
    return replace(made, notes=(*notes, *made.notes)), kept
