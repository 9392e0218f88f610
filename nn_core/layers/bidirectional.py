"""Bidirectional: one recurrent layer reads a sequence from the front, its like from the back."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, UNREAD, Grads, Layer, State, Step, Weight
from nn_core.layers.gru import GRU
from nn_core.layers.lstm import LSTM
from nn_core.layers.parameters import Parameters
from nn_core.layers.simple_rnn import SimpleRNN

MERGES = ("concat", "sum", "mul", "ave")
SIDES = ("forward", "backward")


class BidirectionalCache(NamedTuple):
    """x: (N, T, D); the caches of both layers; y_f, y_b: (N, [T,] U), in time order; y: merged."""

    x: Array
    forward: Any
    backward: Any
    y_f: Array
    y_b: Array
    y: Array


@dataclass(frozen=True)
class Bidirectional(Layer):
    """y = y_f and y_b, side by side or merged. x: (N, T, D) -> y: (N, [T,] 2 U) or (N, [T,] U).

    Weights: those of the forward layer, then those of the backward layer, named forward_kernel,
    backward_kernel, ... Source: keras.layers.Bidirectional.
    """

    layer: SimpleRNN | LSTM | GRU
    merge_mode: str = "concat"

    keras_class: ClassVar[str] = "Bidirectional"

    def __post_init__(self) -> None:
        checks.choice(self, "merge_mode", self.merge_mode, MERGES)
        if not isinstance(self.layer, SimpleRNN | LSTM | GRU):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError(
                f"{checks.title(self)} expects a recurrent layer; received {self.layer!r}. "
                "Try Bidirectional(LSTM(8))."
            )
        if self.layer.go_backwards:
            raise ValueError(
                f"{checks.title(self)} expects a layer that reads forwards; received "
                "go_backwards=True. Leave it out: the second layer reads backwards by itself."
            )

    @cached_property
    def both(self) -> tuple[Layer, Layer]:
        """The layer, and its like that reads from the back."""
        return self.layer, replace(self.layer, go_backwards=True)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """Those of the forward layer, then those of the backward layer."""
        return [
            weight._replace(name=f"{side}_{weight.name}")
            for side, layer in zip(SIDES, self.both)
            for weight in layer.weights(input_shape)
        ]

    def output_shape(self, input_shape: Shape) -> Shape:
        shape = self.layer.output_shape(input_shape)
        return (*shape[:-1], 2 * shape[-1]) if self.merge_mode == "concat" else shape

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, BidirectionalCache]:
        """x: (N, T, D) -> y: (N, [T,] U or 2 U)."""
        after: State = {}
        outputs: list[Array] = []
        caches: list[Any] = []
        for side, layer in zip(SIDES, self.both):
            own = {key.removeprefix(f"{side}_"): a for key, a in state.items() if side in key}
            out, own, cache = layer.forward(params.part(side), own, x, training, rng)
            after |= {f"{side}_{key}": array for key, array in own.items()}
            outputs.append(out)
            caches.append(cache)
        y_f, y_b = outputs[0], self._in_time(outputs[1])
        y = params.array("y", (len(x), *self.output_shape(x.shape[1:])))
        # y = [y_f, y_b], y_f + y_b, y_f * y_b or (y_f + y_b) / 2
        if self.merge_mode == "concat":
            np.concatenate((y_f, y_b), axis=-1, out=y)
        elif self.merge_mode == "mul":
            np.multiply(y_f, y_b, y)
        else:
            np.add(y_f, y_b, y)
            y *= self._share
        return y, after, BidirectionalCache(x, caches[0], caches[1], y_f, y_b, y)

    def _in_time(self, array: Array) -> Array:
        """What the backward layer says of each step, turned round into the order of x."""
        return array[:, ::-1] if self.layer.return_sequences else array

    @property
    def _share(self) -> float:
        return 0.5 if self.merge_mode == "ave" else 1.0

    def backward(
        self, params: Parameters, dy: Array, cache: BidirectionalCache
    ) -> tuple[Array, Grads]:
        """dy: as y -> dx: (N, T, D), and the gradients of all weights."""
        u = self.layer.units
        if self.merge_mode == "concat":
            dy_f, dy_b = dy[..., :u], dy[..., u:]
        elif self.merge_mode == "mul":
            dy_f, dy_b = dy * cache.y_b, dy * cache.y_f
        else:
            dy_f = dy_b = dy * self._share
        passed: list[Array] = []
        parts = zip(SIDES, self.both, (dy_f, self._in_time(dy_b)), (cache.forward, cache.backward))
        for side, layer, down, own in parts:
            part = params.part(side)
            dx, _ = layer.backward(part, down, own)
            params.kept |= {f"{side}_{name}": array for name, array in part.kept.items()}
            params.kept |= {f"{side}_dy": down, f"{side}_dx": dx}
            passed.append(dx)
        if not params.wants_dx:
            return UNREAD, params.gradients
        # dx = dx of the forward layer + dx of the backward layer
        return np.add(passed[0], passed[1], params.array("dx", cache.x.shape)), params.gradients

    def forward_steps(self) -> tuple[Step, ...]:
        equation, latex, line = {
            "concat": ("[y_f, y_b]", "[y_f, y_b]", "np.concatenate([y_f, y_b], axis=-1)"),
            "sum": ("y_f + y_b", "y_f + y_b", "y_f + y_b"),
            "mul": ("y_f y_b", r"y_f \odot y_b", "y_f * y_b"),
            "ave": ("(y_f + y_b) / 2", r"\tfrac12 (y_f + y_b)", "(y_f + y_b) / 2"),
        }[self.merge_mode]
        y_b = "y_b = y of the backward layer, in time order"
        turned = "y_b = backward_y" + "[:, ::-1]" * self.layer.return_sequences
        steps = [prefixed(s, a) for a, x in zip(SIDES, self.both) for s in x.forward_steps()]
        return (
            *steps,
            Step("y_f", "y_f = y of the forward layer", "y_f", ("forward_y",), "y_f = forward_y"),
            Step("y_b", y_b, "y_b", ("backward_y",), turned),
            Step("y", f"y = {equation}", f"y = {latex}", ("y_f", "y_b"), f"y = {line}"),
        )

    def backward_steps(self) -> tuple[Step, ...]:
        d = r"\mathrm{d}"
        found: list[Step] = []
        for side, layer in zip(SIDES, self.both):
            text = f"{side}_dy = what y says of the {side} layer's y"
            latex = rf"{d}y_{side[0]} = \frac{{\partial y}}{{\partial y_{side[0]}}} {d}y"
            line = f"{side}_dy = {self._passed(side)}"
            found.append(Step(f"{side}_dy", text, latex, ("dy", "y_f", "y_b"), line))
            found += [prefixed(step, side) for step in layer.backward_steps()]
        text, latex = "dx = forward_dx + backward_dx", rf"{d}x = {d}x_f + {d}x_b"
        return (*found, Step("dx", text, latex, tuple(f"{side}_dx" for side in SIDES), text))

    def _passed(self, side: str) -> str:
        """What goes back to one of the two layers, as NumPy, in the order in which it reads."""
        u, first = self.layer.units, side == "forward"
        part = {
            "concat": f"dy[..., :{u}]" if first else f"dy[..., {u}:]",
            "sum": "dy",
            "mul": "dy * y_b" if first else "dy * y_f",
            "ave": "dy / 2",
        }[self.merge_mode]
        return part if first or not self.layer.return_sequences else f"({part})[:, ::-1]"


def prefixed(step: Step, side: str) -> Step:
    """A line of one of the two layers, by the names its values have in the whole."""

    def full(name: str) -> str:
        weight = name.removeprefix("d")
        if name != weight and (weight.endswith("kernel") or weight == "bias"):
            return f"d{side}_{weight}"
        return name if name == "x" else f"{side}_{name}"

    line = step.numpy
    for word in {step.output, *step.inputs}:
        line = re.sub(rf"(?<![\w.]){word}\b(?!\()", full(word), line)
    inputs = tuple(full(name) for name in step.inputs)
    return step._replace(output=full(step.output), inputs=inputs, numpy=line)


LAYERS.add("Bidirectional", Bidirectional)
