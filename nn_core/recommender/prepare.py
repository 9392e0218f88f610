"""A file made ready once: purchases stored for a worker, and a report for a page to show.

A page calls `prepare` directly for a small file. For a large one it starts

    python -m nn_core.recommender.prepare FOLDER

which reads FOLDER/request.json, so that neither the memory nor the seconds are the server's.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from nn_core.jobs.folder import write_atomically
from nn_core.recommender.data.builtin import BUILTIN, grocery_year
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.column_facts import column_facts
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.joining import OF
from nn_core.recommender.data.offered import best_sellers
from nn_core.recommender.data.opening import Opened, open_purchases
from nn_core.recommender.data.personal import key_in
from nn_core.recommender.data.reading import Table
from nn_core.recommender.data.stored import forget_the_file, opened_table, store
from nn_core.recommender.data.workbook import is_workbook
from nn_core.recommender.errors import DateOrderError, SecondFileError, ShopDataError
from nn_core.recommender.export import safe_csv
from nn_core.recommender.forgetting.found_in import remove_older
from nn_core.recommender.forgetting.kept_out import KeptOut
from nn_core.recommender.forgetting.left_out import words as left_out_words
from nn_core.recommender.histories import categories
from nn_core.recommender.judge.people_groups import grouping
from nn_core.recommender.portrait.audit import audit

SMALL = 2_000_000  # bytes; less is read in the time that a process takes to start
PREVIEW = 200  # rows set aside that a page shows; all of them are in the download


@dataclass(frozen=True)
class Request:
    """A file (or the built-in year), its name for people, and what was chosen about it.

    more  {"catalogue" or "customers": a second file, and its name}
    key   the folder that keeps the key of pseudonyms; None for a source that needs none
    asks  whether a person is to decide about personal data before anything is written
    """

    source: str
    name: str
    choices: Choices = field(default_factory=Choices)
    more: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    key: str | None = None
    asks: bool = False

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Request":
        made: dict[str, Any] = plain | {"choices": Choices.from_json(plain["choices"])}
        return cls(**made)


def prepare(request: Request, folder: Path) -> dict[str, Any]:
    """The report, which also stands in FOLDER/report.json; a second call only reads it.

    folder/shop has the stored purchases, folder/set_aside.csv the rows set aside. The report has
    `error` (a sentence) where the data cannot be used, `left_out` (sentences) for second files that
    do not fit, and `names`, the file's columns, as soon as they are known, to choose others.
    """
    done = folder / "report.json"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "request.json", asdict(request))
        if request.source != BUILTIN and small(Path(request.source)):
            make_ready(request, folder)
        elif died := run_apart(folder):
            return {"name": request.name, "names": [], "guesses": [], "error": died}
    return json.loads(done.read_text(encoding="utf-8"))


def small(source: Path) -> bool:
    """A workbook is not: its size tells little of what it unpacks to."""
    if not source.is_file() or source.stat().st_size >= SMALL:
        return False
    return not is_workbook(source.read_bytes())


def run_apart(folder: Path) -> str | None:
    """In a process of its own. A sentence if it died, which the next visit tries again."""
    command = [sys.executable, "-m", "nn_core.recommender.prepare", str(folder.resolve())]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    if not done.returncode:
        return None
    said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}, memory may be short"]
    return f"Reading the file stopped ({said[-1]}): try again, or upload fewer rows and columns."


def make_ready(request: Request, folder: Path) -> None:
    asked = [] if request.source == BUILTIN else list_beside(request).state()
    report: dict[str, Any] = {"name": request.name, "error": None, "waits": False, "asked": asked}
    report |= {name: [] for name in ("names", "guesses", "personal", "joins", "left_out")}
    try:
        shop = read(request, folder, report)
        shop = shop and list_beside(request).left_out(shop)
    except ShopDataError as error:
        report |= {"error": str(error), "two_date_orders": isinstance(error, DateOrderError)}
    else:
        report["waits"] = shop is None
        if shop is not None:
            keep(shop, folder)
            report |= {"audit": audit(shop).to_json(), "preview": preview(shop.set_aside)}
            report["forgotten"] = left_out_words(shop)
            report["products"] = best_sellers(shop)
            report["groups"] = [*grouping(shop.people, categories(shop.frame, "customer"))]
    remove_older(folder, asked)
    write_atomically(folder / "report.json", report)


def list_beside(request: Request) -> KeptOut:
    """Of those who asked to be forgotten, beside the key of pseudonyms."""
    return KeptOut(Path(request.key or Path(request.source).parent))


def keep(shop: Interactions, folder: Path) -> None:
    store(shop, folder / "shop")
    text = safe_csv(shop.set_aside)
    (folder / "set_aside.csv").write_text(text, encoding="utf-8", newline="")


def read(request: Request, folder: Path, report: dict[str, Any]) -> Interactions | None:
    """The purchases; None where a person must first decide about personal data. `report` gains
    what is learnt on the way, which outlives an error."""
    if request.source == BUILTIN:
        report["format"] = "built in"
        return grocery_year(Choices(exclude=request.choices.exclude))
    source = Path(request.source)
    table = opened_table(source, request.name, request.choices.sheet)
    report["sheets"] = table.sheets
    report["notes"] = table.notes
    key = key_in(list_beside(request).folder)
    choices = request.choices
    if source.is_dir():  # without what was personal, but for what was to be kept
        kept = {name: what for name, what in choices.personal.items() if what == "keep"}
        choices = replace(choices, personal=kept)
    found = with_those_that_fit(request, table, choices, key, report)
    if found.personal and request.asks:
        return None
    if found.personal and not source.is_dir():
        forget_the_file(found.table, source)
    report["second_notes"] = [note for second in found.more.values() for note in second.table.notes]
    for kind, second in found.more.items():
        file = Path(request.more[kind][0])
        if second.findings and file.is_file():
            forget_the_file(second.table, file)
    facts = column_facts(found.table.frame, found.guesses, choices.dates, found.baskets is not None)
    report["columns"] = list_beside(request).unnamed([one.to_json() for one in facts])
    for join in found.joins:
        text = safe_csv(join.mismatches())
        (folder / f"{join.of}_mismatches.csv").write_text(text, encoding="utf-8", newline="")
    return found.interactions


def with_those_that_fit(
    request: Request, table: Table, choices: Choices, key: bytes, report: dict[str, Any]
) -> Opened:
    """The purchases with the second files; one that cannot be used is left out, and `left_out` of
    the report says why."""
    more: dict[str, Table] = {}
    for kind, (file, name) in request.more.items():
        try:
            more[kind] = opened_table(Path(file), name)
        except ShopDataError as error:
            report["left_out"].append(str(error))
    while True:
        try:
            found = open_purchases(table, choices, key, more, report.update)
            break
        except SecondFileError as error:
            report["left_out"].append(str(error))
            more = {kind: second for kind, second in more.items() if OF[kind] != error.of}
    joins = list_beside(request).unjoined(found.joins, found.interactions)
    report["joins"] = [join.to_json() for join in joins]
    return replace(found, joins=joins)


def preview(aside: pd.DataFrame) -> dict[str, Any]:
    """The first rows set aside as text, in the form that pandas reads back."""
    rows: Any = aside.head(PREVIEW).astype("str")
    return {"titles": [str(title) for title in aside.columns], "rows": rows.to_numpy().tolist()}


if __name__ == "__main__":
    place = Path(sys.argv[1])
    asked = json.loads((place / "request.json").read_text(encoding="utf-8"))
    make_ready(Request.from_json(asked), place)
