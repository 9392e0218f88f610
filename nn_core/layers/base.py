"""What a layer is: a frozen config with a forward and a backward pass, and nothing of any run."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import numpy as np

from nn_core.activations import Activation
from nn_core.arrays import Array, Shape
from nn_core.initializers import Initializer
from nn_core.layers.parameters import Parameters
from nn_core.registry import Registry
from nn_core.regularizers import Regularizer

State = dict[str, Array]
Grads = dict[str, Array]
# What `backward` returns for dx where params.wants_dx is False.
UNREAD: Array = np.empty(0)


class Weight(NamedTuple):
    """One weight array that a layer asks for. initializer: by name, or a function."""

    name: str
    shape: Shape
    initializer: str | Initializer
    regularizer: Regularizer | None = None


class Step(NamedTuple):
    """One line of the mathematics: what comes out, the equation, and what goes in, by name.

    numpy: the line or lines that compute `output` from `inputs`, with the names that
    nn_core/plain/lines.py has. A test runs them on the arrays of a trace.
    """

    output: str
    equation: str
    latex: str
    inputs: tuple[str, ...]
    numpy: str


def function_steps(f: Activation) -> tuple[Step, Step]:
    """a = f(z), and the way back through it."""
    forward, backward = f.numpy.format(z="z"), f.backward_numpy.format(z="z", a="a", da="da")
    return (
        Step("a", f.equation, f.latex, ("z",), f"a = {forward}"),
        Step("dz", f.backward_equation, f.backward_latex, ("da", "z", "a"), f"dz = {backward}"),
    )


@dataclass(frozen=True)
class Layer:
    """A layer; its fields are its Keras config.

    Shapes leave out the batch: a Dense of 8 units has the output shape (8,).
    """

    name: str = field(default="", kw_only=True)

    keras_class: ClassVar[str]
    # Python source of that class where Keras has none; an export brings it along.
    keras_source: ClassVar[str] = ""
    # What its equations call the output; the gradient that comes from above is d + that.
    output_name: ClassVar[str] = "y"
    # Whether it ends in `activation`, so that a loss may take that over (head.py).
    ends_in_activation: ClassVar[bool] = False
    # Whether it adds a `penalty` of its own to the loss.
    penalises: ClassVar[bool] = False
    # Whether x holds whole numbers that name something, and not quantities.
    reads_indices: ClassVar[bool] = False
    # Whether its forward pass draws random numbers while training.
    draws: ClassVar[bool] = False

    def weights(self, input_shape: Shape) -> list[Weight]:
        """The trained weights, in Keras's order. Raises ValueError if the shape does not fit."""
        raise NotImplementedError

    def output_shape(self, input_shape: Shape) -> Shape:
        """The shape that comes out for the shape that goes in, both without the batch."""
        raise NotImplementedError

    def initial_state(self, input_shape: Shape) -> State:
        """What is carried from batch to batch and not trained (moving averages)."""
        return {}

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, Any]:
        """x: (N, ...) -> (y: (N, ...), state, cache of named intermediates)."""
        raise NotImplementedError

    def backward(self, params: Parameters, dy: Array, cache: Any) -> tuple[Array, Grads]:
        """dy: (N, ...) -> (dx: (N, ...), gradients by weight name).

        Where `params.wants_dx` is False nobody reads dx: a layer that saves time by it returns
        UNREAD in its place.
        """
        raise NotImplementedError

    def penalty(self, cache: Any) -> float:
        """What it adds to the loss; `backward` has the gradient of it."""
        return 0.0

    def forward_steps(self) -> tuple[Step, ...]:
        """The forward pass as equations over the names in the cache."""
        raise NotImplementedError

    def backward_steps(self) -> tuple[Step, ...]:
        """The backward pass as equations; dx is the gradient handed to the layer below."""
        raise NotImplementedError


LAYERS: Registry[type[Layer]] = Registry("layer")
