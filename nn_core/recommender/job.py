"""A study as a job: submitted with its purchases, carried out by the worker."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nn_core import jobs
from nn_core.jobs.folder import RunFolder, write_atomically
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.stored import store, stored
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forgetting.forget import forget, purchases_of, trained_again
from nn_core.recommender.forgetting.kept_out import list_of
from nn_core.recommender.models.base import silent
from nn_core.recommender.runs.made import note_audit, note_how
from nn_core.recommender.runs.next_month import next_month
from nn_core.recommender.runs.opened import close_run
from nn_core.recommender.runs.renewed import renewed
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan, nothing_more, study


def submit_study(workspace: str, shop: Interactions, plan: Plan, title: str = "") -> str:
    """-> the run's id. ShopDataError for a plan that cannot work, before anything is written."""
    plan.recommenders()
    spec = {"kind": "shop", "title": title, **plan.to_json()}
    return jobs.submit(workspace, spec, lambda folder: store(shop, folder))


def carry_out(run: RunFolder, say: Callable[[dict[str, Any]], None]) -> None:
    """In the worker: purchases in input/ -> models, judgements, comparison.json in result/; or an
    order that was given to a run that was done."""
    plan, order = Plan.from_json(run.spec()), run.path / "order.json"

    if (run.input / "added").exists():
        grow(run)
    grown = (run.input / "growth.json").exists()

    def judged() -> None:
        if grown:
            say({"event": "renewed"})
            note_renewal(run, plan)

    def made(shop: Interactions, test: Interactions | None) -> None:
        studied_and_noted(shop, plan, run.result, say, test, judged)

    if order.exists():
        asked = json.loads(order.read_text(encoding="utf-8"))
        forget(run.path, asked["forget"], made, asked.get("given", ""))
    else:
        second = at_first(run, "test") if (run.input / "test").exists() else None
        made(at_first(run), second)
        trained_again(run.path)


def at_first(run: RunFolder, part: str = "") -> Interactions:
    """The purchases, or those of the second file ("test"); as long as nothing was made of them
    without those who were forgotten since the page read the file: it may have stood open meanwhile.
    """
    folder = run.input / part
    shop = stored(folder)
    if any(run.result.iterdir()):
        return shop
    left = list_of(run.path).left_out(shop)
    if left is not shop:
        store(left, folder)
    return left


def grow(run: RunFolder) -> None:
    """The newer file joins input/; after a stop that is not done twice."""
    both, growth = next_month(stored(run.input), stored(run.input / "added"))
    store(list_of(run.path).left_out(both), run.input)
    write_atomically(run.input / "growth.json", asdict(growth))
    shutil.rmtree(run.input / "added")


def note_renewal(run: RunFolder, plan: Plan) -> None:
    """RESULT/renewal.json: what the newer file brought, and whether training again pays."""
    growth = json.loads((run.input / "growth.json").read_text(encoding="utf-8"))
    try:
        if growth["since"] is None:
            raise ShopDataError("The purchases have no dates, so no month can be held out.")
        if growth["until"] <= growth["since"]:
            raise ShopDataError(
                f"The added file holds nothing later than {growth['since']}, when the earlier file "
                "ends, so there is nothing to ask the old model and the new one about. Was it the "
                "right file?"
            )
        old = open_run(jobs.folder(run.spec()["parent"]))
        change, why = renewed(old, stored(run.input), plan, growth["since"]), ""
    except (ShopDataError, jobs.UnknownRunError) as error:
        change, why = None, str(error)
    write_atomically(
        run.result / "renewal.json", {"growth": growth, "change": change, "why_not": why}
    )


def renewal(run: Run) -> dict[str, Any] | None:
    """What `note_renewal` wrote; None for a run that began a project, and until it is known."""
    file = run.folder / "renewal.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def to_be_renewed(run_id: str) -> bool:
    """Whether a newer file joined the purchases of this run, so that `renewal` will come."""
    return "added" in jobs.spec(run_id)


def submit_next_month(workspace: str, run_id: str, newer: Path, name: str) -> str:
    """A new run of the same project, with the same settings -> its id.

    newer: the folder of stored purchases that join those of the run; name: what they are called.
    """
    if not jobs.is_own(workspace, run_id):
        raise PermissionError("This run is of another workspace: it can be seen, not changed.")
    earlier = jobs.folder(run_id) / "input"
    about = {"parent": run_id, "added": name, "title": f"{jobs.spec(run_id)['title']} + {name}"}

    def fill(folder: Path) -> None:
        shutil.copytree(earlier, folder, dirs_exist_ok=True)
        (folder / "growth.json").unlink(missing_ok=True)
        shutil.copytree(newer, folder / "added")

    return jobs.submit(workspace, jobs.spec(run_id) | about, fill)


def forget_customer(workspace: str, run_id: str, customer: str, given: str = "") -> None:
    """As a job: ShopDataError where the run has no such customer, before anything is changed.
    given: the id that was asked for, where it is another."""
    purchases_of(jobs.folder(run_id), customer)
    jobs.again(workspace, run_id, {"forget": customer, "given": given})
    close_run(run_id)


def studied_and_noted(
    shop: Interactions,
    plan: Plan,
    result: Path,
    say: Callable[[dict[str, Any]], None] = silent,
    test: Interactions | None = None,
    then: Callable[[], None] = nothing_more,
) -> dict[str, Any]:
    """The study, and beside its result how it was made: known before, because the result is looked
    at as soon as it is there. then: as in `study`."""
    result.mkdir(parents=True, exist_ok=True)
    note_how(shop, plan, result)
    note_audit(shop, result)
    return study(shop, plan, result, say, test, then)


def open_study(run_id: str) -> Run:
    """The finished result of a run, for whoever has its link."""
    return open_run(jobs.folder(run_id))


def purchases(run_id: str) -> Interactions:
    """What the run was submitted with."""
    return stored(jobs.folder(run_id) / "input")
