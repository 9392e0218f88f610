"""The question "landscape": the loss of this network over two directions around its weights."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.landscape import Plane, path_plane, random_plane
from nn_core.landscape import landscape as surface
from nn_core.live.asks import Answer, Scene, ask
from nn_core.registry import Registry

# An answer takes about so many seconds: the map is coarser where one loss takes longer, and where
# it would be coarser than FINE, fewer samples are looked at.
SECONDS, FINE = 0.8, 25
SIDES = (9, 61)
FEWEST_SAMPLES, MOST_POINTS = 60, 60


@ask
def landscape(about: Scene, message: dict[str, Any]) -> Answer:
    """The loss on train samples over the plane that message["plane"] names.

    alphas, betas: (side,) coordinates; losses: (side, side), losses[i, j] at betas[i], alphas[j];
    path: (K, 2) the run's own points, steps and path_losses: (K,); here: (3,) alpha, beta and loss
    of the present weights, with all samples that the map is of.
    """
    begun = time.monotonic()
    steps, path = path_of(about)
    if not np.isfinite(path).all():
        raise ValueError("Weights that are no numbers have no landscape; go back, or reset.")
    plane = PLANES.get(str(message["plane"]))(about, path)
    x, y, side = afforded(about)
    shown = path if np.isfinite(plane.explained) else path[-1:]
    found = surface(about.model, x, y, plane, shown, side, 1.0)
    header = {
        "plane": message["plane"],
        "side": side,
        "samples": len(x),
        "of": len(about.run.x),
        "explained": plane.explained if np.isfinite(plane.explained) else None,
        "seconds": time.monotonic() - begun,
    }
    tensors = {"alphas": found.alphas, "betas": found.betas, "losses": found.losses}
    tensors |= {"path": found.path, "path_losses": found.path_losses}
    tensors |= {"steps": np.array(steps[-len(shown) :], np.float64)}
    tensors["here"] = np.array([*found.path[-1], found.path_losses[-1]])
    return header, {name: np.asarray(array, np.float64) for name, array in tensors.items()}


def path_of(about: Scene) -> tuple[list[int], Array]:
    """Steps and weights (K, P) of the kept past up to the present, some evenly where many."""
    moments = [moment for moment in about.moments if moment.step < about.now.step]
    chosen = np.linspace(0, len(moments) - 1, min(len(moments), MOST_POINTS - 1))
    kept = [*(moments[round(place)] for place in chosen), about.now]
    return [moment.step for moment in kept], np.array([moment.weights for moment in kept])


def afforded(about: Scene) -> tuple[Array, Array, int]:
    """Train samples x: (n, ...), y: (n, ...), and the map's side, that the time suffices for."""
    x, y = about.run.sets["train"]
    cost = time_of(about, x, y)
    n = len(x)
    wanted = FINE**2 + MOST_POINTS
    if cost * wanted > SECONDS:
        n = max(min(n, FEWEST_SAMPLES), round(n * SECONDS / (cost * wanted)))
        cost = time_of(about, x[:n], y[:n])
    side = int(np.sqrt(max(1.0, SECONDS / cost - MOST_POINTS)))
    low, high = SIDES
    # An odd side has the present in the middle of a cell.
    return x[:n], y[:n], min(high, max(low, side - 1 + side % 2))


def time_of(about: Scene, x: Array, y: Array) -> float:
    """Seconds that one loss takes: the least of some, since others compute here too."""
    found: list[float] = []
    for _ in range(4):
        begun = time.monotonic()
        about.model.evaluate(x, y)
        found.append(time.monotonic() - begun)
    return max(1e-6, min(found))


def own_path(about: Scene, path: Array) -> Plane:
    """The two main directions in which this run has moved."""
    if len(path) < 3:
        raise ValueError(
            f"The run's own path is {len(path) - 1} steps long; its two main directions take two "
            "steps or more. Train a little, or choose random directions."
        )
    return path_plane(path)


def at_random(about: Scene, path: Array) -> Plane:
    """Two random directions, each filter as long as the network's own; always the same two."""
    return random_plane(about.model, np.random.default_rng(about.run.spec.seed))


PLANES: Registry[Callable[[Scene, Array], Plane]] = Registry("plane")
PLANES.add("path", own_path)
PLANES.add("random", at_random)
