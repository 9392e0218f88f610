"""How long a plan will take, told before anything is cut or fitted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.extent import Extent
from nn_core.recommender.models import MODELS, make_model
from nn_core.recommender.runs.judging import expected
from nn_core.recommender.runs.study import Plan

BEGIN = 3.0
"""Seconds in which a worker starts, reads the purchases and cuts them."""
NAMED = 3
"""Models whose seconds are told one by one."""


def model_seconds(name: str, options: Mapping[str, Any], extent: Extent) -> float:
    """Fitted, judged, and fitted once more. ShopDataError where the options are refused."""
    return sum(expected(make_model(name, **options), extent, extent).values())


def plan_words(plan: Plan, extent: Extent) -> str:
    """For those who are about to train: how long until there is a result, and what takes it."""
    if not plan.models:
        return "No model is chosen."
    try:
        own = {name: model_seconds(name, how, extent) for name, how in plan.models.items()}
    except ShopDataError:
        return "How long it will take is not known: an option of a model is refused."
    total = BEGIN + sum(own.values())
    count = "the chosen model" if len(own) == 1 else f"the {len(own)} chosen models"
    return f"**About {about(total)}** for {count} on this data{shares(own)}."


def shares(own: Mapping[str, float]) -> str:
    """ ": course 25 s, ease 3 s, the others 1 s", the slowest first; nothing for one model."""
    if len(own) == 1:
        return ""
    slowest = sorted(own, key=lambda name: -own[name])
    said = [f"{MODELS[name].listed()} {about(own[name])}" for name in slowest[:NAMED]]
    if rest := slowest[NAMED:]:
        others = about(sum(own[name] for name in rest))
        said.append(f"{'the others' if len(rest) > 1 else MODELS[rest[0]].listed()} {others}")
    return ": " + ", ".join(said)


def range_words(names: Iterable[str], extent: Extent) -> str:
    """ "1 s to 5 s each", of models as they are when nobody changes an option."""
    own = sorted(model_seconds(name, {}, extent) for name in names)
    ends = dict.fromkeys((about(own[0]), about(own[-1])))
    return f"{' to '.join(ends)} each"


def about(seconds: float) -> str:
    """As exactly as such a guess is worth: "3 s", "35 s", "4 min", "1 h 20 min"."""
    if seconds < 10:
        return f"{max(1, round(seconds))} s"
    if seconds < 90:
        return f"{5 * round(seconds / 5)} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {10 * (minutes % 60 // 10)} min".removesuffix(" 0 min")
