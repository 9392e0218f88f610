"""The proof that models forgot a customer, in sentences."""

from __future__ import annotations

from typing import Any

from nn_core.recommender.forgetting.elsewhere import in_words, surely
from nn_core.recommender.forgetting.unlearned import ONCE, SUBTRACTED, TWICE
from nn_core.recommender.models import MODELS


def proof_words(found: dict[str, Any]) -> list[str]:
    """found: what `unlearned` found -> a sentence for each way in which models were checked."""
    told = about_models(found)
    told += [about_pairs(found["pairs"])] if found["pairs"] else []
    for how, words in WAYS.items():
        models = [one for one in found["models"] if one["how"] == how]
        if models:
            told.append(f"{words}: {listed(models)}.")
    return told


def stays_out_words(proof: dict[str, Any]) -> list[str]:
    """Whether later files bring the customer back; nothing in a proof of before."""
    if "stays_out" not in proof:
        return []
    if proof["stays_out"] is None:
        return ["The built-in year is made up, so nobody of it is kept out of other files."]
    return [
        "Rows of this customer in later files are set aside, and not shown, until that is lifted; "
        "the customer is known again by a keyed digest, the id itself is not kept."
    ]


def elsewhere_words(proof: dict[str, Any]) -> list[str]:
    """A sentence for each other place that still has the customer; one if there is none."""
    if proof.get("elsewhere") is None:
        return []
    if not proof["elsewhere"]:
        return [
            "The customer was found in no other run and no upload of this workspace, as far as "
            "they could be read; in files of text, ids of fewer than four signs are not looked for."
        ]
    return [one_place(one) for one in proof["elsewhere"]]


def one_place(one: dict[str, Any]) -> str:
    place, found = f"the {one['what']} {one['name']}", in_words(one["found"])
    if not surely(one["found"]):
        return f"Whether {place} has the customer is not known: {found}."
    also = " There the customer was about to be forgotten too." if one["ordered"] else ""
    return f"When this was done {place} still had the customer: {found}.{also}"


WAYS = {
    SUBTRACTED: "Made a second time from the old counts less this customer's own, for that is all "
    "such a model knows",
    TWICE: "Fitted a second time, from the start, on the purchases that are left",
    ONCE: "Trained again without the customer, but not a second time, which would take too long",
}


def about_models(found: dict[str, Any]) -> list[str]:
    """How it came out for those that were held against another."""
    compared = [one for one in found["models"] if one["after"] is not None]
    wrong = [one for one in compared if one["after"]]
    if wrong:
        return [f"Not proved for {listed(wrong)}: scores there are other than they should be."]
    if not compared:
        return []
    return [
        f"Of {len(compared)} models, all now say of {found['others']:,} other customers what a "
        "model says that never saw this one."
    ]


def about_pairs(pairs: dict[str, int]) -> str:
    counts = f"{pairs['all']:,} counts of who bought two products"
    if pairs["wrong"]:
        return f"Of the {counts}, {pairs['wrong']:,} are not what they should be."
    return (
        f"Of the {counts}, {pairs['changed']:,} fell, each by the customer's own 1; all others are "
        "as they were."
    )


def listed(models: list[dict[str, Any]]) -> str:
    """ "EASE, item kNN"; a name that no model has any more stands for itself."""
    names = [one["model"] for one in models]
    return ", ".join(MODELS[name].listed() if name in MODELS else name for name in names)
