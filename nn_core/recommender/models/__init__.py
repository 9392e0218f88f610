"""The recommenders by name. Adding one is one file, one line here, and its place in the tests."""

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.models.als import ALS
from nn_core.recommender.models.auto import Auto
from nn_core.recommender.models.base import Fitted, Recommender, Report
from nn_core.recommender.models.blend import Blend
from nn_core.recommender.models.bm25 import BM25
from nn_core.recommender.models.categories import Categories
from nn_core.recommender.models.course import Course
from nn_core.recommender.models.ease import Ease
from nn_core.recommender.models.item_knn import ItemKNN
from nn_core.recommender.models.mult_vae import MultVAE
from nn_core.recommender.models.next_window import NextWindow
from nn_core.recommender.models.popularity import Popularity, RecentPopularity
from nn_core.recommender.models.repeats import Repeats
from nn_core.recommender.models.sequences import OfGRU, OfLSTM
from nn_core.recommender.models.time_ease import TimeEase
from nn_core.recommender.models.two_tower import TwoTower

MODELS: dict[str, type[Recommender]] = {
    model.name: model
    for model in (
        *(Popularity, RecentPopularity, Categories, Repeats, ItemKNN, BM25),
        *(Ease, TimeEase, NextWindow, ALS),
        *(Course, MultVAE, TwoTower, OfGRU, OfLSTM),
        *(Blend, Auto),
    )
}


def make_model(name: str, **options: object) -> Recommender:
    """The model of that name. ShopDataError names the models, or the options, that there are."""
    if name not in MODELS:
        raise ShopDataError(f"There is no model '{name}'. Choose from: {', '.join(MODELS)}.")
    known = MODELS[name].option_names()
    for option in options:
        if option not in known:
            listed = ", ".join(known) or "none"
            raise ShopDataError(f"The model '{name}' has no option '{option}'. It has: {listed}.")
    return MODELS[name](**options)


__all__ = ["MODELS", "Fitted", "Recommender", "Report", "make_model"]
