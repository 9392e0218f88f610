"""In which other runs and uploads of a workspace a customer stands, by what name, and in what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nn_core import jobs
from nn_core.jobs.uploads import PART
from nn_core.recommender.data.identifiers import bare
from nn_core.recommender.data.personal import KEY_FILE, is_pseudonym, key_in, pseudonym
from nn_core.recommender.forgetting.found_in import (
    LISTED,
    ONE,
    UNREAD,
    everybody_in,
    in_file,
    in_lists,
    in_purchases,
)


@dataclass(frozen=True)
class Elsewhere:
    """runs: {id: title}; uploads: {id: file name}; found: {id of either: {where: how often}}."""

    runs: dict[str, str]
    uploads: dict[str, str]
    found: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])

    def told(self, one: str) -> str:
        return in_words(self.found[one])


def elsewhere(workspace: Path, run_id: str, customer: str, given: str = "") -> Elsewhere:
    """The other runs and the uploads that have this customer. workspace: its folder; given: the id
    that was asked for, where the run calls the customer otherwise."""
    names = names_of(workspace, customer, given)
    runs = {run: summed(in_run(run, one) for one in names) for run in others(workspace)}
    uploads = {
        folder.name: summed(in_upload(folder, one) for one in names)
        for folder in sorted(workspace.glob("uploads/*"))
        if not folder.name.startswith(PART)
    }
    runs.pop(run_id, None)
    found = {one: there for one, there in (runs | uploads).items() if there}
    return Elsewhere(
        {run: str(jobs.spec(run)["title"]) for run in runs if run in found},
        {name: name_of(workspace / "uploads" / name) for name in uploads if name in found},
        found,
    )


def names_of(workspace: Path, customer: str, given: str) -> list[str]:
    """What files of this workspace may call the customer: both ids, and the pseudonyms of them."""
    names = [customer, *([given] if given else [])]
    if (workspace / KEY_FILE).exists():
        key = key_in(workspace)
        names += [pseudonym(one, key) for one in names if not is_pseudonym(one)]
    return list(dict.fromkeys(names))


def summed(by_name: Iterable[dict[str, int]]) -> dict[str, int]:
    """What is found by each name -> by all; a file that is damaged is damaged once."""
    found: Counter[str] = Counter()
    for there in by_name:
        damaged = max(found[UNREAD], there.get(UNREAD, 0))
        found.update(there)
        found[UNREAD] = damaged
    return {where: count for where, count in found.items() if count}


def in_run(run: str, customer: str) -> dict[str, int]:
    return in_purchases(jobs.folder(run) / "input", customer)


def others(workspace: Path) -> Iterator[str]:
    """The runs of a workspace, those left out that are deleted in this moment."""
    for mark in sorted((workspace / "runs").glob("*")):
        try:
            yield jobs.folder(mark.name).name
        except jobs.UnknownRunError:
            continue


def in_upload(upload: Path, customer: str) -> dict[str, int]:
    """In what was read from it, however often it was read, and in its files."""
    found: dict[str, int] = {}
    for shop in upload.glob("*/shop"):
        for where, count in in_purchases(shop, customer).items():
            found[where] = max(count, found.get(where, 0))
    if listed := max((in_lists(one, customer) for one in upload.glob("*")), default=0):
        found[LISTED] = listed
    for file in (upload / "source", *upload.glob("*/source")):
        for where, count in in_file(file, customer).items():
            found[where] = count + found.get(where, 0)
    return found


def surely(found: Mapping[str, int]) -> bool:
    """Whether the customer was found there, not only a file that cannot be read."""
    return any(where != UNREAD for where in found)


def name_of(upload: Path) -> str:
    name = upload / "name.txt"
    return name.read_text(encoding="utf-8") if name.exists() else upload.name


def still_elsewhere(run: Path, customer: str, given: str = "") -> list[dict[str, Any]] | None:
    """For the proof: every other place of the run's workspace in which the customer stands, and
    whether forgetting there has been ordered. None for a run of no workspace."""
    mark = json.loads((run / "spec.json").read_text(encoding="utf-8")).get("workspace")
    if not mark:
        return None
    workspace = jobs.workspace_of(mark)
    found = elsewhere(workspace, run.name, customer, given)
    names = names_of(workspace, customer, given)
    named = {one: ("run", name) for one, name in found.runs.items()}
    named |= {one: ("upload", name) for one, name in found.uploads.items()}
    return [
        {"what": what, "name": name, "found": found.found[one], "ordered": ordered(one, names)}
        for one, (what, name) in named.items()
    ]


def ordered(run: str, names: Sequence[str]) -> bool:
    """Whether the customer is being forgotten there."""
    try:
        order = jobs.folder(run) / "order.json"
    except jobs.UnknownRunError:  # an upload
        return False
    known = json.loads(order.read_text(encoding="utf-8")) if order.exists() else {}
    return known.get("forget") in names


def in_words(found: Mapping[str, int]) -> str:
    """ "120 purchases, 3 rows set aside"."""
    return ", ".join(
        f"{count:,} {ONE[where] if count == 1 else where}" for where, count in found.items()
    )


def called(workspace: Path, run_id: str, customer: str) -> str:
    """The id that this run knows the customer by: as given, the pseudonym made from it, or the only
    one that differs from it in capitals, leading zeros and a last ".0" alone."""
    purchases = jobs.folder(run_id) / "input"
    known = everybody_in(purchases) if purchases.exists() else {customer}
    if customer in known:
        return customer
    if (workspace / KEY_FILE).exists():
        instead = pseudonym(customer, key_in(workspace))
        if instead in known:
            return instead
    alike = [one for one in known if bare(one) == bare(customer)]
    return alike[0] if len(alike) == 1 else customer


def known_as(workspace: Path, run_id: str, customer: str, given: str) -> str:
    """By what name another run has the customer whom `elsewhere` found there."""
    names = names_of(workspace, customer, given)
    return next((one for one in names if in_run(run_id, one)), customer)
