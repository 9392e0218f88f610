"""The subcommands for a run that is kept: forget a customer, write the report and the cards."""

import argparse
import json
from pathlib import Path
from typing import Any

from nn_core.recommender.cli import write
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forgetting.forget import forget
from nn_core.recommender.forgetting.kept_out import list_of
from nn_core.recommender.forgetting.proof_words import elsewhere_words, proof_words, stays_out_words
from nn_core.recommender.job import studied_and_noted
from nn_core.recommender.report import model_card, report
from nn_core.recommender.runs.runs import open_run
from nn_core.recommender.runs.study import Plan


def add_keeping(commands: Any) -> None:
    parser = commands.add_parser("forget", help="take a customer out of a run, and prove it")
    parser.add_argument("run", metavar="RUN")
    parser.add_argument("--user", metavar="ID", required=True)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(handler=forget_command)

    lift = commands.add_parser("lift", help="let a customer back in who was forgotten, and agrees")
    lift.add_argument("run", metavar="RUN", help="in which the customer was forgotten")
    lift.add_argument("--user", metavar="ID", required=True)
    lift.set_defaults(handler=lift_command)

    document = commands.add_parser("report", help="a run as an HTML file to hand on")
    document.add_argument("run", metavar="RUN")
    document.add_argument("--card", metavar="MODEL", help="the card of this model, in Markdown")
    document.add_argument("--out", metavar="FILE", required=True)
    document.set_defaults(handler=report_command)


def report_command(args: argparse.Namespace) -> None:
    run, title = open_run(Path(args.run)), title_of(Path(args.run))
    text = model_card(run, args.card, title) if args.card else report(run, title)
    write(args.out, text)
    print(f"{args.out} is written.")


def title_of(folder: Path) -> str:
    """What its owner calls the run; else the folder's name."""
    file = folder / "spec.json"
    asked: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return asked.get("title") or folder.resolve().name


def run_in(args: argparse.Namespace) -> Path:
    """RUN; ShopDataError where it is none."""
    folder = Path(args.run)
    if not (folder / "spec.json").exists():
        raise ShopDataError(f"{folder} is no run. Give the folder that `train --out` wrote.")
    return folder


def lift_command(args: argparse.Namespace) -> None:
    if not list_of(run_in(args)).lift(args.user):
        raise ShopDataError(
            f"Nobody who is spelled like '{args.user}' was forgotten here: nothing was changed. "
            "Give the id as it stood in the file."
        )
    print("From now on the rows of this customer are read again, from files that are read anew.")


def forget_command(args: argparse.Namespace) -> None:
    folder = run_in(args)
    plan = Plan.from_json(json.loads((folder / "spec.json").read_text(encoding="utf-8")))

    def made(shop: Interactions, test: Interactions | None) -> None:
        studied_and_noted(shop, plan, folder / "result", test=test)

    proof = forget(folder, args.user, made)
    print(json.dumps(proof) if args.json else proof_as_text(proof))


def proof_as_text(proof: dict[str, Any]) -> str:
    """For a terminal: the sums, then every file that was looked into."""
    rows, found = proof["rows"], proof["found"]
    lines = [
        f"{rows['before'] - rows['after']:,} of {rows['before']:,} purchases are gone; all models "
        "were fitted again on the others.",
        f"The id stood in {found['before']:,} places and stands in {found['after']:,} now.",
        *elsewhere_words(proof),
        *stays_out_words(proof),
        *models_as_text(proof.get("unlearned")),
        *(
            f"  {said(place['before']):>9} -> {said(place['after']):>9}  {place['file']}"
            for place in proof["places"]
        ),
    ]
    return "\n".join(lines)


def models_as_text(found: dict[str, Any] | None) -> list[str]:
    """What each model says of others, held against one that never saw the customer."""
    if not found:
        return []
    rows = [
        f"  {said(one['before'], '-'):>9} -> {said(one['after'], '-'):>9}  {one['model']}"
        for one in found["models"]
    ]
    title = "Scores of others that differ from a model that never saw the customer:"
    return [*proof_words(found), title, *rows]


def said(count: int | None, nothing: str = "no file") -> str:
    return nothing if count is None else f"{count:,}"
