"""Results as plain text, for a terminal."""

from typing import Any

import pandas as pd


def as_text(comparison: dict[str, Any]) -> str:
    """One line a model, what was left out, and the sentence that names the best."""
    k, details = comparison["k"], comparison["split_details"]
    metrics = [f"{name}@{k}" for name in ("ndcg", "recall", "hit_rate", "coverage")]
    rows, pairs = comparison["rows"], details["pairs"][comparison["task"]]
    lines = [
        f"{rows['read']:,} rows read, {rows['kept']:,} kept, {rows['set_aside']:,} set aside",
        f"{details['words']}; {details['customers']:,} customers and {details['products']:,} "
        "products are learned from",
        f"task {comparison['task']}: {pairs['judged']:,} of {pairs['pairs']:,} pairs are judged; "
        f"left out: unknown customer {pairs['unknown_customer']:.1%}, unknown product "
        f"{pairs['unknown_product']:.1%}, too few buyers {pairs['too_few_buyers']:.1%}",
        "",
        f"{'model':<18}" + "".join(f"{name:>13}" for name in metrics) + f"{'seconds':>10}",
    ]
    for result in comparison["models"]:
        values = "".join(f"{result['metrics'][name]:13.4f}" for name in metrics)
        seconds = result["seconds"]["fit"] + result["seconds"]["evaluate"]
        lines.append(f"{result['model']:<18}{values}{seconds:10.1f}")
        if result["note"]:
            lines.append(f"  {result['note']}")
    verdict = comparison["verdicts"].get(comparison["task"])
    said = [f"{verdict['headline']}: {' '.join(verdict['sentences'])}"] if verdict else []
    return "\n".join([*lines, "", comparison["winner"], *said])


def list_as_text(lists: pd.DataFrame, note: str) -> str:
    """One line a product: rank, id, name, score."""
    records: Any = lists.to_dict("records")
    lines = [note] if note else []
    lines += [
        f"{row['rank']:>4}  {row['product']:<16} {row['name']:<40} {row['score']:.4g}"
        for row in records
    ]
    return "\n".join(lines)
