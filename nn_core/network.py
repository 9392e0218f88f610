"""Sequential: a stack of layers that learns by gradient descent, number for number as Keras's."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from nn_core import data
from nn_core.arrays import Array, Shape
from nn_core.head import Head, head_for
from nn_core.layers.base import Layer
from nn_core.losses import LOSSES, Loss
from nn_core.optimizers import OPTIMIZERS, SGD, Optimizer, Room
from nn_core.passes import QUIET, Passes, walk_down, walk_up
from nn_core.stack import Stack
from nn_core.weights import Memory

# Predictions of up to so many rows compute in kept memory: to make it anew costs more than they do.
KEPT_ROWS = 1024


class Sequential(Stack):
    """Layers on top of each other. Samples stand in rows: a Dense layer is x W + b."""

    def __init__(
        self, layers: Sequence[Layer], input_shape: Shape, seed: int = 0, dtype: str = "float32"
    ) -> None:
        """input_shape leaves out the batch. All random numbers of a run come from the seed."""
        super().__init__(layers, input_shape, seed, dtype)
        self.slots: dict[str, Array] = {}
        self.iterations = 0
        self.optimizer: Optimizer = SGD()
        self.set_optimizer(self.optimizer)
        self.loss: Loss | None = None
        self._head: Head | None = None
        self._connect()

    # How it learns

    def compile(self, optimizer: str | Optimizer = "sgd", loss: str | Loss = "mse") -> None:
        """Chooses optimizer and loss, by Keras's name or as an object; carried slots start anew."""
        self.loss = LOSSES.get(loss) if isinstance(loss, str) else loss
        data.kind("loss", self.loss, Loss, 'loss="mse"')
        self.slots, self.iterations = {}, 0
        self.set_optimizer(OPTIMIZERS.get(optimizer)() if isinstance(optimizer, str) else optimizer)
        self._connect()

    def set_optimizer(self, optimizer: Optimizer) -> None:
        """Changes the optimizer in mid-run. The same rule with other numbers keeps its slots."""
        data.kind("optimizer", optimizer, Optimizer, "Adam(0.01)")
        if type(optimizer) is not type(self.optimizer):
            self.slots, self.iterations = {}, 0
        self.optimizer = optimizer
        self.slots = {
            name: self.slots.get(name, np.full_like(self.weights.vector, start))
            for name, start in optimizer.slots().items()
        }
        self.room = Room.of([array.size for array in self.trainable_weights], self.dtype)

    def replace_layer(self, index: int, layer: Layer) -> None:
        """Changes a layer's config, its activation say, in mid-run; all weights stay."""
        data.whole("index", index, 0, len(self.layers) - 1)
        layer = replace(layer, name=self.layers[index].name)
        specs = layer.weights(self.shapes[index])
        expected = [weight.shape for weight in self.weights.specs[index]]
        if [weight.shape for weight in specs] != expected:
            raise ValueError(
                f"replace_layer expects weights of shapes {expected} for {layer.name!r}; received "
                f"{[w.shape for w in specs]}. Build a new Sequential to change the units."
            )
        self.weights.specs[index] = specs
        self.layers = [*self.layers[:index], layer, *self.layers[index + 1 :]]
        self._connect()

    def _connect(self) -> None:
        """Joins the stack and the head: cross-entropy takes over its own output activation."""
        self._stack = self.layers
        if self.loss is not None:
            self._head, last = head_for(self.loss, self.layers[-1])
            self._stack = [*self.layers[:-1], last]
        self._priced = [i for i, layer in enumerate(self.layers) if layer.penalises]
        # A step's walk down ends at the lowest layer that has weights.
        self._trained = self._stack[self.weights.lowest :]
        self.penalties = [
            (index, weight.name, weight.regularizer)
            for index, specs in enumerate(self.weights.specs)
            for weight in specs
            if weight.regularizer is not None
        ]
        self.weights.forget()

    @property
    def head(self) -> Head:
        """Loss and output activation. Raises ValueError before compile()."""
        if self._head is None:
            raise ValueError('The model has no loss yet; call compile("sgd", loss="mse").')
        return self._head

    # Passes

    def predict(self, x: npt.ArrayLike) -> Array:
        """x: (N, ...) -> the prediction: (N, ...)."""
        out, _ = self._output(self.input(x))
        return out if self._head is None else self._head.predict(out)

    def evaluate(self, x: npt.ArrayLike, y: npt.ArrayLike) -> float:
        """The loss, penalties included, with nothing trained. x: (N, ...), y: (N, ...)."""
        return self.judge(x, y)[0]

    def judge(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[float, Array]:
        """The loss and the prediction from one forward pass. x: (N, ...), y: (N, ...)."""
        rows = self.input(x)
        target = self.target(y, len(rows))
        out, caches = self._output(rows)
        with np.errstate(**QUIET):
            loss = self.head.forward(target, out) + self.penalty() + self._activity(caches)
            return loss, self.head.predict(out)

    def _output(self, x: Array) -> tuple[Array, list[Any]]:
        """The stack's output, the caller's own, and caches that the next call writes over."""
        kept = len(x) <= KEPT_ROWS
        params = (self.weights.kept(len(x)) if kept else self.weights.fresh()).parameters
        with np.errstate(**QUIET):
            out, caches, _ = walk_up(self._stack, params, self.states, x, False, self.rng)
        return (out.copy() if kept else out), caches

    def _activity(self, caches: Sequence[Any]) -> float:
        """What layers add to the loss for what they computed."""
        return sum(self.layers[index].penalty(caches[index]) for index in self._priced)

    def train_on_batch(
        self, x: npt.ArrayLike, y: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> float:
        """One update. x: (N, ...), y: (N, ...) -> the loss before it, penalties included."""
        rows = self.input(x)
        weight = data.weights(sample_weight, len(rows), self.dtype)
        with np.errstate(**QUIET):
            return self.step(rows, self.target(y, len(rows)), weight)

    def step(self, x: Array, y: Array, weight: Array | None = None) -> float:
        """`train_on_batch` for arrays that are checked. weight: (N,), one a sample, or None."""
        head, memory = self.head, self.weights.kept(len(x))
        params = memory.parameters
        out, caches, self.states = walk_up(self._stack, params, self.states, x, True, self.rng)
        loss = head.forward(y, out, weight)
        if memory.dloss is None:
            memory.dloss = np.empty(out.shape, self.dtype)
        walk_down(self._trained, params, caches, head.backward(y, out, memory.dloss, weight))
        if self.penalties:
            loss += self._penalise(memory)
        if self._priced:
            loss += self._activity(caches)
        self.iterations += 1
        self.optimizer.update(
            self.weights.vector, memory.gradient, self.slots, self.iterations, self.room
        )
        return loss

    def gradients(self, x: npt.ArrayLike, y: npt.ArrayLike) -> list[Array]:
        """Gradients of the loss, penalties included, in the order of `trainable_weights`."""
        own = self.passes(x, y).parameters
        return [g for params in own for g in params.gradients.values()]

    def passes(self, x: npt.ArrayLike, y: npt.ArrayLike, memory: Memory | None = None) -> Passes:
        """One forward and backward pass; nothing of the model changes.

        memory: what to compute in, which the next passes write over; without it, one of its own.
        """
        rows = self.input(x)
        target, head = self.target(y, len(rows)), self.head
        memory = memory or self.weights.fresh()
        # A copy of the generator, so that the next step draws the same numbers; it costs 30 us.
        rng = deepcopy(self.rng) if any(layer.draws for layer in self.layers) else self.rng
        params = memory.parameters
        upstream: list[Array] = []
        with np.errstate(**QUIET):
            out, caches, _ = walk_up(self._stack, params, self.states, rows, True, rng)
            dout = head.backward(target, out, np.empty_like(out))
            dx = walk_down(self._stack, params, caches, dout, upstream)
            loss = head.forward(target, out)
            penalty = self._penalise(memory) + self._activity(caches)
            a = head.predict(out)
        return Passes(caches, params, upstream, dx, out, a, loss, penalty, memory.gradient)

    def penalty(self) -> float:
        """What the regularisers add to the loss at these weights."""
        own = self.weights.own
        return sum(price.penalty(own[index][name]) for index, name, price in self.penalties)

    def _penalise(self, memory: Memory) -> float:
        """Adds the regularisers' gradients -> their penalty."""
        for index, name, price in self.penalties:
            params = memory.parameters[index]
            params.gradients[name] += price.gradient(params[name])
        return self.penalty()

    def target(self, y: npt.ArrayLike, n: int) -> Array:
        """y as the loss reads it: one row a sample, one column an output, or class numbers."""
        return self.head.target(data.targets(y, n), n, self.output_shape, self.dtype)
