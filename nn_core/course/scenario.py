"""A scenario: a start worth watching, the question asked before, and the runs that answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nn_core.live.races import lanes
from nn_core.live.run import Run, Script
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.stack import Stack
from nn_core.registry import Registry


@dataclass(frozen=True)
class Evidence:
    """What an experiment showed.

    answer: what came true, in the terms of the question: the place of an option, a number, an order
    of the options, a curve; numbers: those that the prose quotes, by name.
    """

    answer: Any
    numbers: Mapping[str, float]


Weigh = Callable[[Sequence[Run]], Evidence]


@dataclass(frozen=True)
class Start:
    """A run as it begins: data and network, settings, and what is changed at which step."""

    spec: Spec
    settings: Settings
    script: Script = field(default_factory=Script)
    label: str = ""

    def run(self, seed: int | None) -> Run:
        """With data and weights of another seed if one is given."""
        spec = self.spec if seed is None else seeded(self.spec, seed)
        return Run(spec, self.settings, self.script)


@dataclass(frozen=True)
class Scenario:
    """Runs for the lab, or one start of which Compare makes runs that differ in one setting.

    answer   what is right, whatever the seed; None if that differs with it
    weigh    trains the runs as far as it takes and says what they showed
    raced    the setting that differs, a name in RACED, with its `values`; "" for the lab
    """

    starts: tuple[Start, ...]
    weigh: Weigh
    answer: Any = None
    raced: str = ""
    values: tuple[Any, ...] = ()
    by: str = "updates"

    def runs(self, seed: int | None = None) -> list[Run]:
        """The runs at their start, each from the same seed."""
        if not self.raced:
            return [start.run(seed) for start in self.starts]
        start = self.starts[0]
        found = lanes(start.spec, start.settings, self.raced, list(self.values))
        return [Start(lane.spec, lane.settings, start.script).run(seed) for lane in found]

    def evidence(self, seed: int | None = None) -> Evidence:
        """Trains the runs and looks at what they show."""
        return self.weigh(self.runs(seed))


def one(spec: Spec, script: Script | None = None, label: str = "", **settings: Any) -> Start:
    """A start with the spec's own settings but for those given."""
    return Start(spec, replace(spec.start, **settings), script or Script(), label)


def seeded(spec: Spec, seed: int) -> Spec:
    """With data and weights of another seed."""
    if isinstance(spec, Stack):
        return replace(spec, source=replace(spec.source, seed=seed))
    return replace(spec, seed=seed)


SCENARIOS: Registry[Scenario] = Registry("scenario")
