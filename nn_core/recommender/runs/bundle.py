"""A run as one zip file to take away: unzipped, it is a folder that `recommend` reads."""

from __future__ import annotations

import json
import os
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from nn_core.recommender.runs.runs import open_run

READ_ME = """A recommender, as a folder. In a clone of Glassnet:

    python -m nn_core.recommender recommend THIS_FOLDER --user ID
    python -m nn_core.recommender recommend THIS_FOLDER --all --out lists.csv
    python -m nn_core.recommender report THIS_FOLDER --out report.html

result/comparison.json  how the models were judged
result/made.json        from which purchases, with which settings and versions
result/models/          what each model learned, as .npy files (numpy.load)
result/histories/       what each customer bought of the ranked products: without it nobody knows
                        what is new to a customer
result/catalogue.json   whose and which these are, by number

{purchases}
"""
WITH = "input/ holds the purchases themselves: keep this folder as you keep your order book."
WITHOUT = "The purchases as they were uploaded (prices, orders, rows set aside) are not in here."


def bundle(folder: Path, file: Path, models: Sequence[str], purchases: bool = False) -> Path:
    """Zips the run in `folder` with these of its models -> `file`. The rows that it was trained on
    go along only where asked for; tokens, links and the workspace never do."""
    unfinished = file.with_name(f"{file.stem}.{secrets.token_hex(4)}.zip")
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.writestr("run/README.txt", READ_ME.format(purchases=WITH if purchases else WITHOUT))
        made.writestr("run/spec.json", json.dumps(plan_only(folder), indent=1))
        for path in kept_files(folder, models, purchases):
            made.write(path, f"run/{path.relative_to(folder).as_posix()}")
    os.replace(unfinished, file)
    return file


def plan_only(folder: Path) -> dict[str, object]:
    """What was asked for, without whose workspace it was."""
    spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
    return {name: value for name, value in spec.items() if name != "workspace"}


def kept_files(folder: Path, models: Sequence[str], purchases: bool) -> Iterator[Path]:
    """What of a run goes into the zip: neither lists made on the way, nor checkpoints, nor what the
    small studies are just writing, nor what customers bought after the cut and were shown, unless
    the purchases go along."""
    result = open_run(folder).folder
    dropped = set(open_run(folder).models()) - set(models)
    for path in sorted(path for path in result.rglob("*") if path.is_file()):
        place = path.relative_to(result).parts
        made = place[0] in ("lists", "exports", "steps") or path.name.startswith(
            ("checkpoint", ".")
        )
        judging = place[0] == "judged" or "lists" in place[2:]
        left_out = made or (judging and not purchases)
        # A model that stays behind leaves its judgement, which the comparison shows.
        other = place[0] == "models" and place[1] in dropped and path.name != "judged.json"
        if not left_out and not other:
            yield path
    if purchases:
        yield from sorted(path for path in (folder / "input").rglob("*") if path.is_file())
