"""What the automatic choice tried, by what score, and what it took: the log, in the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nn_core.recommender.models import MODELS
from nn_core.recommender.models.deciding import said
from nn_core.recommender.report.facts import TITLES, Facts
from nn_core.recommender.report.html import count, element, figure, number, table
from nn_core.recommender.report.svg import Bar, bars
from nn_core.recommender.settings_words import worded

Line = dict[str, Any]
SCORE = "ndcg@10"


def chosen(known: Facts) -> Iterator[str]:
    """Nothing where no automatic choice was trained, or it had nothing to choose by."""
    for model in known.models:
        if model.get("log"):
            yield from log(model, known.comparison["task"], known.dated)


def log(model: dict[str, Any], own: str, dated: bool) -> Iterator[str]:
    trials: list[Line] = model["log"]
    yield element("h2", "What the automatic choice tried")
    yield element("p", how(model["options"], trials))
    yield f'<div class="chosen">{taken(model["options"]["chosen"], trials, dated)}</div>'
    best = [Bar(short(line, dated), line[SCORE][own]) for line in leaders(trials, own)]
    title = f"{TITLES[own]}: the best trial of each model, NDCG@10 in the window"
    told = "; ".join(f"{row.label} {row.value:.3f}" for row in best)
    yield figure(title, bars(best, f"{title}: {told}"))
    head = ["Model", "Settings", *TITLES.values(), "Seconds"]
    lines = (row(line, place, dated) for place, line in enumerate(trials))
    order = f"The whole log: {len(trials)} lines, in the order they were made"
    yield (
        f"<details>{element('summary', order)}"
        f'<div class="trials">{table(head, lines)}</div></details>'
    )


def how(options: dict[str, Any], trials: Sequence[Line]) -> str:
    """Budget, yardstick and rule."""
    spent = sum(line["seconds"] for line in trials)
    made = [line for line in trials if "left_out" not in line]
    blends = sum(line["model"] == "blend" for line in made)
    return (
        f"Each of {len(options['candidates'])} models could spend {options['budget']:g} s of "
        f"the processor on up to {options['trials_each']} settings; a trial that had begun went to "
        "its end, a network as far as the last epoch that fitted. All were fitted on a part of the "
        "purchases to learn from and judged by NDCG@10 on the rest of these, which was cut off in "
        "the way of the test, so nothing of the test had a say. For each question the best was "
        "taken, or a blend of the best of each model where half of the customers vouched for it "
        f"to the other half. {len(made) - blends} trials and {blends} blends took {spent:,.1f} s."
    )


def taken(choices: dict[str, Any], trials: Sequence[Line], dated: bool) -> str:
    """For each question what was chosen, and the score of the best single model and blend."""
    head = ["Question", "Chosen", "Best single model", "", "Best blend"]
    return table(head, (of_task(task, choices[task], trials, dated) for task in TITLES))


def of_task(task: str, choice: dict[str, Any], trials: Sequence[Line], dated: bool) -> list[str]:
    singles = leaders([line for line in trials if line["model"] != "blend"], task)
    blends = leaders([line for line in trials if line["model"] == "blend"], task)
    single, blend = (best[0] if best else None for best in (singles, blends))
    return [
        element("td", TITLES[task]),
        element("td", said(choice, dated), class_="text"),
        element("td", short(single, dated) if single else "", class_="text"),
        number(single[SCORE][task] if single else None, f"chosen/{task}/single"),
        number(blend[SCORE][task] if blend else None, f"chosen/{task}/blend"),
    ]


def leaders(trials: Sequence[Line], task: str) -> list[Line]:
    """The best trial of each model on this question, the best model first."""
    best: dict[str, Line] = {}
    for line in trials:
        score = line[SCORE].get(task)
        if (
            score is not None
            and score > best.get(line["model"], {SCORE: {task: -1.0}})[SCORE][task]
        ):
            best[line["model"]] = line
    return sorted(best.values(), key=lambda line: -line[SCORE][task])


def row(line: Line, place: int, dated: bool) -> list[str]:
    """A trial, or what was left out and why."""
    return [
        element("td", short(line, dated)),
        element("td", line.get("left_out") or worded(line["model"], line["options"], dated)),
        *(number(line[SCORE].get(task), f"trial/{place}/{task}") for task in TITLES),
        count(line["seconds"], f"trial/{place}/seconds", f"{line['seconds']:.1f}"),
    ]


def short(line: Line, dated: bool) -> str:
    return MODELS[line["model"]].short(dated) if line["model"] in MODELS else line["model"]
