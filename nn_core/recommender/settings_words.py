"""What a model's options mean, in a shop's words and with their units: for all pages and documents.

The names stay those of the classes and of the command line; `raw` writes them as one types them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from nn_core.recommender.models import MODELS
from nn_core.recommender.split import TASKS

SAID: dict[str, str] = {
    "days": "looks back {} days",
    "half_life": "a purchase of {} days ago teaches half as much",
    "input_half_life": "the customer's own of {} days ago counts three quarters, an old one half",
    "timing": "whether it is due again counts {} (0: not at all)",
    "strength": "the customer's usual categories weigh {}",
    "prior": "taste begins with {} purchases of everybody",
    "neighbours": "each product goes by its {} nearest",
    "k1": "buying a thing again says less each time (k1 {})",
    "b": "who buys a lot says less (b {} of 1)",
    "regularization": "distrust of chance {} (higher: fewer, surer links)",
    "largest": "the {} products with most buyers at most",
    "factors": "{} tastes for each customer and product",
    "alpha": "a purchase counts {} times as much as none",
    "iterations": "{} rounds",
    "seed": "drawn by lot number {}",
    "windows": "learned from {} such windows",
    "fade": "each window further back counts {} of the one after it",
    "customers": "at most {} customers a window",
    "optimizer": "optimizer {}",
    "learning_rate": "learning rate {}",
    "epochs": "{} passes over the purchases (epochs)",
    "patience": "ends after {} passes without progress",
    "batch_size": "{} samples an update",
    "epoch_samples": "at most {} samples a pass",
    "validation": "{} of the customers watched, not learned from",
    "hidden": "hidden layers of {} units",
    "activation": "activation {}",
    "loss": "loss {}",
    "target": "foretells the {}",
    "candidates": "{} products held against each other",
    "units": "{} numbers for each customer and product",
    "length": "reads the last {} purchases",
    "dropout": "{} of the purchases hidden while it learns",
    "latent": "a history squeezed into {} numbers",
    "beta": "pull of these numbers towards a bell curve: {}",
    "warm_up": "that pull rises over {} passes",
    "budget": "{} s of the processor for each model",
    "trials_each": "up to {} settings of each model",
}
"""option -> what it says, the value in braces."""

OF: dict[tuple[str, str], str] = {
    ("recent-popularity", "days"): "best sellers of the last {} days, where there are dates",
    ("categories", "days"): "newcomers of the last {} days, where there are dates",
    ("next-window", "days"): "looks {} days ahead",
    ("repeats", "half_life"): "a purchase of {} days ago counts half",
    ("categories", "half_life"): "a purchase of {} days ago counts half",
    ("auto", "candidates"): "chooses among {}",
}
"""(model, option) -> the same where the option means something else in this model."""

TECHNICAL = (
    *("seed", "largest", "optimizer", "batch_size", "epoch_samples", "validation", "patience"),
    *("activation", "loss", "candidates", "customers", "warm_up", "trials_each"),
)
SHARES = ("validation", "dropout")
NONE = {
    "regularization": "distrust of chance: chosen by itself, within what it learns from",
    "chosen": "chooses by itself, within what it learns from",
    "weights": "weights chosen by itself, within what it learns from",
    "options": "each part with its usual settings",
}
USUAL = "with its usual settings"


def worded(model: str, options: Mapping[str, Any], dated: bool = True) -> str:
    """("repeats", {"half_life": 60.0}) -> "a purchase of 60 days ago counts half"."""
    said = [one(model, name, options[name], options, dated) for name in of_note(model, options)]
    return "; ".join(part for part in said if part) or USUAL


def changed(model: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that are not the model's own."""
    usual = json.loads(json.dumps(asdict(MODELS[model]())))
    return {name: v for name, v in options.items() if json.loads(json.dumps(v)) != usual[name]}


def of_note(model: str, options: Mapping[str, Any]) -> list[str]:
    """Those worth a word: what is technical only where it is not as usual."""
    other = changed(model, options)
    return [name for name in options if name in other or name not in TECHNICAL]


def raw(options: Mapping[str, Any]) -> str:
    """As the command line takes them: "--set half_life=60 --set timing=0"."""
    return " ".join(f"--set {name}={json.dumps(value)}" for name, value in options.items())


def one(model: str, name: str, value: Any, options: Mapping[str, Any], dated: bool) -> str:
    """One option in words; the parts of a blend tell their settings and weights with them. dated:
    whether the data has dates, which some models are named by."""
    if value is None:
        return NONE.get(name, "")
    if name in TOGETHER:
        return TOGETHER[name](value, options, dated)
    phrase = OF.get((model, name)) or SAID.get(name, f"{name} {{}}")
    return phrase.format(amount(name, value, dated))


def amount(name: str, value: Any, dated: bool = True) -> str:
    """60.0 -> "60", 0.2 -> "20%" of a share, (64, 32) -> "64 and 32"."""
    if isinstance(value, (list, tuple)):
        parts: list[Any] = [*value]
        return " and ".join(
            MODELS[part].short(dated) if part in MODELS else f"{part}" for part in parts
        )
    if name in SHARES:
        return f"{value:.0%}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.6g}" if isinstance(value, float) else str(value).replace("_", " ")


def parts(names: list[str], options: Mapping[str, Any], dated: bool) -> str:
    """ "0.6 × EASE + 0.4 × own repeats", where one line of weights is known."""
    weights = options.get("weights")
    shown = [MODELS[name].short(dated) for name in names]
    if not isinstance(weights, list):
        return f"of {' and '.join(shown)}"
    known: list[float] = weights
    return " + ".join(f"{w:.2g} × {name}" for w, name in zip(known, shown))  # noqa: RUF001


def weights(found: Any, options: Mapping[str, Any], dated: bool) -> str:
    """{task: weights} -> each question's; a line of the log stands with its parts already."""
    if not isinstance(found, dict):
        return ""
    told: dict[str, list[float]] = found
    names: list[str] = options["parts"]
    return "; ".join(
        f"{TASKS[task]}: {parts(names, {'weights': given}, dated)}" for task, given in told.items()
    )


def of_parts(
    found: Mapping[str, Mapping[str, Any]], options: Mapping[str, Any], dated: bool
) -> str:
    """The settings of a blend's parts."""
    return "; ".join(
        f"{MODELS[name].short(dated)}: {worded(name, own, dated)}" for name, own in found.items()
    )


def chosen(found: Mapping[str, Mapping[str, Any]], options: Mapping[str, Any], dated: bool) -> str:
    """What the automatic choice took for each question."""
    said: dict[str, list[str]] = {}
    for task, one in found.items():
        own = worded(one["name"], one["options"], dated)
        words = f"{MODELS[one['name']].short(dated)} ({own})"
        said.setdefault(words, []).append(TASKS[task])
    return "; ".join(f"for {' and '.join(tasks)}: {words}" for words, tasks in said.items())


TOGETHER: dict[str, Any] = {
    "parts": parts,
    "weights": weights,
    "options": of_parts,
    "chosen": chosen,
}
"""Options that are no number of their own: a function of the value and all options."""
