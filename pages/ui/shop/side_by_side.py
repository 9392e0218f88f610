"""What was bought, and the lists of several models beside it."""

import streamlit as st

from nn_core.recommender.customer.desk import agreed, bought, moments
from nn_core.recommender.judge.kept import Future, kept_future, kept_lists
from nn_core.recommender.matrix import row_sizes
from pages.figures import customer as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.asking import Asked
from pages.ui.shop.listing import Column, Mark, Row, listing

TODAY, JUDGED = "Today", "Before the cut, with hits"
BOUGHT = "✓ bought"


def side_by_side(asked: Asked) -> None:
    """Today's lists, or those that were judged, with what the customer then really bought."""
    when, about = st.columns([2, 5], vertical_alignment="bottom")
    which = when.segmented_control("Lists", [TODAY, JUDGED], default=TODAY, key="when")
    if which == JUDGED:
        about.caption(section("shop", "Lists before the cut"))
        before_the_cut(asked)
    else:
        about.caption(section("shop", "Lists of today"))
        today(asked)


def today(asked: Asked) -> None:
    """The models know all purchases."""
    rows = [asked.row(often(times), n) for n, times in bought(asked.history)]
    lists = {model: asked.ranked(model).first(asked.k) for model in asked.models}
    past = Column("Bought so far, latest first", rows, "Nothing yet.")
    listing([past, *columns(asked, lists, set())])
    if when := moments(asked.catalogue, asked.history):
        chart(figures.timeline(when, asked.names), "timeline")


def often(times: int) -> str:
    return "" if times == 1 else f"{times}×"  # noqa: RUF001  the sign people write


def before_the_cut(asked: Asked) -> None:
    """The lists with which the models were judged, if this customer's were kept."""
    future = kept_future(asked.run.folder, len(asked.catalogue.products))
    number = asked.catalogue.number.get(asked.customer or "")
    row = None if future is None or number is None else future.row(number)
    if future is None or row is None:
        st.info(section("shop", "No list was judged"))
        if future is not None and len(future.customers):
            judged_one = asked.catalogue.customers[telling_of(asked, future)]
            st.button(
                "Show a customer who has them",
                icon=":material/person_search:",
                on_click=choose,
                args=(judged_one,),
            )
        return
    lists = {model: judged(asked, model, row) for model in asked.models}
    wanted = set(future.relevant(asked.task)[[row]].indices.tolist())
    if not wanted:
        st.info(section("shop", "Nothing to hit"))
    listing([bought_after(asked, future, row), *columns(asked, lists, wanted)])


def telling_of(asked: Asked, future: Future) -> int:
    """The number of a customer whose lists were judged, and for whom most can be a hit."""
    wanted = row_sizes(future.relevant(asked.task))
    return int(future.customers[int(wanted.argmax())])


def choose(customer: str) -> None:
    st.session_state["customer"] = customer


def judged(asked: Asked, model: str, row: int) -> list[int]:
    kept = kept_lists(asked.run.folder, model, asked.task)
    products = [] if kept is None else kept.products[row, : asked.k].tolist()
    return [n for n in products if n >= 0]


def bought_after(asked: Asked, future: Future, row: int) -> Column:
    """What the customer bought in the window that was held out."""
    again = set(future.relevant("buy-again")[[row]].indices.tolist())
    rows = [
        asked.row("", n, (Mark("again" if n in again else "new"),))
        for n in future.bought[[row]].indices.tolist()
    ]
    return Column("Really bought after the cut", rows, "Nothing.")


def columns(asked: Asked, lists: dict[str, list[int]], wanted: set[int]) -> list[Column]:
    """A column a model; marked is what stands in other lists too, and what was bought."""
    shared = agreed(lists)
    return [
        asked.column(
            model,
            [
                listed(asked, place, n, shared[n], n in wanted)
                for place, n in enumerate(products, 1)
            ],
        )
        for model, products in lists.items()
    ]


def listed(asked: Asked, place: int, n: int, lists: int, hit: bool) -> Row:
    marks = [Mark(BOUGHT, "hit")] if hit else []
    if lists > 1:
        marks.append(Mark(f"{lists} lists"))
    return asked.row(str(place), n, tuple(marks))
