"""What the cells of each column say for its role: counted by hand on a small messy file."""

import pandas as pd
import pytest

from nn_core.recommender.data.column_facts import ColumnFacts, column_facts
from nn_core.recommender.data.columns import Guess

CELLS = {
    "Kunde": ["7", "7", "8", ""],
    "Datum": ["01.02.2024", "13.02.2024", "bald", "n/a"],
    "Preis": ["1,50", "gratis", "2,00", "2,00"],
    "Notiz": ["", "", "", "rot"],
}
GUESSES = [Guess("customer", "Kunde", ""), Guess("time", "Datum", ""), Guess("price", "Preis", "")]


@pytest.mark.parametrize("kind", ["category", "str"])
def test_filled_readable_and_different_cells_are_counted(kind: str):
    frame = pd.DataFrame(CELLS).astype(kind)
    found = {one.column: one for one in column_facts(frame, GUESSES)}
    counts = {name: (one.filled, one.readable, one.different) for name, one in found.items()}
    assert counts == {
        "Kunde": (3, 3, 2),
        "Datum": (3, 2, 3),
        "Preis": (4, 3, 3),
        "Notiz": (1, 1, 1),
    }
    assert found["Kunde"].evidence == "a customer stands in 1.5 rows on average"
    assert found["Datum"].evidence == "66.7% of the filled cells read as a date"
    assert found["Preis"].examples[0] == "2,00"
    assert (found["Notiz"].role, found["Notiz"].rows) == (None, 4)


def test_almost_all_is_not_all():
    almost = ColumnFacts("when", "time", 10_000, 10_000, 9_999, 9, ())
    assert almost.evidence.startswith("99.9%")


def test_a_cell_of_several_products_is_a_basket():
    frame = pd.DataFrame({"kunde": ["a", "b"], "artikel": ["tea;milk", "milk"]})
    guesses = [Guess("customer", "kunde", ""), Guess("product", "artikel", "")]
    *_, goods = column_facts(frame, guesses, baskets=True)
    assert goods.evidence == "2 different baskets"
