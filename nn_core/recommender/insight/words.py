"""What the small studies say, in sentences: pure functions of insights.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nn_core.recommender.insight.power_law import expected

SPLITS = {
    "time": "The last days",
    "last-rows": "The last rows",
    "leave-last": "Customers' last orders",
    "random": "Drawn at random",
}
POLICIES = {"weekly": "Every week", "monthly": "Every 4 weeks", "never": "Never again"}
Study = Mapping[str, Any]


def so_far(events: Sequence[Mapping[str, Any]]) -> tuple[float, str]:
    """A run's events -> the share of the small studies that is done, and a sentence about it."""
    heard = [event for event in events if event["event"] == "insight"]
    if not heard or events[-1]["event"] in ("resumed", "again"):
        return 0.0, "Small studies follow: other splits, more data, a model that ages."
    return heard[-1]["done"], "Small studies are at work; each stands here as soon as it is known."


def flattery_words(study: Study) -> list[str]:
    """Each other split against the one by time."""
    real, *others = study["rows"]
    said = [
        "Judged by what was bought after it learned, as in a real shop, the model reaches "
        f"{real['ndcg']:.3f}."
    ]
    for row in others:
        name, found = SPLITS[row["split"]], row["difference"]
        if not found["clear"]:
            said.append(f"{name}: {row['ndcg']:.3f}, no clear difference.")
        elif found["mean"] > 0:
            times = row["ndcg"] / real["ndcg"] if real["ndcg"] else float("inf")
            said.append(f"{name}: {row['ndcg']:.3f}, {times:.1f} times what the future will bring.")
        else:
            said.append(f"{name}: {row['ndcg']:.3f}, clearly less than by time.")
    return [*said, one_size(study)]


def one_size(study: Study) -> str:
    """What makes the three bars comparable; a study of before does not know it."""
    if not {"customers", "pairs"} <= study.keys():
        return "The same customers judge all three, with as many right products in each."
    return (
        f"The same {study['customers']:,} customers judge all three, with {study['pairs']:,} right "
        "products in each."
    )


def growth_words(study: Study, unit: str) -> list[str]:
    """unit: "customers" or "months". What twice as much would bring, and how sure that is."""
    last, found, now = study["points"][-1], study["forecast"], expected(study)["now"]
    twice = f"{found['times'] * last['amount']:,.0f} {unit}"
    if found["high"] < 0.01 * now:
        return [f"Measured now: {now:.3f}. The curve is flat: {twice} would hardly add anything."]
    return [
        f"Measured now: {now:.3f}. Twice as much, {twice}, would add {max(0.0, found['low']):.3f} "
        f"to {found['high']:.3f}, if the curve goes on as it came.",
    ]


def ageing_words(study: Study) -> list[str]:
    """How much each policy loses, and the rarest one that is not clearly behind."""
    weekly, *others = study["policies"]
    weeks = len(study["weeks"])
    said = [f"Fitted anew every week it reaches {weekly['ndcg']:.3f} over {weeks} weeks."]
    for row in others:
        lost = 1 - row["ndcg"] / weekly["ndcg"] if weekly["ndcg"] else 0.0
        sure = "" if row["difference"]["clear"] else ", which may be chance"
        change = f"{lost:.0%} less" if lost >= 0 else f"{-lost:.0%} more"
        said.append(f"{POLICIES[row['policy']]}: {row['ndcg']:.3f}, {change}{sure}.")
    return [*said, advice(study)]


def advice(study: Study) -> str:
    enough, weeks = "weekly", len(study["weeks"])
    for row in study["policies"][1:]:
        found = row["difference"]
        if found["clear"] and found["mean"] < 0:
            break
        enough = row["policy"]
    return {
        "weekly": "Train every week: training less often was clearly worse.",
        "monthly": "Every 4 weeks is enough, as far as these customers can tell.",
        "never": f"{weeks} weeks without training cost nothing, as far as these customers can "
        "tell.",
    }[enough]
