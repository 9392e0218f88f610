"""A show: a picture of a lesson that the reader plays with, drawn by a function of its key."""

from collections.abc import Callable

from nn_core.registry import Registry

Show = Callable[[str], None]
SHOWS: Registry[Show] = Registry("show")


def show(name: str) -> Callable[[Show], Show]:
    """Registers a show. Its argument begins the keys of its controls."""
    return lambda draw: SHOWS.add(name, draw)
