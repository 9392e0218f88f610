"""The small studies in the report: what a split flatters, what more data brings, how to train."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nn_core.recommender.insight.power_law import expected
from nn_core.recommender.insight.words import (
    POLICIES,
    SPLITS,
    ageing_words,
    flattery_words,
    growth_words,
)
from nn_core.recommender.judge.verdict import within
from nn_core.recommender.report.html import element
from nn_core.recommender.report.plots import Curve, curves
from nn_core.recommender.report.svg import Bar, bars

Study = Mapping[str, Any]
STEPS = 40  # of a curve that is drawn as a line


def studies(found: Study | None) -> Iterator[str]:
    """Nothing where none were made; a study that could not be made says why."""
    if found is None:
        return
    up = f"NDCG@{found['k']}"
    yield element("h2", "Split, data, age: three small studies")
    yield element(
        "p",
        f"Made with {within(found)}, on the {found['products']:,} products with most buyers; these "
        "numbers compare with each other, not with those above.",
        class_="soft",
    )
    yield from one(found, "flattery", "How much a split flatters", flattery, flattery_words, up)
    for unit in ("customers", "months"):
        yield from one(
            found,
            unit,
            f"Would more {unit} help?",
            lambda study, title, up, unit=unit: growth(study, title, up, unit),
            lambda study, unit=unit: growth_words(study, unit),
            up,
        )
    yield from one(found, "ageing", "How often to train", ageing, ageing_words, up)


def one(
    found: Study,
    name: str,
    heading: str,
    drawn: Callable[[Study, str, str], str],
    words: Callable[[Study], list[str]],
    up: str,
) -> Iterator[str]:
    """Heading, picture, sentences."""
    study = found.get(name)
    if study is None:
        return
    yield element("h3", heading)
    if "left_out" in study:
        yield element("p", study["left_out"])
        return
    said = " ".join(words(study))
    yield f"<figure>{drawn(study, f'{heading} {said}', up)}</figure>"
    yield element("p", said)


def flattery(study: Study, title: str, up: str) -> str:
    rows = [
        Bar(SPLITS[row["split"]], row["ndcg"], (row["low"], row["high"])) for row in study["rows"]
    ]
    return bars(rows, title)


def growth(study: Study, title: str, up: str, unit: str) -> str:
    """What was measured, the curve through it, and where it would lead with twice as much."""
    points, forecast = study["points"], study["forecast"]
    first, last = points[0]["amount"], points[-1]["amount"]
    shares = [
        first / last + step / STEPS * (forecast["times"] - first / last)
        for step in range(STEPS + 1)
    ]
    fitted = [
        (share * last, forecast["a"] - forecast["b"] * share ** -forecast["c"]) for share in shares
    ]
    measured = [(point["amount"], point["ndcg"]) for point in points]
    ranges = [(point["low"], point["high"]) for point in points]
    there = expected(study)
    then = [(forecast["times"] * last, there["then"])]
    ends = [] if there["low"] is None else [(there["low"], there["high"])]
    found = [
        Curve("measured", measured, ranges, line=False),
        Curve("fitted curve", fitted, marks=False),
        Curve("forecast", then, ends, line=False),
    ]
    return curves(found, title, f"{unit} learned from", up)


def ageing(study: Study, title: str, up: str) -> str:
    found = [
        Curve(POLICIES[policy], [(week["week"], week[policy]) for week in study["weeks"]])
        for policy in POLICIES
    ]
    return curves(found, title, "week after the first fit", up)
