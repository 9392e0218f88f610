"""What an array of a trained network is, for somebody who never saw one: words for each layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from nn_core.layers import GRU, LSTM, Dense, Embedding, GaussianSampling, Layer
from nn_core.network import Sequential

GATES = {
    "gru": "z keeps the old state, r resets it, h is the new one",
    "lstm": "i writes, f forgets, c is what is new, o speaks",
}
OF_TIME = {
    "gru": {
        "z": "How much of its old state each unit keeps at each purchase (z: 1 keeps all)",
        "r": "How much of the old state each unit looks at for the new one (r: 1 all)",
        "h": "What each unit remembers after each purchase (h)",
    },
    "lstm": {
        "i": "How far each unit lets a purchase in (i: 1 all the way)",
        "f": "How much each unit keeps of what it remembers (f: 1 keeps all)",
        "o": "How far each unit speaks of what it remembers (o: 1 all the way)",
        "c": "What each unit remembers after each purchase (c)",
        "h": "What each unit says after each purchase (h)",
    },
}
OWN = {
    "two-tower": {
        (0, "kernel"): "Each product's vector, made by the product's tower",
        (0, "a"): "The mean of the vectors of what was bought",
        (1, "kernel"): "The customer's tower: how that mean is heard by each unit",
        (1, "a"): "How active the units of the customer's tower are (relu)",
        (2, "kernel"): "From these units to the customer's vector",
        (2, "a"): "The customer's vector",
        (3, "kernel"): "The products' vectors again, now of what could be shown",
        (3, "z"): "Score of each product: the customer's vector times the product's",
    },
    "mult-vae": {
        (3, "kernel"): "The way out again: what each of these numbers says to each unit",
        (3, "a"): "How active the units on the way out are (tanh)",
    },
}
"""{network: {(layer, array): words}} where a layer's type does not tell what it is for."""


def told(network: str, model: Sequential, layer: Layer, array: str) -> str:
    """network: the recommender's name; array: of this layer in the trace -> a line."""
    place = model.layers.index(layer)
    where = "first" if place == 0 else "last" if layer is model.layers[-1] else "middle"
    own = OWN.get(network, {}).get((place, array))
    return own or WORDS[type(layer)](cast(Any, layer), where, array, followed(model, place))


def followed(model: Sequential, place: int) -> Layer | None:
    """The layer that reads this one."""
    return model.layers[place + 1] if place + 1 < len(model.layers) else None


def dense(layer: Dense, where: str, array: str, reader: Layer | None) -> str:
    """Weights from what stands below, or what comes out."""
    if isinstance(reader, GaussianSampling):
        half = layer.units // 2
        return {
            "kernel": f"Weights to {half} means (the first) and {half} log-variances (the last)",
        }.get(array, f"The customer as {half} means and {half} log-variances")
    if array == "kernel":
        return {
            "first": f"What each product says, once bought, to each of {layer.units:,} units",
            "middle": f"How each unit below is heard by each of {layer.units:,} units",
            "last": "What each unit says for each product",
        }[where]
    if where == "last":
        return f"Score of each product, before the {layer.activation} makes shares of 100% of them"
    return f"How active the {layer.units:,} units are for this customer ({layer.activation})"


def embedding(layer: Embedding, where: str, array: str, reader: Layer | None) -> str:
    if array == "embeddings":
        return f"The {layer.output_dim:,} numbers that stand for each product"
    return "What was bought, in turn, each purchase as its numbers"


def recurrent(layer: GRU | LSTM, where: str, array: str, reader: Layer | None) -> str:
    kind = type(layer).__name__.lower()
    if array == "kernel":
        return f"What a purchase does to the gates: {GATES[kind]}"
    return OF_TIME[kind][array]


def drawn(layer: GaussianSampling, where: str, array: str, reader: Layer | None) -> str:
    return "The customer squeezed into a few numbers, drawn around their means"


WORDS: dict[type[Layer], Callable[[Any, str, str, Layer | None], str]] = {
    Dense: dense,
    Embedding: embedding,
    GRU: recurrent,
    LSTM: recurrent,
    GaussianSampling: drawn,
}


def path(model: Sequential) -> str:
    """The layers from below to above: "Dense 64 relu → Dense 32 relu → Dense 423 softmax"."""
    return " → ".join(map(brief, model.layers))


def brief(layer: Any) -> str:
    """A layer by its Keras class, its units and its activation."""
    size = getattr(layer, "units", getattr(layer, "output_dim", None))
    function = getattr(layer, "activation", "") if isinstance(layer, Dense) else ""
    said = (type(layer).__name__, "" if size is None else f"{size:,}", function)
    return " ".join(word for word in said if word and word != "linear")
