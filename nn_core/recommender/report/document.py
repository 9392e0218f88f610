"""The report: verdict, pictures, tables, and how it was made, in one file that needs no network."""

from __future__ import annotations

from collections.abc import Iterator

from nn_core.recommender.report.facts import SHOWN, TITLES, Facts
from nn_core.recommender.report.html import element, facts, number, page, table
from nn_core.recommender.report.svg import Bar, bars
from nn_core.recommender.runs import Run
from nn_core.recommender.settings_words import raw, worded
from nn_core.recommender.told import sentences
from nn_core.recommender.verdict import begins


def report(run: Run, title: str = "") -> str:
    """A whole HTML page; every number is one of comparison.json, exact in its data-value."""
    known = Facts.of(run, title or "A recommender, judged")
    return page(f"{known.title}: report", sections(known))


def sections(known: Facts) -> Iterator[str]:
    own = known.comparison["task"]
    yield element("h1", known.title)
    yield element("p", "Made with Glassnet. All numbers are of this run.", class_="soft")
    yield from verdict(known, own)
    for task in [own, *(task for task in TITLES if task != own)]:
        yield from question(known, task)
    yield from settings(known)
    yield element("h2", "How it was made")
    yield facts(known.how_made())
    yield element("h2", "How the numbers are computed")
    yield facts(known.comparison["formulas"].items())
    yield element("p", INTERVALS, class_="soft")


def verdict(known: Facts, task: str) -> Iterator[str]:
    """What to do, as the page says it; a run of before has its one sentence."""
    found = known.verdict(task)
    said = sentences(found) if found else [known.comparison["winner"]]
    head = element("strong", found["headline"]) if found else ""
    lines = "".join(element("p", sentence) for sentence in said)
    yield f'<div class="verdict">{head}{lines}</div>'
    if found:
        yield element("p", known.comparison["winner"], class_="soft")


def question(known: Facts, task: str) -> Iterator[str]:
    """One task: its picture, its table, its groups of customers."""
    ranked = known.ranked(task)
    yield element("h2", f"{TITLES[task]}: the first {known.k} of the list")
    title = f"NDCG@{known.k} of each method, with 95 % intervals"
    rows = [
        Bar(
            model["label"],
            known.value(model, task, "ndcg") or 0.0,
            known.interval(model["model"], task),
        )
        for model in ranked
    ]
    said = "; ".join(f"{row.label} {row.value:.3f}" for row in rows)
    caption = element("figcaption", title)
    yield f"<figure>{caption}{bars(rows, f'{title}: {said}')}</figure>"
    yield table(
        ["Method", *SHOWN.values()],
        (
            [
                element("td", model["label"]),
                *(
                    number(known.value(model, task, name), f"{task}/{model['model']}/{name}")
                    for name in SHOWN
                ),
            ]
            for model in ranked
        ),
    )
    yield from groups(known, task)


def groups(known: Facts, task: str) -> Iterator[str]:
    told = known.groups(task)
    if not told:
        return
    yield element("h3", f"NDCG@{known.k} by group of customers and of products")
    yield table(
        ["Method", *(f"{group['whom']} ({group['customers']:,})" for group in told)],
        (
            [
                element("td", model["label"]),
                *(
                    number(
                        (known.in_group(task, model["model"], group["name"]) or {}).get("mean"),
                        f"{task}/{model['model']}/{group['name']}",
                    )
                    for group in told
                ),
            ]
            for model in known.ranked(task)
        ),
    )


def settings(known: Facts) -> Iterator[str]:
    """The options of each model, those that a validation chose included."""
    yield element("h2", "Settings")
    yield facts(
        (
            model["label"],
            f"{worded(model['model'], model['options'])} ({raw(model['options']) or 'no options'})",
        )
        for model in known.models
    )
    notes = [f"{begins(model)}: {model['note']}" for model in known.models if model["note"]]
    for note in notes:
        yield element("p", note, class_="soft")


INTERVALS = (
    "Intervals come from drawing the judged customers anew, with replacement. All methods ranked "
    "the whole catalogue for the same customers; everything was fitted on purchases before the cut."
)
