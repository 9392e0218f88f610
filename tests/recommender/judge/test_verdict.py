"""What is said of a winner, against differences worked out by hand and by theory."""

from typing import Any

import numpy as np
import pytest

from nn_core.recommender.judge.difference import paired
from nn_core.recommender.judge.verdict import Verdict, verdict

RNG = np.random.default_rng(7)
NOISE = RNG.random(400)
SLIGHT = RNG.normal(0, 0.1, 400)


def test_the_same_lead_for_every_customer_is_that_lead():
    """By hand: whoever is drawn, a - b is 0.25, however much customers differ."""
    found = paired(NOISE + 0.25, NOISE, np.random.default_rng(0))
    assert (found.mean, found.low, found.high) == pytest.approx((0.25, 0.25, 0.25))
    assert found.clear


def test_two_customers_by_hand():
    """Differences 0 and 1: a resample's mean is 0, 1/2 or 1 with probability 1/4, 1/2, 1/4."""
    found = paired(np.array([0.0, 1.0]), np.zeros(2), np.random.default_rng(0))
    assert (found.mean, found.low, found.high) == (0.5, 0.0, 1.0)
    assert not found.clear


def test_many_customers_give_the_interval_of_the_normal_distribution():
    found = paired(SLIGHT, np.zeros(400), np.random.default_rng(0))
    error = 1.96 * SLIGHT.std() / 20
    expected = (SLIGHT.mean() - error, SLIGHT.mean() + error)
    np.testing.assert_allclose((found.low, found.high), expected, atol=error / 10)


def test_a_seed_gives_the_same_interval_again():
    one, two = (paired(SLIGHT, NOISE, np.random.default_rng(3)) for _ in range(2))
    assert one == two


def test_it_is_paired():
    """Customers differ far more than the models do: apart, their intervals would overlap."""
    found = paired(NOISE + 0.01 + SLIGHT / 100, NOISE, np.random.default_rng(0))
    assert found.clear
    assert found.high - found.low < 0.001


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.002, 0.009, "is 0.002 to 0.009 in NDCG@10 with 95% confidence"),
        (-0.001, 0.004, "lies between -0.001 and 0.004 in NDCG@10 with 95% confidence"),
        (0.0002, 0.004, "is 0.0002 to 0.0040 in"),
        (-0.00003, 0.0061, "lies between -0.00003 and 0.00610 in"),
        (-2e-9, 0.0061, "lies between just below 0 and 0.006 in"),
        (2e-9, 0.0061, "is just above 0 to 0.006 in"),
        (0.0, 0.0061, "lies between 0.000 and 0.006 in"),
    ],
)
def test_the_words_say_how_sure_it_is(low: float, high: float, words: str):
    found = paired(NOISE, NOISE - 0.1, np.random.default_rng(0))
    shown = type(found)(0.003, low, high, 400)
    assert words in shown.words("NDCG@10")


def said(**models: np.ndarray) -> Verdict:
    """The verdict on models whose customers have these values; a name with `net` is a network."""
    results: list[dict[str, Any]] = [
        {
            "model": name,
            "label": name.title(),
            "spoken": f"the {name} one",
            "network": "net" in name,
            "metrics": {"ndcg@10": float(value.mean()), "hit_rate@10": 0.5},
        }
        for name, value in models.items()
    ]
    return verdict(results, models, "discover", 10)


def test_a_clear_winner_is_named_with_the_interval():
    found = said(first=NOISE + 0.25, second=NOISE)
    assert found.words.startswith("The first one is ahead")
    assert "the difference is 0.250 to 0.250 in NDCG@10" in found.words
    assert found.difference is not None
    assert found.difference["model"] == "first"
    assert found.difference["against"] == "second"
    assert found.difference["clear"]
    assert found.network_difference is None


def test_what_chance_could_have_done_is_too_close_to_call():
    found = said(first=NOISE + SLIGHT - SLIGHT.mean() + 1e-4, second=NOISE)
    assert found.words.startswith("The first one and the second one are too close to call")
    assert "ahead" not in found.words
    assert found.difference is not None
    assert not found.difference["clear"]


def test_a_network_that_loses_is_shown_as_losing():
    words = said(net=NOISE, simple=NOISE + 0.1, worse=NOISE - 0.1).words
    assert words.startswith("The simple one is ahead")
    assert "No network beats the simple one here" in words


def test_a_network_that_wins_is_said_to_win():
    assert "a network beats every method without one" in said(net=NOISE + 0.1, simple=NOISE).words


@pytest.mark.parametrize("lead", [1e-4, -1e-4])
def test_a_network_that_is_about_as_good_is_not_judged(lead: float):
    words = said(net=NOISE + SLIGHT - SLIGHT.mean() + lead, simple=NOISE).words
    assert "cannot be told" in words
    assert "beats every" not in words


def test_one_model_alone_is_ahead_of_nobody():
    found = said(only=NOISE)
    assert found.difference is None
    assert "ahead" not in found.words
