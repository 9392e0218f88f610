"""A kernel's gradient, window by window: the sums are those of the shown sample's own numbers."""

from typing import Any

import numpy as np
import pytest

from nn_core.live.convolution import Block, Pictures
from nn_core.trace import record
from tests.live.viewer import Viewer

TWO = (Block(3, 3, "same", "relu", "average"), Block(2, 2, "valid", "tanh", "none"))


@pytest.mark.parametrize(
    ("layer", "channel", "number"), [("conv2d_1", 0, 2), ("conv2d_2", 2, 1), ("conv2d_2", 0, 0)]
)
def test_the_sums_grow_window_by_window_to_the_gradient(
    layer: str, channel: int, number: int
) -> None:
    viewer = Viewer(Pictures(samples=60, blocks=TWO))
    viewer.say(type="step", kind="batch")
    viewer.say(type="set", sample=5)
    header, values = viewer.ask("kernel_gradient", layer=layer, channel=channel, filter=number)
    assert (header["layer"], header["channel"], header["filter"]) == (layer, channel, number)
    play = viewer.play
    trace = record(play.run.model, play.run.x[5:6], play.run.y[5:6])
    columns, dz = trace[f"{layer}/columns"][0], trace[f"{layer}/dz"][0]
    running = values["running"]
    high, wide, _ = dz.shape
    assert running.shape == (high * wide, *columns.shape[2:4])
    total = np.zeros(columns.shape[2:4])
    for p in range(high * wide):
        i, j = divmod(p, wide)
        total += columns[i, j, :, :, channel].astype(float) * dz[i, j, number]
        np.testing.assert_allclose(running[p], total, rtol=1e-5, atol=1e-8)
    gradient = trace[f"{layer}/dkernel"][:, :, channel, number]
    assert np.abs(gradient).max() > 0
    np.testing.assert_allclose(running[-1], gradient, rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"layer": "dense_1", "channel": 0, "filter": 0}, "conv2d_1, conv2d_2"),
        ({"layer": "conv2d_9", "channel": 0, "filter": 0}, "conv2d_9"),
        ({"layer": "conv2d_2", "channel": 3, "filter": 0}, "channel from 0 to 2"),
        ({"layer": "conv2d_2", "channel": 0, "filter": -1}, "filter from 0 to 1"),
        ({"layer": "conv2d_2", "channel": 0, "filter": 0.5}, "filter from 0 to 1"),
    ],
)
def test_a_question_about_what_is_not_there_is_answered_by_a_sentence(
    fields: dict[str, Any], says: str
) -> None:
    viewer = Viewer(Pictures(samples=60, blocks=TWO))
    header, _ = viewer.ask("kernel_gradient", **fields)
    assert says in header["error"]
