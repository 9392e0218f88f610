"""Addresses that open the lab or Compare with a given start: the values of their controls."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from nn_core.course.scenario import Scenario, Start
from nn_core.live.convolution import Pictures
from nn_core.live.links import packed
from nn_core.live.notation import written
from nn_core.live.points import Points
from nn_core.live.races import RACED
from nn_core.live.recurrent import Sequences
from nn_core.live.settings import Settings
from nn_core.live.stack import Stack
from pages.ui.network_controls import LOSS_LABELS
from pages.ui.picture_controls import DIGITS, POOL_LABELS
from pages.ui.sequence_controls import TASK_LABELS

Values = dict[str, Any]


def of_points(spec: Points) -> Values:
    """What `choose_network` reads."""
    layers = [
        {f"units-{at}": layer.units, f"initializer-{at}": layer.initializer}
        for at, layer in enumerate(spec.hidden)
    ]
    found: Values = {
        "dataset": spec.dataset,
        "noise": round(100 * spec.noise),
        "share": round(100 * spec.train_share),
        "features": list(spec.features),
        "layers": len(spec.hidden),
        f"loss-{spec.dataset}": LOSS_LABELS[spec.loss],
        "penalty": spec.penalty,
        "rate": spec.penalty_rate,
        "seed": spec.seed,
    }
    return found | {key: value for layer in layers for key, value in layer.items()}


def of_pictures(spec: Pictures) -> Values:
    """What `choose_pictures` reads."""
    found: Values = {
        "pictures": DIGITS[spec.dataset],
        f"samples-{spec.dataset}": spec.samples,
        "picture-share": round(100 * spec.train_share),
        "convolutions": len(spec.blocks),
        "picture-loss": LOSS_LABELS[spec.loss],
        "picture-seed": spec.seed,
    }
    for at, block in enumerate(spec.blocks):
        kernel = f"{block.kernel_size}x{block.kernel_size}"
        found |= {
            f"filters-{at}": block.filters,
            f"kernel-{spec.dataset}-{at}": kernel,
            f"padding-{at}": block.padding,
            f"pool-{at}": POOL_LABELS[block.pool],
        }
    return found


def of_sequences(spec: Sequences) -> Values:
    """What `choose_sequences` reads."""
    return {
        "task": TASK_LABELS[spec.dataset],
        f"steps-{spec.dataset}": spec.steps,
        "sequences": spec.samples,
        "sequence-share": round(100 * spec.train_share),
        "cell": spec.cell,
        "cell-units": spec.units,
        f"sequence-loss-{spec.dataset}": LOSS_LABELS[spec.loss],
        "sequence-seed": spec.seed,
    }


def of_stack(spec: Stack) -> Values:
    """What `choose_stack` reads."""
    source = spec.source
    labels = DIGITS | TASK_LABELS
    found: Values = {
        "stack": written(spec.hidden),
        "any-data": labels.get(source.dataset, source.dataset),
        "any-samples": source.points if isinstance(source, Points) else source.samples,
        "any-share": round(100 * source.train_share),
        f"any-loss-{source.dataset}": LOSS_LABELS[source.loss],
        "any-seed": source.seed,
    }
    if isinstance(source, Points):
        found["any-noise"] = round(100 * source.noise)
    if isinstance(source, Sequences):
        found[f"any-steps-{source.dataset}"] = source.steps
    return found


KINDS: dict[str, tuple[str, Callable[[Any], Values]]] = {
    "points": ("Points", of_points),
    "pictures": ("Pictures", of_pictures),
    "sequences": ("Sequences", of_sequences),
    "stack": ("Any stack", of_stack),
}


def lab_values(start: Start, prefix: str = "lab") -> Values:
    """{key of a control: what the address says of it}."""
    kind, of = KINDS[start.spec.scene]
    return {f"{prefix}-kind": kind} | {f"{prefix}-{k}": v for k, v in of(start.spec).items()}


def compare_values(scenario: Scenario) -> Values:
    """As `lab_values`, of a scenario that races."""
    start = scenario.starts[0]
    scene, settings = start.spec.scene, start.settings
    by = "batch" if scenario.raced == "batch" else "other"
    return lab_values(start, "compare") | {
        f"compare-raced-{scene}": RACED.get(scenario.raced).label,
        f"compare-of-{scene}-{scenario.raced}": list(scenario.values),
        f"compare-by-{by}": scenario.by,
        **common(settings, scene),
    }


def common(settings: Settings, scene: str) -> Values:
    """What all runs of a race are trained with."""
    found: Values = {
        "optimizer": settings.optimizer,
        "rate": settings.learning_rate,
        "batch": settings.batch_size,
    }
    if settings.activations and scene != "stack":
        found["activation"] = settings.activations[0]
    return {f"compare-all-{name}-{scene}": value for name, value in found.items()}


def lab_address(start: Start, **more: str) -> str:
    """lab?...: the start's controls, and its settings and changes as the run that it repeats."""
    run = {"run": packed(start.settings, start.script)}
    return "lab?" + urlencode(lab_values(start) | run | more, doseq=True)


def compare_address(scenario: Scenario, **more: str) -> str:
    """compare?...: the controls of a scenario that races, and what is changed in all its runs."""
    start = scenario.starts[0]
    run = {"run": packed(start.settings, start.script)} if start.script.log else {}
    return "compare?" + urlencode(compare_values(scenario) | run | more, doseq=True)
