"""For whom each method works: a table of groups of customers and products, coloured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nn_core.recommender.judge.people_groups import words
from nn_core.recommender.report.facts import Facts
from nn_core.recommender.report.html import element, number, table

COLOURS = "Blue: better than the simple method; orange: worse; a star: clear among all cells."


def groups(known: Facts, task: str) -> Iterator[str]:
    """Blue: better than the simple method, orange: worse, a star: hardly by chance."""
    told = known.groups(task)
    if not told:
        return
    yield element("h3", f"NDCG@{known.k} by group of customers and of products")
    for column in dict.fromkeys(group.get("own", "") for group in told):
        yield of_groups(known, task, [group for group in told if group.get("own", "") == column])
    yield element("p", COLOURS, class_="soft")
    if left_out := words(known.comparison["people"]) if "people" in known.comparison else "":
        yield element("p", left_out, class_="soft")


def of_groups(known: Facts, task: str, told: list[dict[str, Any]]) -> str:
    """The groups that any shop has, or those of one column of a customers' table."""
    return table(
        ["Method", *(f"{group['whom']} ({group['customers']:,})" for group in told)],
        (
            [
                element("td", model["label"]),
                *(
                    in_colour(
                        known.in_group(task, model["model"], group["name"]) or {},
                        f"{task}/{model['model']}/group/{group['name']}",
                    )
                    for group in told
                ),
            ]
            for model in known.ranked(task)
        ),
    )


def in_colour(found: dict[str, Any], name: str) -> str:
    difference = found.get("difference")
    if not difference:
        return number(found.get("mean"), name)
    side = "better" if difference["mean"] > 0 else "worse" if difference["mean"] < 0 else "same"
    return number(found["mean"], name, side, "*" if difference["clear"] else "")
