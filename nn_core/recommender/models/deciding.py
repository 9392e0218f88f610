"""What the trials of the automatic choice lead to: one model, or a blend, for each question."""

from __future__ import annotations

import time

import numpy as np

from nn_core.recommender.models.trying import Choice, Line, Trial
from nn_core.recommender.models.weighing import vouched
from nn_core.recommender.models.window import Contest, Window
from nn_core.recommender.split import TASKS


def decided(window: Window, task: str, leaders: list[Trial], log: list[Line]) -> Choice:
    """The best of the leaders, or a blend; each blend's line goes into the log. Where the window
    asks this of nobody, nothing is known to be better than best sellers."""
    if not leaders or not len(window.asked(task)):
        return {"name": "popularity", "options": {}}
    single = max(leaders, key=lambda trial: trial.ndcgs[task])
    blends = [blended(window, task, parts, log) for parts in parties(leaders)]
    together, choice = max(blends, key=lambda blend: blend[0])
    return choice if together > single.ndcgs[task] else single.choice


def parties(leaders: list[Trial]) -> list[list[Trial]]:
    """Who may blend: all that are no networks, and everybody. A search among more parts may end
    at a worse blend, so networks come in only where half of the customers vouch for it."""
    from nn_core.recommender.models import MODELS

    plain = [trial for trial in leaders if not MODELS[trial.choice["name"]].network]
    return [party for party in (plain, leaders) if party][: 1 + (plain != leaders)]


def blended(
    window: Window, task: str, leaders: list[Trial], log: list[Line]
) -> tuple[float, Choice]:
    """The best blend of these, and what one half of the customers says of it to the other."""
    begun = time.process_time()
    contest = Contest.of(window, task, [trial.scores for trial in leaders])
    together, weights = vouched(contest)
    used = np.flatnonzero(weights)
    parts = [leaders[place].choice for place in used]
    options = {
        "parts": [choice["name"] for choice in parts],
        "options": {choice["name"]: choice["options"] for choice in parts},
        "weights": {each: weights[used].tolist() for each in TASKS},
    }
    log.append(
        {
            "model": "blend",
            "options": {"parts": options["parts"], "weights": weights[used].round(3).tolist()},
            "ndcg@10": {task: round(together, 5)},
            "seconds": round(time.process_time() - begun, 2),
        }
    )
    if len(used) == 1:
        return together, parts[0]
    return together, {"name": "blend", "options": options}


def said(choice: Choice, dated: bool = True) -> str:
    """ "a blend of EASE, ALS and own repeats"."""
    from nn_core.recommender.models import MODELS

    if choice["name"] != "blend":
        return MODELS[choice["name"]].listed(dated)
    *others, last = (MODELS[part].listed(dated) for part in choice["options"]["parts"])
    return f"a blend of {', '.join(others)} and {last}" if others else last
