"""What is asked on the Customers tab: who, which question, which models, how many places."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.customer.desk import Product, Ranked, history_of, labels, product, telling
from nn_core.recommender.histories import Histories
from nn_core.recommender.runs.runs import Run
from pages.ui.shop.listing import Column, Mark, Row
from pages.ui.shop.opened import Made, opened
from pages.ui.shop.training import TASKS

PICKED_FROM_A_LIST = 5_000  # customers; among more one types the id
SIDE_BY_SIDE = 4
NOBODY = "(nobody: an empty basket)"


@dataclass(frozen=True)
class Asked:
    """The customer (None: nobody), the question, the models and the places of a list."""

    run_id: str
    customer: str | None
    task: str
    models: tuple[str, ...]
    k: int

    @property
    def run(self) -> Run:
        return opened(self.run_id)

    @property
    def catalogue(self) -> Catalogue:
        return self.run.catalogue

    @property
    def history(self) -> Histories:
        return history_of(self.catalogue, self.customer)

    def label(self, model: str) -> str:
        return model_labels(self.run)[model]

    def ranked(self, model: str, history: Histories | None = None) -> Ranked:
        """The model's places for the customer's own history, or for another."""
        return Ranked.of(self.run.model(model), history or self.history, self.task)

    def product(self, n: int) -> Product:
        return product(self.catalogue, n)

    def row(self, place: str, n: int, marks: tuple[Mark, ...] = ()) -> Row:
        """A product's row in a list."""
        shown = self.product(n)
        return Row(place, shown.name, shown.facts(), marks)

    def column(self, model: str, rows: list[Row]) -> Column:
        return Column(self.label(model), rows, f"There are no {TASKS_SHORT[self.task]} to list.")

    def model(self, key: str) -> str:
        """A menu of the models that are shown, by their short names as above the tab."""
        labels = model_labels(self.run)
        chosen: Any = st.selectbox(
            "Model", self.models, format_func=lambda name: brief(labels[name]), key=key
        )
        return chosen

    @property
    def names(self) -> list[str]:
        """What a menu calls each product."""
        return menu(self.made)

    @property
    def made(self) -> Made:
        return Made.of(self.run_id)


TASKS_SHORT = {
    "discover": "products new to this customer",
    "all": "products",
    "buy-again": "products to buy again",
}


@st.cache_resource(max_entries=2)
def menu(made: Made) -> list[str]:
    return labels(opened(made.run_id).catalogue)


def model_labels(run: Run) -> dict[str, str]:
    return {entry["model"]: entry["label"] for entry in run.comparison["models"]}


def brief(label: str) -> str:
    """ "Linear model of all products (EASE)" -> "EASE", where there is room for little."""
    return label.rpartition("(")[2].removesuffix(")")


def ask(run_id: str) -> Asked | None:
    """The row of controls above everything on the tab; None until a model is chosen."""
    run = opened(run_id)
    study = run.comparison
    who, question, which, places = st.columns([3, 3, 6, 1.2])
    with who:
        customer = pick(run)
    own = list(TASKS).index(study["task"])
    task: Any = question.selectbox(
        "Question", list(TASKS), own, format_func=TASKS.__getitem__, key="question"
    )
    names = model_labels(run)
    models = which.multiselect(
        f"Models (up to {SIDE_BY_SIDE})",
        list(names),
        first_models(run),
        format_func=lambda name: brief(names[name]),
        max_selections=SIDE_BY_SIDE,
        select_all=False,
        wrap=True,
        key="models",
    )
    k = places.number_input("Places", 1, 100, study["k"], key="places")
    if not models:
        st.info("Choose one or more models above.")
        return None
    return Asked(run_id, customer, task, tuple(models), int(k))


def first_models(run: Run) -> list[str]:
    """The three that did best on the run's own question."""
    metric = f"ndcg@{run.comparison['k']}"
    entries = sorted(run.comparison["models"], key=lambda entry: -entry["metrics"][metric])
    return [entry["model"] for entry in entries[:3]]


def pick(run: Run) -> str | None:
    """A menu, or a field to type in where there are too many; nobody is a choice too."""
    customers = run.catalogue.customers
    if len(customers) > PICKED_FROM_A_LIST:
        typed = st.text_input("Customer", customers[0], key="customer").strip()
        if typed and typed not in run.catalogue.number:
            st.text(f"No customer is called {typed}: shown is an empty basket.")
        return typed or None
    first = telling(run.catalogue.histories)
    chosen = st.selectbox("Customer", [*customers, NOBODY], first, key="customer")
    return None if chosen == NOBODY else chosen
