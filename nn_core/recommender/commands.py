"""The subcommands that fit and use models: train, compare, recommend."""

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from nn_core.recommender import cli
from nn_core.recommender.cli import writing
from nn_core.recommender.data.choices import names_of
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.stored import store
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.export import RECOMMENDATION_COLUMNS, safe_csv
from nn_core.recommender.holdout import HOLDOUTS, SplitOptions
from nn_core.recommender.job import studied_and_noted
from nn_core.recommender.models import MODELS
from nn_core.recommender.runs.lists import FORMS, write_csv, write_lists
from nn_core.recommender.runs.runs import open_run
from nn_core.recommender.runs.study import Plan, study
from nn_core.recommender.split import TASKS
from nn_core.recommender.tables import as_text, list_as_text

SHARED = ("winner", "difference", "network_difference", "formulas", "verdicts")
"""Of a comparison: what is said of all its models together."""


def add_commands(
    commands: Any, add_column_options: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Adds the three subcommands; each sets `handler`."""
    train = commands.add_parser("train", help="fit one model, judge it, keep it in a folder")
    add_column_options(train)
    train.add_argument("--model", required=True, metavar="NAME", help=", ".join(MODELS))
    train.add_argument(
        "--set", action="append", default=[], metavar="OPTION=VALUE", help="an option of the model"
    )
    train.add_argument("--out", metavar="RUN", help="the folder that keeps the model")
    train.set_defaults(handler=train_command)
    compare = commands.add_parser("compare", help="fit and judge several models on one split")
    add_column_options(compare)
    compare.add_argument("--models", required=True, metavar="NAME,...", help=", ".join(MODELS))
    compare.set_defaults(handler=compare_command)
    for parser in (train, compare):
        add_study_options(parser)
    add_recommend(commands)


def add_study_options(parser: argparse.ArgumentParser) -> None:
    usual = SplitOptions()
    group = parser.add_argument_group("what is held out")
    group.add_argument("--split", default=usual.method, metavar="|".join(HOLDOUTS))
    end = group.add_mutually_exclusive_group()
    end.add_argument("--test-days", type=int, default=usual.test_days, metavar="DAYS")
    end.add_argument("--test", metavar="FILE2", help="judge on this file instead of splitting")
    group.add_argument("--ordered", action="store_true", help="rows stand in order of time")
    group.add_argument("--min-buyers", type=int, metavar="N", help="of a product that is ranked")
    group.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument(
        "--customers-groups",
        metavar="COLUMN,...",
        help="columns of the customer table that make groups (default: the first three that can; "
        "'none' for none)",
    )
    parser.add_argument("--task", default="discover", metavar="|".join(TASKS))
    parser.add_argument("-k", type=int, default=10, help="places on a list (default %(default)s)")
    parser.add_argument(
        "--insight-seconds",
        type=float,
        default=0.0,
        metavar="S",
        help="for small studies kept with --out: what a split flatters, learning curves, ageing",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_recommend(commands: Any) -> None:
    parser = commands.add_parser("recommend", help="lists from a folder that train wrote")
    parser.add_argument("run", metavar="RUN")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--user", metavar="ID", help="one customer")
    who.add_argument("--all", action="store_true", help="every customer")
    parser.add_argument("-k", type=int, default=10, help="places on a list (default %(default)s)")
    parser.add_argument("--task", metavar="|".join(TASKS), help="default: the run's own")
    parser.add_argument("--model", metavar="NAME", help="default: the best of the run")
    parser.add_argument("--out", metavar="FILE", help="write to this .csv or .parquet")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(handler=recommend_command)


def train_command(args: argparse.Namespace) -> None:
    plan = plan_of(args, {args.model: dict(option(text) for text in args.set)})
    comparison = studied(args, plan, made_ready(args.out, plan) if args.out else None)
    one = comparison["models"][0] | {name: comparison[name] for name in SHARED}
    print(json.dumps(one, ensure_ascii=False) if args.json else as_text(comparison))


def compare_command(args: argparse.Namespace) -> None:
    names = [name.strip() for name in args.models.split(",") if name.strip()]
    comparison = studied(args, plan_of(args, {name: {} for name in names}), None)
    print(json.dumps(comparison, ensure_ascii=False) if args.json else as_text(comparison))


def plan_of(args: argparse.Namespace, models: dict[str, dict[str, Any]]) -> Plan:
    """The plan that the options describe, checked before a file is read."""
    split = SplitOptions(
        method="file" if args.test else args.split,
        test_days=args.test_days,
        ordered=args.ordered,
        min_buyers=args.min_buyers or (1 if args.test else SplitOptions.min_buyers),
        seed=args.seed,
    )
    plan = Plan(
        models,
        split,
        args.task,
        args.k,
        True,
        args.insight_seconds,
        names_of(args.customers_groups),
    )
    plan.recommenders()
    return plan


def option(text: str) -> tuple[str, Any]:
    """ "epochs=5" -> ("epochs", 5)."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ShopDataError(f"'--set {text}' has no value. Write --set OPTION=VALUE.")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def studied(args: argparse.Namespace, plan: Plan, folder: Path | None) -> dict[str, Any]:
    """Reads the file or files, carries out the plan, and adds the seconds of reading."""
    opened = cli.open_file(args)
    test = cli.open_second(args, args.test, opened.interactions) if args.test else None
    if folder is None:
        comparison = study(opened.interactions, plan, test=test)
    else:
        keep_purchases(opened.interactions, test, folder.parent / "input")
        comparison = studied_and_noted(opened.interactions, plan, folder, test=test)
    for result in comparison["models"]:
        result["seconds"] = {"read": round(opened.seconds, 3)} | result["seconds"]
    return comparison


def keep_purchases(shop: Interactions, test: Interactions | None, place: Path) -> None:
    """RUN/input, so that a run can be made again without its file; a second file in input/test."""
    shutil.rmtree(place, ignore_errors=True)
    store(shop, place)
    if test:
        store(test, place / "test")


def made_ready(out: str, plan: Plan) -> Path:
    """RUN/result, empty; an earlier run in that folder is replaced, anything else is left alone."""
    run = Path(out)
    if run.exists() and not (run / "spec.json").exists() and (run.is_file() or any(run.iterdir())):
        raise ShopDataError(f"{out} exists and is not a run. Choose another --out.")
    shutil.rmtree(run / "result", ignore_errors=True)
    try:
        (run / "result").mkdir(parents=True)
    except OSError as error:
        raise ShopDataError(f"{out} cannot be made ({error.strerror}). Choose another.") from error
    (run / "spec.json").write_text(json.dumps({"kind": "shop", **plan.to_json()}, indent=1))
    return run / "result"


def recommend_command(args: argparse.Namespace) -> None:
    run = open_run(Path(args.run))
    if args.all and args.out and not args.json:
        with writing(args.out) as file:
            rows = write_lists(run, file, args.k, args.task, args.model)
        print(f"{rows:,} rows are in {args.out}.")
        return
    if args.all:
        lists, note = run.recommend_all(args.k, args.task, args.model), ""
        answer: dict[str, Any] = {"rows": lists.to_dict("records")}
    else:
        found = run.recommend(args.user, args.k, args.task, args.model)
        answer, note = vars(found), found.note
        rows = [{"customer": found.customer, **row} for row in found.rows]
        lists = pd.DataFrame(rows, columns=list(RECOMMENDATION_COLUMNS))
    if args.out:
        with writing(args.out) as file:
            FORMS.get(file.suffix.lower(), write_csv)(iter([lists]), file)
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    elif args.out:
        print(f"{note} {len(lists):,} rows are in {args.out}.".strip())
    elif args.all:
        sys.stdout.write(safe_csv(lists))
    else:
        print(list_as_text(lists, note))
