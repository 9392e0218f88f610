"""The seconds that a plan is expected to take: of the whole data, and in words."""

import pytest

from nn_core.recommender.extent import Extent
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import make_model
from nn_core.recommender.portrait.audit import audit
from nn_core.recommender.runs.expecting import about, model_seconds, plan_words, range_words
from nn_core.recommender.runs.study import Plan
from nn_core.recommender.split import everything
from tests.recommender.shops import planted

YEAR = Extent(customers=4_000, products=3_000, pairs=260_000, together=4e7, baskets=18_000)


def test_the_audit_counts_what_a_fit_on_all_purchases_sees():
    assert audit(planted()).extent == Extent.of(everything(planted(), SplitOptions()).histories)


def test_a_model_is_fitted_judged_and_fitted_again():
    model = make_model("ease")
    once = model.seconds(YEAR)
    judged = model.scoring * YEAR.customers * YEAR.products
    assert model_seconds("ease", {}, YEAR) == pytest.approx(2 * once + judged)


def test_the_words_name_what_takes_longest_first():
    said = plan_words(Plan({"popularity": {}, "ease": {}, "course": {}}), YEAR)
    course = about(model_seconds("course", {}, YEAR))
    assert said.startswith("**About ")
    assert f"3 chosen models on this data: the course's neural network {course}, EASE " in said
    alone = plan_words(Plan({"course": {"epochs": 1_000}}), YEAR)
    assert "h** for the chosen model on this data." in alone
    assert "refused" in plan_words(Plan({"course": {"hidden": (0,)}}), YEAR)
    assert range_words(("popularity", "course"), YEAR).endswith(f" s to {course} each")
    assert range_words(("ease",), YEAR).count(" s") == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.01, "1 s"),
        (9.4, "9 s"),
        (33, "35 s"),
        (240, "4 min"),
        (3_650, "1 h"),
        (5_000, "1 h 20 min"),
    ],
)
def test_a_guess_is_told_as_exactly_as_it_is_worth(seconds: float, words: str):
    assert about(seconds) == words
