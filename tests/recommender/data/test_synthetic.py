"""The planted shop has the structure it says it has, and the samples are what the script makes."""

from pathlib import Path

import numpy as np
import pandas as pd

from nn_core.recommender.data.synthetic import planted_shop, samples

SAMPLES = Path(__file__).parents[3] / "assets" / "samples"


def test_same_seed_same_shop():
    pd.testing.assert_frame_equal(planted_shop(seed=3).frame, planted_shop(seed=3).frame)
    assert not planted_shop(seed=3).frame.equals(planted_shop(seed=4).frame)


def test_customers_buy_from_their_group():
    shop = planted_shop(noise=0.05)
    pairs = zip(shop.frame["customer"], shop.frame["product"])
    own = [
        shop.customer_group[customer] == shop.product_group[product] for customer, product in pairs
    ]
    assert 0.93 < np.mean(own) < 0.98  # 5% come from any group, a sixth of them from the own


def test_no_group_is_more_popular():
    shop = planted_shop()
    groups = [shop.product_group[product] for product in shop.frame["product"]]
    assert np.ptp(np.bincount(groups) / len(groups)) < 0.02


def test_samples_are_what_the_script_makes():
    assert {path.name for path in SAMPLES.glob("*.csv")} == set(samples())
    for name, text in samples().items():
        assert (SAMPLES / name).read_bytes().decode() == text, name
