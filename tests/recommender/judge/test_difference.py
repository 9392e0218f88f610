"""The bootstrap: against theory where there is one, and against what a correction must do."""

import numpy as np
import pytest

from nn_core.recommender.judge.difference import resampled, times_drawn
from nn_core.recommender.judge.evaluate import Judgement
from nn_core.recommender.judge.standing import Entry, Standing

RNG = np.random.default_rng(3)
N, M = 400, 14
NULL = RNG.normal(0, 0.1, (N, M))


def test_as_many_customers_are_drawn_as_there_are():
    drawn = times_drawn(50, 300, np.random.default_rng(0))
    assert (drawn.sum(axis=1) == 50).all()
    np.testing.assert_allclose(drawn.mean(axis=0), 1, atol=0.3)


def test_more_comparisons_give_wider_intervals_and_less_than_bonferronis():
    """Of independent columns the quantile of the largest |t| is that of Sidak: 1 - .95^(1/14)."""
    alone = resampled(NULL[:, :1], np.random.default_rng(0)).together()[0]
    found = resampled(NULL, np.random.default_rng(0)).together()
    error = NULL.std(axis=0) / np.sqrt(N)
    wide = np.array([one.high - one.mean for one in found]) / error
    assert (alone.high - alone.mean) / error[0] == pytest.approx(1.96, abs=0.12)
    np.testing.assert_allclose(wide, 2.91, atol=0.25)
    assert {one.comparisons for one in found} == {M}


def test_models_that_move_together_cost_no_correction():
    """Holm would widen for fourteen; these are one comparison, seen fourteen times."""
    same = np.repeat(NULL[:, :1], M, axis=1)
    one = resampled(same[:, :1], np.random.default_rng(0)).together()[0]
    many = resampled(same, np.random.default_rng(0)).together()
    assert [many[3].low, many[3].high] == pytest.approx([one.low, one.high])


def test_of_many_that_differ_by_chance_all_stay_unclear_nineteen_times_in_twenty():
    """60 shops without any difference: 3 false alarms expected, more than 9 one time in 1,000."""
    shops = [np.random.default_rng(seed).normal(0, 1, (150, M)) for seed in range(60)]
    found = [resampled(shop, np.random.default_rng(0)).together() for shop in shops]
    assert sum(any(one.clear for one in shop) for shop in found) <= 9


def test_who_has_no_value_does_not_count():
    values = np.array([[1.0, np.nan], [3.0, 4.0], [np.nan, 6.0]])
    found = resampled(values, np.random.default_rng(0))
    assert found.mean.tolist() == [2.0, 5.0]
    assert found.customers.tolist() == [2, 2]
    seen = np.unique(found.drawn[:, 0][~np.isnan(found.drawn[:, 0])])
    assert {1.0, 2.0, 3.0} <= set(seen.round(6))


def judgement(values: np.ndarray) -> Judgement:
    customers = np.arange(len(values))
    both = {"ndcg": values, "hit_rate": (values > 0.5).astype(float)}
    return Judgement("discover", 10, customers, both, np.empty((len(values), 10), np.int64), {})


def test_a_standing_tells_everybodys_difference_to_the_winner_and_to_the_simple_method():
    base = RNG.random(N)
    entries = [Entry("popularity", "Best"), Entry("ease", "Linear"), Entry("course", "Net", True)]
    shifts = (0.0, 0.2, 0.1)
    told = Standing.of(entries, [judgement(base + shift) for shift in shifts]).to_json()
    assert (told["winner"]["against"], told["simple"]["against"]) == ("ease", "popularity")
    rows = {row["model"]: row for row in told["simple"]["ndcg@10"]}
    assert rows["ease"]["mean"] == pytest.approx(0.2)
    assert rows["course"]["clear"]
    assert [row["mean"] for row in told["winner"]["ndcg@10"]] == pytest.approx([-0.2, -0.1])
    assert "2 comparisons at once" in told["winner"]["how"]


def test_two_names_of_one_list_are_no_comparison():
    """On discover own repeats are the best sellers; all zeros tell nothing of being the same."""
    base = RNG.random(N)
    names = ("recent-popularity", "repeats", "ease")
    entries = [Entry(name, name) for name in names]
    told = Standing.of(entries, [judgement(base + shift) for shift in (0, 0, 0.1)]).to_json()
    assert told["same"] == {"repeats": "recent-popularity"}
    assert [row["model"] for row in told["winner"]["ndcg@10"]] == ["recent-popularity"]
    assert "1 comparisons" in told["simple"]["how"]
    other = Standing.of(entries, [judgement(base * scale) for scale in (0, 0, 1)]).to_json()
    assert "same" not in other
