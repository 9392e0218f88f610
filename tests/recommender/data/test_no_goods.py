"""Lines that are no goods are found by name, code and price; goods of such names stay."""

import numpy as np
import pytest

from nn_core.recommender.data.builtin import catalogue, data_folder
from nn_core.recommender.data.no_goods import no_goods, odd_codes, said

CODES = [f"{number}{letter}" for number in range(22000, 22200) for letter in ("", "A")]
ODD = {
    "POST": ("POSTAGE", "postage"),
    "DOT": ("DOTCOM POSTAGE", "postage"),
    "C2": ("CARRIAGE", "postage"),
    "AMAZONFEE": ("AMAZON FEE", "fee"),
    "BANK CHARGES": ("Bank Charges", "fee"),
    "CRUK": ("CRUK Commission", "fee"),
    "M": ("Manual", "adjustment"),
    "B": ("Adjust bad debt", "adjustment"),
    "D": ("Discount", "discount"),
    "S": ("SAMPLES", "sample"),
    "gift_0001_20": ("Dotcomgiftshop Gift Voucher £20.00", "voucher"),
}
GOODS = {
    "PADS": "PADS TO MATCH ALL CUSHIONS",
    "DCGSSGIRL": "GIRLS PARTY BAG",
    "DCGS0076": "SUNJAR LED NIGHT NIGHT LIGHT",
}


def test_codes_and_names_of_a_wholesaler_tell_what_is_no_goods():
    plain = [f"LANTERN NUMBER {place}" for place in range(len(CODES))]
    names = [*plain, *(name for name, _ in ODD.values()), *GOODS.values()]
    found = no_goods([*CODES, *ODD, *GOODS], names)
    assert found == {code: kind for code, (_, kind) in ODD.items()}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Standard shipping (DHL)", "postage"),
        ("P&P", "postage"),
        ("Next Day Carriage", "postage"),
        ("PACKING CHARGE", "postage"),
        ("Versandkosten", "postage"),
        ("Frais de port", "postage"),
        ("Gastos de envío", "postage"),
        ("运费", "postage"),
        ("邮费补差价", "postage"),
        ("Bearbeitungsgebühr", "fee"),
        ("PayPal fee", "fee"),
        ("Rabatt 10 %", "discount"),
        ("Bon d'achat 20 €", "voucher"),
        ("Tarjeta regalo", "voucher"),
        ("Gift card", "voucher"),
        ("Trinkgeld", "tip"),
        ("Pfand 0,25 EUR", "deposit"),
        ("Mehrwertsteuer", "tax"),
    ],
)
def test_a_name_that_is_nothing_else_suffices_without_codes(name: str, kind: str):
    assert no_goods([name, "Lantern"], ["", ""]) == {name: kind}


@pytest.mark.parametrize(
    "name",
    [
        "POST OFFICE PLAYSET",
        "MINI DISCO BALL",
        "GIFT BAG BIRTHDAY",
        "DELIVERY VAN MONEY BOX",
        "Shipping container desk tidy",
        "HAPPY BIRTHDAY GIFT CARD",
        "Gift voucher holder",
        "Discount bin storage basket",
        "Portwein",
        "Porto Tawny",
        "Manual coffee grinder",
        "Pregnancy test",
        "Baby carriage",
        "快递员玩具",
        "Jutetasche",
        "Tragetasche",
        "Manual",  # a shop of books may sell one: without an odd code or wild prices it stays
        "",
    ],
)
def test_goods_stay(name: str):
    assert no_goods([*CODES, "22999"], [*("Lantern" for _ in CODES), name]) == {}


def test_wild_prices_tell_where_codes_do_not():
    ids, names = ["11", "12"], ["Manual", "Manual"]
    prices = {0: np.geomspace(0.1, 1_000, 50), 1: np.linspace(8, 12, 50)}
    assert no_goods(ids, names, prices.__getitem__) == {"11": "adjustment"}


def test_codes_without_a_usual_form_tell_nothing():
    assert not odd_codes(["LANTERN", "POST", *("A" * n + "-" for n in range(3, 40))]).any()
    assert not odd_codes(["1", "2", "POST"]).any()
    assert odd_codes([*CODES, "POST"]).tolist() == [*(False for _ in CODES), True]


def test_of_ninety_thousand_grocery_products_only_these_are_taken():
    """Each was looked at: other vendors' gift cards and coupons with a size in their name stay."""
    products = catalogue(data_folder())
    found = no_goods(products.index.astype("str").tolist(), products["name"].tolist())
    names = products["name"].set_axis(products.index.astype("str"))[list(found)]
    assert set(names) == {"Bottle deposits", "Mastercard gift card", "Donations", "Coupon"}
    assert said("Outside vendors gift cards") is not None
