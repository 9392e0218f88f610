"""Races: lanes that differ in one setting alone, and runs that are brought to one step."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from nn_core.live.convolution import Pictures
from nn_core.live.hub import Hub
from nn_core.live.notation import parse
from nn_core.live.orders import TURN
from nn_core.live.play import Play
from nn_core.live.points import Points
from nn_core.live.races import IN_SCENE, MOST, RACED, lanes
from nn_core.live.recurrent import Sequences
from nn_core.live.run import Run
from nn_core.live.spec import Spec
from nn_core.live.stack import Stack
from tests.live.viewer import Viewer

SCENES: dict[str, Spec] = {
    "points": Points(points=60),
    "pictures": Pictures(samples=100),
    "sequences": Sequences(samples=100, steps=5, units=3),
    "stack": Stack(
        source=Pictures(samples=100),
        hidden=parse("conv2d(2,3)-batch_normalization-flatten-dense(3)"),
    ),
}
# The part of a spec or of settings that each race changes; a depth brings its activations along.
CHANGES = {
    "optimizer": {"optimizer"},
    "rate": {"learning_rate"},
    "activation": {"activations"},
    "momentum": {"optimizer_options"},
    "clipping": {"optimizer_options"},
    "loss": {"loss"},
    "pool": {"blocks"},
    "batch": {"batch_size"},
    "initializer": {"hidden"},
    "units": {"hidden"},
    "depth": {"hidden", "activations"},
    "cell": {"cell"},
    "cell-units": {"units"},
}
RACES = [(scene, raced) for scene, names in IN_SCENE.items() for raced in names]


def test_every_raced_setting_belongs_to_a_scene() -> None:
    assert {raced for _, raced in RACES} == set(RACED) == set(CHANGES)


@pytest.mark.parametrize(("scene", "raced"), RACES)
def test_lanes_differ_in_the_raced_setting_alone(scene: str, raced: str) -> None:
    spec, first = SCENES[scene], list(RACED.get(raced).first)
    settings = replace(spec.start, optimizer="sgd", optimizer_options={})
    found = lanes(spec, settings, raced, first[::-1])
    assert [lane.value for lane in found] == [str(value) for value in first]
    plain = [asdict(lane.spec) | asdict(lane.settings) for lane in found]
    differ = {name for name in plain[0] if any(one[name] != plain[0][name] for one in plain)}
    assert differ == CHANGES[raced]
    for lane in found:
        run = Run(lane.spec, lane.settings)
        assert np.array_equal(run.x, Run(found[0].spec, found[0].settings).x)
        run.train()
        assert run.step == 1


@pytest.mark.parametrize("raced", ["optimizer", "rate", "momentum", "batch", "activation", "loss"])
def test_where_the_network_is_the_same_so_are_its_first_weights(raced: str) -> None:
    spec = SCENES["points"]
    runs = [
        Run(lane.spec, lane.settings)
        for lane in lanes(spec, spec.start, raced, list(RACED.get(raced).first))
    ]
    for run in runs:
        assert np.array_equal(run.model.weights.vector, runs[0].model.weights.vector)


def test_a_race_of_momenta_has_an_optimizer_with_momentum() -> None:
    spec = SCENES["points"]
    adam = replace(spec.start, optimizer="adam")
    found = lanes(spec, adam, "momentum", [0.0, 0.9])
    assert [getattr(lane.settings.rule, "momentum") for lane in found] == [0.0, 0.9]  # noqa: B009
    clipped = lanes(SCENES["sequences"], adam, "clipping", ["none", 1.0])
    assert [lane.settings.rule.global_clipnorm for lane in clipped] == [None, 1.0]
    assert clipped[0].settings.optimizer == "adam"


@pytest.mark.parametrize("values", [[], ["sgd"], [*RACED.get("optimizer").values][: MOST + 1]])
def test_too_few_or_too_many_lanes_are_refused(values: list[str]) -> None:
    spec = SCENES["points"]
    with pytest.raises(ValueError, match="A race has 2 to 4 of these values of optimizer: sgd,"):
        lanes(spec, spec.start, "optimizer", values)


def test_a_value_that_there_is_not_is_named() -> None:
    spec = SCENES["points"]
    with pytest.raises(ValueError, match="received sgd, wrong"):
        lanes(spec, spec.start, "optimizer", ["sgd", "wrong"])


@pytest.mark.parametrize("raced", ["units", "activation", "initializer"])
def test_lanes_that_would_all_be_the_same_are_refused(raced: str) -> None:
    spec = Points(hidden=())
    with pytest.raises(ValueError, match="gives the same run; add a hidden layer"):
        lanes(spec, spec.start, raced, list(RACED.get(raced).first))


def test_a_play_reaches_a_step_and_no_further() -> None:
    spec = SCENES["points"]
    viewer, alone = Viewer(spec), Run(spec, spec.start)
    for step in (3, 3, 2, 40):
        header, values = viewer.say(type="reach", step=step)
        while header["step"] < step:
            header, values = viewer.say(type="reach", step=step)
        while alone.step < step:
            alone.train()
        assert header["step"] == header["loss"]["step"] == alone.step
        assert np.array_equal(values["weights"], alone.model.weights.vector)
        assert header["state"] == "paused"
    header, _ = viewer.say(type="reach", step="far")
    assert "A step must be a number" in header["load"]["note"]


def test_a_far_step_is_reached_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = Viewer(SCENES["points"])
    times = iter(np.arange(0, 100, TURN / 4))
    monkeypatch.setattr("nn_core.live.orders.time.monotonic", lambda: float(next(times)))
    header, _ = viewer.say(type="reach", step=1000)
    assert header["step"] == 5


def test_a_run_that_has_stopped_goes_no_further() -> None:
    spec = SCENES["points"]
    viewer = Viewer(spec)
    viewer.play.run.stop(float("nan"))
    assert viewer.say(type="reach", step=9)[0]["step"] == 0


def test_a_closed_play_is_gone() -> None:
    hub = Hub()
    token = hub.open(SCENES["points"], SCENES["points"].start)
    assert isinstance(hub.find(token), Play)
    hub.close(token)
    hub.close(token)
    assert hub.find(token) is None
