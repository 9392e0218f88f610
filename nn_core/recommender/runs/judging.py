"""One model of a study: fitted, judged on every task, fitted once more, kept in its folder."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nn_core.recommender.arrays import load_arrays, save_arrays
from nn_core.recommender.clock import Clock
from nn_core.recommender.extent import Extent
from nn_core.recommender.judge.evaluate import Judgement, evaluate, judge
from nn_core.recommender.judge.kept import Keeper
from nn_core.recommender.judge.standing import Entry
from nn_core.recommender.models import MODELS, Recommender, make_model
from nn_core.recommender.runs.progress import Progress
from nn_core.recommender.split import Split, TrainingData


@dataclass(frozen=True)
class Judged:
    """What is told of a model (see comparison.json), and its judgement on every task."""

    result: dict[str, Any]
    judgements: dict[str, Judgement]

    @property
    def entry(self) -> Entry:
        result = self.result
        spoken = result.get("spoken", "")  # a run of before says it by its label
        return Entry(result["model"], result["label"], result["network"], spoken)


@contextmanager
def loading(models: Sequence[Recommender]) -> Generator[None]:
    """Imports for later models go on while the first ones fit, and have ended when this ends."""
    threads = [threading.Thread(target=model.load, daemon=True) for model in models[1:]]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def one_model(
    model: Recommender,
    task: str,
    k: int,
    split: Split,
    learned: TrainingData,
    folder: Path | None,
    progress: Progress,
) -> Judged:
    """Fitted, judged on every task, fitted on what else there is to learn, saved."""
    home = folder / "models" / model.name if folder else None
    if home and (home / "judged.json").exists() and (home / "judged").exists():
        progress.skip(model.name)
        return found_again(home, split)
    clock = Clock()
    fitted = model.learn(split.train, progress.begin(model.name, "fit", home))
    clock.mark("fit")
    judging = progress.begin(model.name, "evaluate")
    keeper = Keeper(split, learned) if home else None
    judgements = evaluate(
        fitted, split, k, done=lambda done: judging.say({"done": done}), taker=keeper
    )
    if home and keeper:
        keeper.write(home)
    clock.mark("evaluate")
    settled, log = model.settled(fitted.arrays), fitted.log
    if learned is not split.train:
        fitted = settled.learn(learned, progress.begin(model.name, "refit", home))
        clock.mark("refit")
    dated = split.train.now is not None
    result = described(settled, fitted.note, judgements, task, clock.seconds, dated)
    result |= {"log": log} if log else {}
    if home:
        fitted.save(home)
        save_arrays(home / "judged", {name: one.lists for name, one in judgements.items()})
        (home / "judged.json").write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    progress.finish(model.name, {"metrics": result["metrics"], "seconds": result["seconds"]})
    return Judged(result, judgements)


def found_again(home: Path, split: Split) -> Judged:
    """What an earlier worker judged: its lists are kept, and all else follows from them."""
    result = json.loads((home / "judged.json").read_text(encoding="utf-8"))
    lists = load_arrays(home / "judged")
    return Judged(result, {task: judge(split, task, lists[task]) for task in result["tasks"]})


def described(
    model: Recommender,
    note: str,
    judgements: dict[str, Judgement],
    task: str,
    seconds: dict[str, float],
    dated: bool,
) -> dict[str, Any]:
    own, (label, spoken) = judgements[task], model.called(dated)
    return {
        "model": model.name,
        "label": label,
        "spoken": spoken,
        "network": model.network,
        "options": asdict(model),
        "note": note,
        "metrics": own.metrics(),
        "customers": len(own.customers),
        "tasks": {name: of_task(judgement) for name, judgement in judgements.items()},
        "seconds": seconds,
    }


def expected(model: Recommender, train: Extent, learned: Extent | None) -> dict[str, float]:
    """{step: seconds} of a model, for the progress and the time that is left; learned: what it is
    fitted on once more."""
    cells = train.customers * train.products
    steps = {"fit": model.seconds(train), "evaluate": model.scoring * cells}
    return steps | ({"refit": model.seconds(learned)} if learned else {})


def of_task(judgement: Judgement) -> dict[str, Any]:
    return {"customers": len(judgement.customers), "metrics": judgement.metrics()}


YARDSTICKS = ("recent-popularity", "repeats")
"""What every study is held against, whether it was asked for or not: without them nobody knows
what a model is worth."""


def yardsticks(chosen: Sequence[str], split: Split, task: str, k: int) -> list[Judged]:
    """The simple methods that the plan leaves out; they are judged and not kept."""
    found: list[Judged] = []
    for name in YARDSTICKS:
        if name in MODELS and name not in chosen:
            model = make_model(name)
            judgements = evaluate(model.learn(split.train), split, k)
            dated = split.train.now is not None
            found.append(Judged(described(model, "", judgements, task, {}, dated), judgements))
    return found
