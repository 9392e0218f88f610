"""Who asked to be forgotten stays out of every later file, known again by keyed digests alone.

Beside the key of pseudonyms lies a file for each of them, FOLDER/forgotten/DIGEST.json: when, and a
digest or two of the id as another export may spell it. Nobody gets back to an id without the key;
with it an id can be tried, so the folder is to be kept as the key is.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nn_core.jobs.folder import write_atomically
from nn_core.jobs.home import home, workspace_of
from nn_core.recommender.data.builtin import COLUMNS as BUILT_IN
from nn_core.recommender.data.identifiers import bare
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.join import Join
from nn_core.recommender.data.personal import is_pseudonym, key_in, pseudonym
from nn_core.recommender.forgetting.left_out import everybody, set_aside

LIST = "forgotten"


@dataclass(frozen=True)
class KeptOut:
    """The list of a workspace, or of the command line. folder: where the key of pseudonyms lies."""

    folder: Path

    def people(self) -> dict[str, dict[str, str]]:
        """{digest of the id as it stood in the file: {"on": day, "otherwise": digest, "pseudonym":
        digest}}; the last one is missing in older entries."""
        files = sorted((self.folder / LIST).glob("*.json"))
        return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}

    def add(self, customer: str, on: str) -> dict[str, str]:
        """From now on; on: the day -> what a proof says of it."""
        key = key_in(self.folder)
        (self.folder / LIST).mkdir(exist_ok=True)
        exact = digest(customer, key)
        known = {
            "on": on,
            "otherwise": otherwise(customer, key),
            "pseudonym": as_it_is(customer, key),
        }
        write_atomically(self.folder / LIST / f"{exact}.json", known)
        return {"on": on, "hmac_sha256": exact}

    def lift(self, customer: str) -> int:
        """The customer came back and agrees -> how many entries went, 0 where there was none."""
        people, key = self.people(), key_in(self.folder)
        spelled = {otherwise(customer, key), as_it_is(customer, key)}
        exact = [one for one in people if one == digest(customer, key)]
        gone = exact or [one for one, said in people.items() if spelled & spellings(said)]
        for one in gone:
            (self.folder / LIST / f"{one}.json").unlink(missing_ok=True)
        return len(gone)

    def among(self, customers: Iterable[str]) -> dict[str, str]:
        """{id: day} of those who are on the list. Who does not stand there as spelled then is
        looked for as another export may spell them."""
        people = self.people()
        if not people:
            return {}
        ids, key = list(customers), key_in(self.folder)
        named = {digest(one, key): one for one in ids}
        found = {named[one]: said["on"] for one, said in people.items() if one in named}
        rest = [said for one, said in people.items() if one not in named]
        left = {spelled: said["on"] for said in rest for spelled in spellings(said)}
        for one in ids if left else ():
            if on := left.get(otherwise(one, key)) or left.get(as_it_is(one, key)):
                found.setdefault(one, on)
        return found

    def left_out(self, shop: Interactions) -> Interactions:
        """The same purchases with the rows of these customers set aside, and empty there. The
        households of the built-in year are nobody's customers, so none of them is meant."""
        if shop.columns == BUILT_IN or not self.people():
            return shop
        found = self.among(everybody(shop))
        return set_aside(shop, found) if found else shop

    def unnamed(self, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """facts: of columns, each with its `examples`, without those that are one of these ids."""
        hidden = self.among(one for fact in facts for one in fact["examples"])
        return [
            fact | {"examples": [one for one in fact["examples"] if one not in hidden]}
            for fact in facts
        ]

    def unjoined(self, joins: Sequence[Join], shop: Interactions) -> tuple[Join, ...]:
        """joins: of second files with these purchases; none of these ids is a mismatch there."""
        return tuple(self.unlisted(one, shop) if one.of == "customer" else one for one in joins)

    def unlisted(self, join: Join, shop: Interactions) -> Join:
        hidden = self.among((*join.unknown, *join.unbought))
        own: Any = shop.frame["customer"]
        rows = int(own.isin([one for one in join.unknown if one in hidden]).sum())
        return replace(
            join,
            unknown=tuple(one for one in join.unknown if one not in hidden),
            unbought=tuple(one for one in join.unbought if one not in hidden),
            rows_unknown=join.rows_unknown - rows,
        )

    def state(self) -> list[str]:
        """Another one for another list."""
        return list(self.people())


def list_of(run: Path) -> KeptOut:
    """The list that a run's customers stand on: its workspace's, or the command line's."""
    spec = json.loads((run / "spec.json").read_text(encoding="utf-8"))
    mark = spec.get("workspace")
    return KeptOut(workspace_of(mark) if mark else home())


def noted(run: Path, shop: Interactions, customer: str, on: str) -> dict[str, str] | None:
    """Onto the list of the run; None for a household of the built-in year, so that no customer of a
    shop is taken for it."""
    return None if shop.columns == BUILT_IN else list_of(run).add(customer, on)


def digest(customer: str, key: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) of the id, cut to 128 bits; no pseudonym is made like that."""
    return hmac.digest(key, f"forgotten: {customer}".encode(), "sha256").hex()[:32]


def otherwise(customer: str, key: bytes) -> str:
    """The same digest for " K7", "k7", "00K7", "K7.0", and for the pseudonym that is made of k7."""
    if is_pseudonym(customer):
        return digest(customer, key)
    return digest(pseudonym(bare(customer), key), key)


def as_it_is(customer: str, key: bytes) -> str:
    """The same digest for "0171 1234567" and for the pseudonym that a file has in its place, which
    is made with the zeros."""
    made = customer if is_pseudonym(customer) else pseudonym(customer.strip(), key)
    return digest(made, key)


def spellings(said: dict[str, str]) -> set[str]:
    """said: an entry of the list -> the digests by which other spellings are known."""
    return {said[one] for one in ("otherwise", "pseudonym") if one in said}
