"""All pictures to play with. Adding one is a module beside the others, imported here."""

from pages.ui.course.shows import (
    activations,
    buying,
    chain,
    codes,
    depth,
    descent,
    echo,
    fitting,
    gates,
    kernels,
    losses,
    recommender,
)
from pages.ui.course.shows.registry import SHOWS

__all__ = [
    "SHOWS",
    "activations",
    "buying",
    "chain",
    "codes",
    "depth",
    "descent",
    "echo",
    "fitting",
    "gates",
    "kernels",
    "losses",
    "recommender",
]
