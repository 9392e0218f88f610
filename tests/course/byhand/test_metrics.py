"""What is measured by hand is what the shop's metrics and scikit-learn measure."""

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, precision_score, recall_score

from nn_core.course.byhand import EXERCISES
from nn_core.recommender.metrics import METRICS, discounts
from tests.course.byhand.engine import SEEDS, array, close, named


def test_ndcg() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("ndcg")(seed)
        v = found.solution()
        hits = np.isin(np.arange(1, 6), [v["r_1"], v["r_2"]])[None]
        relevant = np.array([int(v["relevant"])])
        gains = discounts(5)
        wanted = {"DCG": gains[hits[0]].sum(), "IDCG": gains[: relevant[0]].sum()}
        for name, ours in (("NDCG", "ndcg"), ("recall", "recall"), ("precision", "precision")):
            wanted[name] = METRICS[ours].values(hits, relevant)[0]
        close(found, wanted)


def test_confusion() -> None:
    for seed in SEEDS:
        found = EXERCISES.get("confusion")(seed)
        v = found.solution()
        bought = array(v, " ".join(f"y_{i}" for i in range(1, 9))) == 1
        written = array(v, " ".join(f"s_{i}" for i in range(1, 9))) > v["theta"]
        wanted = named("TN FP FN TP", confusion_matrix(bought, written))
        wanted["accuracy"] = float(accuracy_score(bought, written))
        wanted["precision"] = float(precision_score(bought, written))
        wanted["recall"] = float(recall_score(bought, written))
        wanted["profit"] = v["m"] * (bought & written).sum() - v["c"] * written.sum()
        close(found, wanted)
