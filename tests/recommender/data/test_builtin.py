"""The built-in grocery year is whole and has names a person understands."""

from nn_core.recommender.data.builtin import grocery_year


def test_grocery_year():
    year = grocery_year()
    assert year.read == 1_469_307
    assert year.customers == 2_469
    assert year.set_aside["reason"].unique().tolist() == [
        "the quantity is not above zero, as of a return"
    ]
    assert year.products - len(year.names) == 3  # sold, but not in the catalogue
    assert year.names["1000057"] == "Topping mixes whip topping, 5.2 oz"
