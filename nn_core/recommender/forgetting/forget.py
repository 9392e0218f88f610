"""Forgets one customer of a run: rows, models, lists. What is made anew never saw the customer.

The rows go out of the stored purchases first, and with them everything that was made of them. Then
the study is carried out again on what is left, so every model, EASE and kNN as well as a network,
is the model that this data without the customer would have given, number for number. Counts could
be taken down by the customer's own, but a product may then have too few buyers, lambda is chosen
anew, and inverting the matrix and judging, which remain, take nearly all of the time. That way is
taken for the proof: it ends at the same model (`unlearned.py`). A digest of the id goes on the list
of those who stay out of later files (`kept_out.py`).
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.stored import store, stored
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forgetting.elsewhere import names_of, still_elsewhere
from nn_core.recommender.forgetting.kept_out import list_of, noted
from nn_core.recommender.forgetting.left_out import rows_of, spellings, without
from nn_core.recommender.forgetting.places import Place, Sought, look, sought
from nn_core.recommender.forgetting.unlearned import Before, learned_from, unlearned
from nn_core.recommender.runs.made import fingerprint

PURPOSE = "forgotten"
"""The folder of a run that keeps a proof of each time, without the id."""


MakeAgain = Callable[[Interactions, Interactions | None], object]


def forget(folder: Path, customer: str, make_again: MakeAgain, given: str = "") -> dict[str, Any]:
    """Out of the run in `folder` -> the proof, which also stands in RUN/forgotten/.

    make_again(purchases, second file to judge on or None), both without the customer, carries the
    study out anew into RUN/result. It may fail, where too few customers are left: then there is no
    result, and the proof stands. given: the id that was asked for, where the run calls the customer
    otherwise; other places may have that one.
    """
    shop = purchases_of(folder, customer)
    second = judged_on(folder)
    test = second and without_customer(second, customer)
    names = names_in(folder, shop, second, customer, given)
    before, then = look(folder, names), Before.of(folder, customer)
    left = without_customer(shop, customer)
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    stays_out = noted(folder, shop, customer, at[:10])
    cleared(folder, left, test)
    facts = {
        "at": at,
        "stays_out": stays_out,
        "rows": {"before": rows_in(shop, second), "after": rows_in(left, test)},
        "set_aside": {"before": len(shop.set_aside), "after": len(left.set_aside)},
        "customers": {"before": shop.customers, "after": left.customers},
        "fingerprint": {"before": fingerprint(shop), "after": fingerprint(left)},
    }
    proof = facts | compared(before, look(folder, names))
    file = kept_proof(folder, proof)
    make_again(left, test)
    proof = facts | compared(before, look(folder, names)) | {"made_again": True}
    file.write_text(json.dumps(proof, indent=1), encoding="utf-8")
    if then:
        proof["unlearned"] = unlearned(then, customer, folder, learned_from(folder, left, test))
        file.write_text(json.dumps(proof, indent=1), encoding="utf-8")
    proof["elsewhere"] = still_elsewhere(folder, customer, given)
    file.write_text(json.dumps(proof, indent=1), encoding="utf-8")
    return proof


def trained_again(folder: Path) -> None:
    """For a run that was stopped after the rows had gone, was resumed, and is done."""
    for file in (folder / PURPOSE).glob("*.json"):
        proof = json.loads(file.read_text(encoding="utf-8"))
        if not proof.get("made_again"):
            file.write_text(json.dumps(proof | {"made_again": True}, indent=1), encoding="utf-8")


def purchases_of(folder: Path, customer: str) -> Interactions:
    """What the run was trained on. ShopDataError without it, or where the customer is not in it."""
    if not (folder / "input" / "about.json").exists():
        raise ShopDataError(
            f"{folder.name} does not hold its purchases (input/), so it cannot be made again "
            "without this customer. Forget the customer in the run that it came from."
        )
    shop, second = stored(folder / "input"), judged_on(folder)
    if not stands_in(shop, customer) and not (second and stands_in(second, customer)):
        raise ShopDataError("There is no such customer in this run: nothing was changed.")
    return shop


def judged_on(folder: Path) -> Interactions | None:
    """The run's second file, None where it was cut from the first."""
    second = folder / "input" / "test"
    return stored(second) if second.exists() else None


def stands_in(shop: Interactions, customer: str) -> bool:
    known = customer in shop.frame["customer"].cat.categories or customer in shop.people.index
    return known or bool(rows_set_aside(shop, customer).any())


def rows_in(shop: Interactions, second: Interactions | None) -> int:
    return shop.kept + (second.kept if second else 0)


def names_in(
    folder: Path, shop: Interactions, second: Interactions | None, customer: str, given: str
) -> Sought:
    """Whatever the run's files may call the customer: each spelling in them, and pseudonyms."""
    spelled = [one for part in (shop, second) if part for one in spellings(part, customer)]
    return sought(*spelled, *names_of(list_of(folder).folder, customer, given))


def without_customer(shop: Interactions, customer: str) -> Interactions:
    """The same purchases as if the file had never had this customer's rows."""
    aside: Any = shop.set_aside[~rows_set_aside(shop, customer)].reset_index(drop=True)
    return without(replace(shop, set_aside=aside), spellings(shop, customer))


def rows_set_aside(shop: Interactions, customer: str) -> NDArray[np.bool_]:
    """(N,) which of the rows set aside name the customer; a count in them may read like the id."""
    return rows_of(shop, spellings(shop, customer)) != ""


def cleared(folder: Path, left: Interactions, test: Interactions | None) -> None:
    """Only the purchases that are left, what was asked for, and who may ask."""
    new, old = folder / "input.new", folder / "input.old"
    shutil.rmtree(new, ignore_errors=True)
    store(left, new)
    if test:
        store(test, new / "test")
    growth = folder / "input" / "growth.json"  # counts of what a newer file brought: of nobody
    if growth.exists():
        shutil.copy(growth, new)
    shutil.rmtree(folder / "result", ignore_errors=True)
    (folder / "input").rename(old)
    new.rename(folder / "input")
    shutil.rmtree(old)
    (folder / "result").mkdir()
    (folder / "order.json").unlink(missing_ok=True)  # it names the customer
    log = folder / "worker.log"
    if log.exists():  # the worker that does this writes to it: emptied, not removed
        log.write_bytes(b"")


def kept_proof(folder: Path, proof: dict[str, Any]) -> Path:
    (folder / PURPOSE).mkdir(exist_ok=True)
    file = folder / PURPOSE / f"{time.time_ns()}.json"
    file.write_text(json.dumps(proof, indent=1), encoding="utf-8")
    return file


def compared(before: list[Place], after: list[Place]) -> dict[str, Any]:
    """Every file that was there before or is there now, and how often the id stood in it."""
    now = {place.file: place for place in after}
    then = {place.file: place for place in before if place.file != "order.json"}
    places = [row(file, then.get(file), now.get(file)) for file in sorted({*then, *now})]
    return {
        "places": places,
        "found": {
            "before": sum(place.found for place in then.values()),
            "after": sum(place.found for place in now.values()),
        },
    }


def row(file: str, then: Place | None, now: Place | None) -> dict[str, Any]:
    told: Any = asdict(now or then)  # pyright: ignore[reportArgumentType]  one of them is there
    return {
        "file": file,
        "how": told["how"],
        "before": then.found if then else None,
        "after": now.found if now else None,
        "sha256": now.sha256 if now else None,
    }


def proofs(folder: Path) -> list[dict[str, Any]]:
    """Of all that was forgotten in this run, the latest first."""
    files = sorted((folder / PURPOSE).glob("*.json"), reverse=True)
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]
