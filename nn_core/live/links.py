"""A run as text: what an address or a file carries of it, so that somebody else has it too."""

import base64
import binascii
import json
import zlib
from dataclasses import asdict, fields
from typing import Any

from nn_core.live import carried
from nn_core.live.asks import Answer, Scene, ask
from nn_core.live.run import Change, Script
from nn_core.live.settings import Settings
from nn_core.live.table import Table

# What a link may grow to when it is unpacked, in bytes: some 20,000 changes.
MOST = 2_000_000
BROKEN = "This link of a run is damaged or from another version; open the lab without it."


@ask
def link(scene: Scene, message: dict[str, Any]) -> Answer:
    """The run as text, with what it holds; of somebody's own table also the table, for a file."""
    run = scene.run
    script = Script(tuple(run.log), run.last, run.spec.made)
    header = {"run": packed(run.first, script), "changes": len(script.log), "last": script.step}
    if isinstance(run.spec, Table):
        header |= {"table": {**carried.about(run.spec), "text": carried.packed(run.spec)}}
    return header, {}


def packed(settings: Settings, script: Script) -> str:
    """settings: those of the start."""
    changes = [
        [change.step, change.settings]
        if change.settings is not None
        else [change.step, change.weight, change.value]
        for change in script.log
    ]
    plain = {"settings": asdict(settings), "log": changes, "step": script.step}
    if script.made:
        plain["made"] = script.made
    text = json.dumps(plain, separators=(",", ":"), allow_nan=False)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(text: str) -> tuple[Settings, Script]:
    """What `packed` was given. Raises ValueError on anything else; browsers send what they like."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        plain = json.loads(zlib.decompressobj().decompress(data, MOST))
        known = {field.name for field in fields(Settings)}
        settings = Settings(**{k: v for k, v in plain["settings"].items() if k in known})
        settings = settings.changed({"activations": plain["settings"]["activations"]})
        log = tuple(change(*parts) for parts in plain["log"])
        return settings, Script(log, max(0, int(plain["step"])), dict(plain.get("made", {})))
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error, binascii.Error) as error:
        raise ValueError(BROKEN) from error


def change(step: int, what: dict[str, Any] | str, value: float = 0.0) -> Change:
    """A change of the log: settings, or a weight and its value."""
    if isinstance(what, dict):
        return Change(int(step), settings=what)
    return Change(int(step), weight=str(what), value=float(value))
