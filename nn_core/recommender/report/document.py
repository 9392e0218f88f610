"""The report: verdict, pictures, tables, and how it was made, in one file that needs no network."""

from __future__ import annotations

from collections.abc import Iterator

from nn_core.recommender.judge.told import difference_rows, of_100, same_words, sentences
from nn_core.recommender.judge.verdict import begins
from nn_core.recommender.report.chosen import chosen
from nn_core.recommender.report.data import data
from nn_core.recommender.report.facts import RIGHT, TITLES, WHAT_LISTS_ARE_LIKE, Facts
from nn_core.recommender.report.groups import groups
from nn_core.recommender.report.html import element, facts, figure, number, page, table
from nn_core.recommender.report.plots import Range, forest
from nn_core.recommender.report.studies import studies
from nn_core.recommender.report.svg import Bar, bars
from nn_core.recommender.runs.made import audited
from nn_core.recommender.runs.runs import Run
from nn_core.recommender.settings_words import raw, worded


def report(run: Run, title: str = "") -> str:
    """A whole HTML page; every number is one of comparison.json, exact in its data-value."""
    known = Facts.of(run, title or "A recommender, judged")
    return page(f"{known.title}: report", sections(known, run))


def sections(known: Facts, run: Run) -> Iterator[str]:
    own = known.comparison["task"]
    yield element("h1", known.title)
    yield element("p", "Made with Glassnet. All numbers are of this run.", class_="soft")
    yield from verdict(known, own)
    yield from data(audited(run.folder))
    for task in [own, *(task for task in TITLES if task != own)]:
        yield from question(known, task)
    yield from studies(run.insights)
    yield from chosen(known)
    yield from settings(known)
    yield element("h2", "How it was made")
    yield facts(known.how_made())
    yield element("h2", "How the numbers are computed")
    yield facts(formulas(known))
    yield element("p", INTERVALS, class_="soft")


def formulas(known: Facts) -> Iterator[tuple[str, str]]:
    """By the words of the tables, with the name that the command line has."""
    titles = RIGHT | WHAT_LISTS_ARE_LIKE
    for name, formula in known.comparison["formulas"].items():
        yield f"{titles.get(name.partition('@')[0], name)} ({name})", formula


def verdict(known: Facts, task: str) -> Iterator[str]:
    """What to do, as the page says it; a run of before has its one sentence."""
    found = known.verdict(task)
    said = sentences(found) if found else [known.comparison["winner"]]
    head = element("strong", found["headline"]) if found else ""
    lines = "".join(element("p", sentence) for sentence in said)
    yield f'<div class="verdict">{head}{lines}</div>'
    if found:
        yield from of_hundred(known, task)
        yield element("p", known.comparison["winner"], class_="soft")


def of_hundred(known: Facts, task: str) -> Iterator[str]:
    """The card's two numbers as bars."""
    rows = [
        Bar(row["label"], row["value"], None if row["low"] is None else (row["low"], row["high"]))
        for row in of_100(known.comparison, task)
    ]
    if rows:
        title = "Customers of 100 with a right product, with 95% intervals"
        yield figure(title, bars(rows, f"{title}: {told_of(rows)}", digits=0))


def question(known: Facts, task: str) -> Iterator[str]:
    """One task: its pictures, its tables, its groups of customers."""
    ranked = known.ranked(task)
    yield element("h2", f"{TITLES[task]}: the first {known.k} of the list")
    title = f"NDCG@{known.k} of each method, with 95% intervals"
    rows = [
        Bar(
            model["label"],
            known.value(model, task, "ndcg") or 0.0,
            known.interval(model["model"], task),
        )
        for model in ranked
    ]
    yield figure(title, bars(rows, f"{title}: {told_of(rows)}"))
    yield from (element("p", said, class_="soft") for said in same_words(known.comparison, task))
    for names in (RIGHT, WHAT_LISTS_ARE_LIKE):
        yield measures(known, task, names)
    yield from differences(known, task)
    yield from groups(known, task)


def measures(known: Facts, task: str, names: dict[str, str]) -> str:
    """A row a method; a measure that nobody knows, such as revenue without prices, is left out."""
    ranked = known.ranked(task)
    there = {
        name: title
        for name, title in names.items()
        if any(known.value(model, task, name) is not None for model in ranked)
    }
    return table(
        ["Method", *there.values()],
        (
            [
                element("td", model["label"]),
                *(
                    number(known.value(model, task, name), f"{task}/{model['model']}/{name}")
                    for name in there
                ),
            ]
            for model in ranked
        ),
    )


def differences(known: Facts, task: str) -> Iterator[str]:
    """Every method against the best simple one, in intervals that hold together."""
    against, how, rows = difference_rows(known.comparison, task, "simple", "ndcg")
    if not rows:
        return
    title = f"NDCG@{known.k} against: {against}"
    drawn = [
        Range(row["label"], row["mean"], row["low"], row["high"], row["clear"])
        for row in sorted(rows, key=lambda row: -row["mean"])
    ]
    said = "; ".join(f"{row.label} {row.low:+.3f} to {row.high:+.3f}" for row in drawn)
    yield figure(title, forest(drawn, f"{title}. {said}"))
    yield element("p", f"A filled dot: zero lies outside. {begun(how)}.", class_="soft")


def begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def told_of(rows: list[Bar]) -> str:
    """For those who hear the picture."""
    return "; ".join(f"{row.label} {row.value:.3g}" for row in rows)


def settings(known: Facts) -> Iterator[str]:
    """The options of each model, those that a validation chose included."""
    yield element("h2", "Settings")
    yield facts(
        (
            model["label"],
            f"{worded(model['model'], model['options'], known.dated)} "
            f"({raw(model['options']) or 'no options'})",
        )
        for model in known.models
    )
    for model in (model for model in known.models if model["note"]):
        yield element("p", f"{begins(model)}: {model['note']}", class_="soft")


INTERVALS = (
    "Intervals come from drawing the judged customers anew, with replacement. All methods ranked "
    "the whole catalogue for the same customers; everything was fitted on purchases before the cut."
)
