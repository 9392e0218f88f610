"""A finished run as documents to hand on: an HTML report that needs no network, and model cards."""

from nn_core.recommender.report.cards import model_card
from nn_core.recommender.report.document import report

__all__ = ["model_card", "report"]
