"""A play that goes on for long keeps no more than it says."""

import gc
import tracemalloc

import pytest

from nn_core.live.convolution import Pictures
from nn_core.live.points import Points
from nn_core.live.recurrent import Sequences
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from tests.live.viewer import Viewer

LONG: list[tuple[Spec, int]] = [
    (Points(), 12_000),
    (Pictures(samples=100), 1_200),
    (Sequences(samples=100), 1_200),
]


def kept(viewer: Viewer, updates: int) -> int:
    """Bytes that are held after so many more updates, pictures and changes on the way."""
    for update in range(updates):
        viewer.play.train()
        if update % 40 == 0:
            viewer.play.picture()
            viewer.frames.clear()
        if update % 400 == 0:
            viewer.say(type="go", step=viewer.play.run.step // 2)
            viewer.say(type="go", step=viewer.play.run.last)
            viewer.frames.clear()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.parametrize(("spec", "updates"), LONG, ids=lambda value: getattr(value, "scene", ""))
def test_what_is_kept_does_not_grow(spec: Spec, updates: int) -> None:
    settings: Settings = spec.start
    viewer = Viewer(spec, settings)
    tracemalloc.start()
    try:
        first = kept(viewer, updates // 3)
        again = [kept(viewer, updates // 3) for _ in range(2)]
    finally:
        tracemalloc.stop()
    # Moments double their distance as they fill their room, so what is held swings within it.
    assert max(again) < first + 2_500_000
    assert again[1] < again[0] + 1_500_000
