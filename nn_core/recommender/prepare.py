"""A file made ready once: purchases stored for a worker, and a report for a page to show.

A page calls `prepare` directly for a small file. For a large one it starts

    python -m nn_core.recommender.prepare FOLDER

which reads FOLDER/request.json, so that neither the memory nor the seconds are the server's.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from nn_core.jobs.folder import write_atomically
from nn_core.recommender.audit import audit
from nn_core.recommender.builtin import BUILTIN, grocery_year
from nn_core.recommender.columns import choose_columns
from nn_core.recommender.dates import DateOrder
from nn_core.recommender.errors import DateOrderError, ShopDataError
from nn_core.recommender.export import safe_csv
from nn_core.recommender.interactions import Interactions
from nn_core.recommender.reading import read_table
from nn_core.recommender.stored import store

SMALL = 2_000_000  # bytes; less is read in the time that a process takes to start
PREVIEW = 200  # rows set aside that a page shows; all of them are in the download


@dataclass(frozen=True)
class Request:
    """A file (or the built-in year), its name for people, and what was chosen about its columns."""

    source: str
    name: str
    columns: dict[str, str | None]
    dates: DateOrder | None = None


def prepare(request: Request, folder: Path) -> dict[str, Any]:
    """The report, which also stands in FOLDER/report.json; a second call only reads it.

    folder/shop has the stored purchases, folder/set_aside.csv the rows set aside. The report has
    `error` (a sentence) where the data cannot be used, and `names`, the file's columns, as soon
    as they are known, so that the person can choose others.
    """
    done = folder / "report.json"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "request.json", asdict(request))
        if request.source != BUILTIN and Path(request.source).stat().st_size < SMALL:
            make_ready(request, folder)
        elif died := run_apart(folder):
            return {"name": request.name, "names": [], "guesses": [], "error": died}
    return json.loads(done.read_text(encoding="utf-8"))


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
    report: dict[str, Any] = {"name": request.name, "names": [], "guesses": [], "error": None}
    try:
        shop = read(request, report)
    except ShopDataError as error:
        report |= {"error": str(error), "two_date_orders": isinstance(error, DateOrderError)}
    else:
        store(shop, folder / "shop")
        text = safe_csv(shop.set_aside)
        (folder / "set_aside.csv").write_text(text, encoding="utf-8", newline="")
        report |= {"audit": audit(shop).to_json(), "preview": preview(shop.set_aside)}
    write_atomically(folder / "report.json", report)


def read(request: Request, report: dict[str, Any]) -> Interactions:
    """The purchases; `report` gains what is learnt on the way, which outlives an error."""
    if request.source == BUILTIN:
        report["format"] = "built in"
        return grocery_year()
    table = read_table(Path(request.source), request.name)
    report |= {"names": list(table.frame.columns), "format": table.format, "notes": table.notes}
    columns, guesses = choose_columns(table.frame, request.columns)
    report["guesses"] = [asdict(guess) for guess in guesses]
    return Interactions.from_frame(table.frame, columns, dates=request.dates, ragged=table.ragged)


def preview(aside: pd.DataFrame) -> dict[str, Any]:
    """The first rows set aside as text, in the form that pandas reads back."""
    rows: Any = aside.head(PREVIEW).astype("str")
    return {"titles": [str(title) for title in aside.columns], "rows": rows.to_numpy().tolist()}


if __name__ == "__main__":
    place = Path(sys.argv[1])
    asked = json.loads((place / "request.json").read_text(encoding="utf-8"))
    make_ready(Request(**asked), place)
