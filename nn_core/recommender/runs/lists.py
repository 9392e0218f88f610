"""Everybody's list as a file: made once, kept in the run, and typed where the form has types."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from nn_core.recommender.export import safe_csv
from nn_core.recommender.judge.ranked import ranked_for_all

if TYPE_CHECKING:
    from nn_core.recommender.runs.runs import Run

SMALL = 2_000_000
"""Scores. So many are ranked in less time than a process takes to start."""

SCHEMA: Any = pa.schema(
    [
        ("customer", pa.string()),
        ("product", pa.string()),
        ("name", pa.string()),
        ("rank", pa.int32()),
        ("score", pa.float32()),
    ]
)
"""What a Parquet file of lists holds: the columns of the CSV, with their types."""


def parts(
    run: Run, k: int, task: str | None = None, model: str | None = None
) -> Iterator[pd.DataFrame]:
    """Every customer's list, so many customers at a time that their scores fit into memory."""
    task, fitted, catalogue = run.question(task), run.model(model), run.catalogue
    customers, products, names = (
        np.array(ids, dtype=object)
        for ids in (catalogue.customers, catalogue.products, catalogue.names)
    )
    for some, best, scores in ranked_for_all(fitted, catalogue.histories, k, task):
        row, place = np.nonzero(best >= 0)
        product = best[row, place]
        yield pd.DataFrame(
            {
                "customer": customers[some[row]],
                "product": products[product],
                "name": names[product],
                "rank": place + 1,
                "score": scores[row, place],
            }
        )


def write_csv(tables: Iterator[pd.DataFrame], file: Path) -> int:
    """A CSV that any spreadsheet opens safely -> how many rows it has."""
    rows = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        for place, table in enumerate(tables):
            out.write(safe_csv(table, header=place == 0))
            rows += len(table)
    return rows


def write_parquet(tables: Iterator[pd.DataFrame], file: Path) -> int:
    """Parquet, text as it is, because nothing in a Parquet file runs -> how many rows it has."""
    rows = 0
    with parquet.ParquetWriter(file, SCHEMA) as out:
        for table in tables:
            out.write_table(pa.Table.from_pandas(table, SCHEMA, preserve_index=False))
            rows += len(table)
    return rows


FORMS: dict[str, Callable[[Iterator[pd.DataFrame], Path], int]] = {
    ".csv": write_csv,
    ".parquet": write_parquet,
}
"""What a file of lists can be, by the end of its name."""


def write_lists(run: Run, file: Path, k: int, task: str | None, model: str | None) -> int:
    """Everybody's list into this file, as its name says; CSV where it says nothing known."""
    form = FORMS.get(file.suffix.lower(), write_csv)
    return form(parts(run, k, task, model), file)


def kept_lists(run: Run, k: int, task: str, model: str, form: str = ".csv") -> Path | None:
    """The run's own file of lists, which the first call makes. Where there is much to score, a
    process of its own does, so that a server neither grows nor stops answering. None if that
    process could not finish it."""
    file = run.folder / "lists" / f"{model} {task} {k}{form}"
    if file.exists():
        return file
    file.parent.mkdir(exist_ok=True)
    unfinished = file.with_name(f"{secrets.token_hex(4)}{form}")
    if len(run.catalogue.customers) * len(run.catalogue.products) <= SMALL:
        write_lists(run, unfinished, k, task, model)
    elif not made_apart(run.folder, k, task, model, unfinished):
        unfinished.unlink(missing_ok=True)
        return None
    os.replace(unfinished, file)
    return file


def made_apart(folder: Path, k: int, task: str, model: str, file: Path) -> bool:
    """The command line's `recommend RUN --all`; did it work?"""
    command = [sys.executable, "-m", "nn_core.recommender", "recommend", str(folder.resolve())]
    choices = ["--all", "-k", str(k), "--task", task, "--model", model]
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [*command, *choices, "--out", str(file.resolve())],
        cwd=root,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0
