"""Any stack of layers the engine has, over any of the other kinds' data."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.datasets import Split
from nn_core.layers import Layer
from nn_core.live.convolution import Pictures
from nn_core.live.points import Points
from nn_core.live.recurrent import Sequences
from nn_core.live.settings import DRAWN, Settings
from nn_core.live.spec import Spec
from nn_core.names import named

MOST_LAYERS, MOST_CELLS, MOST_WEIGHTS = 12, 20_000, 100_000
POINT_CLASSES = ("0", "1")


@dataclass(frozen=True)
class Stack(Spec):
    """Where the data come from, with its loss and seed, and the layers before the output."""

    source: Points | Pictures | Sequences = field(default_factory=Pictures)
    hidden: tuple[Layer, ...] = ()

    scene: ClassVar[str] = "stack"
    # They stand in the stack itself.
    carries_activations: ClassVar[bool] = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "loss", self.source.loss)
        object.__setattr__(self, "seed", self.source.seed)

    @property
    def task(self) -> str:
        return self.source.task

    @property
    def about(self) -> dict[str, Any]:
        """As the source says it; the two kinds of points have names here too."""
        classes = POINT_CLASSES if self.task == "classification" else ()
        return {"classes": classes, **self.source.about}

    @property
    def start(self) -> Settings:
        activations = tuple(getattr(self.hidden[at], "activation") for at in self.adjustable)  # noqa: B009
        return Settings(activations, 0.01, "adam", batch_size=32, speed=30)

    @property
    def input_shape(self) -> Shape:
        shape = self.source.input_shape
        return shape[:-1] if self.reads_indices else shape

    @property
    def reads_indices(self) -> bool:
        """Whether the first layer wants whole numbers in place of one-hot rows."""
        return bool(self.hidden) and self.hidden[0].reads_indices

    @property
    def adjustable(self) -> tuple[int, ...]:
        return tuple(
            at
            for at, layer in enumerate(self.hidden)
            if getattr(layer, "activation", None) in DRAWN
        )

    def data(self) -> Split:
        return self.source.data()

    def inputs(self, x: Array) -> Array:
        """x: (n, T, S) one-hot rows -> (n, T) numbers, where the first layer looks them up."""
        rows = self.source.inputs(x)
        return rows.argmax(axis=-1).astype(np.float32) if self.reads_indices else rows

    def shown(self, data: Split) -> dict[str, Array]:
        return self.source.shown(data)

    @property
    def output(self) -> Layer:
        """The last layer, as the source has it for its task and loss."""
        return self.source.layers(self.source.start.activations)[-1]

    def layers(self, activations: tuple[str, ...]) -> list[Layer]:
        found: list[Layer] = list(self.hidden)
        for at, activation in zip(self.adjustable, activations):
            changed: Any = found[at]
            found[at] = replace(changed, activation=activation)
        return [*found, self.output]

    def check(self) -> None:
        self.source.check()
        if len(self.hidden) > MOST_LAYERS:
            raise ValueError(
                f"The stage shows {MOST_LAYERS} layers before the output; received "
                f"{len(self.hidden)}. Take one away."
            )
        self._check_inputs()
        walked([*self.hidden, self.output], self.input_shape)

    def _check_inputs(self) -> None:
        """Raises ValueError where whole numbers are wanted and there are none."""
        for at, layer in enumerate(self.hidden):
            if is_stateful(layer):
                raise ValueError(
                    f"Layer {at + 1} is stateful, but every batch of a play holds other samples. "
                    "Leave stateful out."
                )
            if layer.reads_indices and at:
                raise ValueError(
                    f"{type(layer).__name__} looks up whole numbers, which only the data can have. "
                    "Make it the first layer."
                )
        if not self.reads_indices:
            return
        symbols: tuple[str, ...] = ()
        if isinstance(self.source, Sequences) and self.source.asked.inputs == self.about["classes"]:
            symbols = self.source.asked.inputs
        if not symbols:
            raise ValueError(
                f"{type(self.hidden[0]).__name__} looks up symbols, and {self.about['dataset']} "
                "has quantities. Choose the task remember, or begin with another layer."
            )
        most: int = getattr(self.hidden[0], "input_dim", len(symbols))
        if most < len(symbols):
            raise ValueError(
                f"There are {len(symbols)} symbols; received input_dim={most}. Make it "
                f"{len(symbols)} or more."
            )


def walked(layers: Sequence[Layer], input_shape: Shape) -> list[Shape]:
    """The shapes between layers, without building any. Raises the engine's own ValueError where
    one does not fit, and one where it would be more than a play can hold."""
    shapes, weights = [input_shape], 0
    for layer in named(layers):
        at = shapes[-1]
        weights += sum(math.prod(weight.shape) for weight in layer.weights(at))
        shapes.append(layer.output_shape(at))
        if math.prod(shapes[-1]) > MOST_CELLS or weights > MOST_WEIGHTS:
            raise ValueError(
                f"{layer.name} makes the network too large for the stage, which shows up to "
                f"{MOST_CELLS:,} numbers a layer and {MOST_WEIGHTS:,} weights. Make it smaller."
            )
    return shapes


def is_stateful(layer: Layer) -> bool:
    """Whether it, or the layer inside it, carries its state from batch to batch."""
    inner = getattr(layer, "layer", None)
    return bool(getattr(layer, "stateful", False) or getattr(inner, "stateful", False))
