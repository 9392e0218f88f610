"""A stack of layers as a line of text: conv2d(4,3)-max_pooling2d-reshape(3,12)-lstm(8).

Layers have their Keras names in small letters; in brackets stand the fields of their config, the
required ones first and without a name. All of it is read off the registry and the dataclasses.
"""

import re
from dataclasses import MISSING, Field, fields, replace
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from nn_core.layers import LAYERS, Layer
from nn_core.names import snake

WORDS = {"true": True, "false": False, "none": None}


@cache
def kinds() -> dict[str, type[Layer]]:
    """Every registered layer by the name it has here."""
    return {snake(LAYERS.get(name).keras_class): LAYERS.get(name) for name in LAYERS}


def config(kind: type[Layer]) -> list[Field[Any]]:
    """The fields of a layer's config, the required ones first."""
    return [each for each in fields(kind) if each.name != "name"]


def required(field: Field[Any]) -> bool:
    """Whether a layer cannot be made without it."""
    return field.default is MISSING and field.default_factory is MISSING


@cache
def hints(kind: type[Layer]) -> dict[str, Any]:
    """The types of a layer's fields."""
    return get_type_hints(kind)


def options(hint: Any) -> tuple[Any, ...]:
    """The types that a hint allows: int | None -> (int, NoneType)."""
    return (hint,) if isinstance(hint, type) or get_origin(hint) is tuple else get_args(hint)


def parse(text: str) -> tuple[Layer, ...]:
    """The layers of a line of text, without names. Raises ValueError that says what is wrong."""
    found: list[Layer] = []
    counts: dict[str, int] = {}
    for part in parts(text, "-"):
        kind = named_kind(part)
        counts[kind] = counts.get(kind, 0) + 1
        found.append(layer_of(part, f"{kind}_{counts[kind]}"))
    return tuple(found)


def named_kind(text: str) -> str:
    """The layer that a part of the text begins with."""
    word = text.partition("(")[0].strip()
    name = word if word in kinds() else snake(word)
    if name not in kinds():
        raise ValueError(f"Unknown layer {word!r}; expected one of: {', '.join(kinds())}.")
    return name


def layer_of(text: str, name: str = "") -> Layer:
    """One layer: conv2d(4,3,padding=same). name: what its errors call it."""
    kind = named_kind(text)
    inside = text.partition("(")[2].strip()
    if inside and not inside.endswith(")"):
        raise ValueError(f"{kind} expects its brackets closed at its end; received {text!r}.")
    layer = kinds()[kind]
    values = arguments(kind, layer, parts(inside[:-1], ",") if inside else [])
    if missing := [f.name for f in config(layer) if required(f) and f.name not in values]:
        first = ",".join(f.name for f in config(layer) if required(f))
        raise ValueError(f"{kind} expects {' and '.join(missing)}; write {kind}({first}).")
    return replace(layer(**values, name=name), name="")


def arguments(kind: str, layer: type[Layer], texts: list[str]) -> dict[str, Any]:
    """The fields that stand between a layer's brackets, by name."""
    own = config(layer)
    names = [f.name for f in own]
    values: dict[str, Any] = {}
    if own and get_args(hints(layer)[names[0]])[1:] == (...,):
        # A shape takes all that has no name: reshape(3,12).
        loose = [text for text in texts if "=" not in text.partition("(")[0]]
        texts = [text for text in texts if text not in loose]
        values = {names[0]: tuple(value(kind, names[0], text, int) for text in loose)}
    for place, text in enumerate(texts):
        field, equals, rest = text.partition("=")
        if not equals or "(" in field:
            field, rest = names[place] if place < len(names) else text, text
        field = field.strip()
        if field not in names or field in values:
            again = "has already" if field in values else "knows no"
            said = f"{kind} {again} {field!r}; its fields are: {', '.join(names)}."
            raise ValueError(said if names else f"{kind} has nothing to set; write {kind}.")
        values[field] = value(kind, field, rest, hints(layer)[field])
    return values


def value(kind: str, field: str, text: str, hint: Any) -> Any:
    """A field's value: 4, 0.25, 3x5, same, true, none, or a layer. Raises ValueError otherwise."""
    found = literal(text.strip())
    if not any(fits(found, option) for option in options(hint)):
        wanted = " or ".join(filter(None, map(worded, options(hint))))
        raise ValueError(f"{kind} expects {field} as {wanted}; received {text.strip()!r}.")
    return found


def literal(text: str) -> Any:
    """The value that is written so."""
    if text in WORDS:
        return WORDS[text]
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d*\.?\d+(e[-+]?\d+)?", text):
        return float(text)
    if re.fullmatch(r"\d+(x\d+)+", text):
        return tuple(map(int, text.split("x")))
    return layer_of(text) if text.partition("(")[0] in kinds() else text


def fits(found: Any, option: Any) -> bool:
    """Whether a value is of a type."""
    if get_origin(option) is tuple:
        return isinstance(found, tuple)
    if isinstance(found, bool) or found is None:
        return option is type(found)
    if option is float:
        return isinstance(found, int | float)
    known = isinstance(option, type) and (option in (int, str) or issubclass(option, Layer))
    return known and isinstance(found, option)


def worded(option: Any) -> str:
    """A type as an error names it."""
    if isinstance(option, type) and issubclass(option, Layer):
        return f"{snake(option.keras_class)}(...)"
    sizes = "sizes such as 3x3" if get_origin(option) is tuple else ""
    names = {int: "a whole number", float: "a number", str: "a word", bool: "true or false"}
    return sizes or names.get(option, "none" if option is type(None) else "")


def parts(text: str, mark: str) -> list[str]:
    """What stands between the marks that are in no brackets. Raises ValueError on open brackets."""
    found, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            break
        if letter == mark and not depth:
            found.append("")
        else:
            found[-1] += letter
    if depth:
        raise ValueError(f"Brackets open and close in pairs, conv2d(4,3); received {text!r}.")
    if not text.strip():
        return []
    if not all(part.strip() for part in found):
        raise ValueError(f"Something is expected on both sides of {mark!r}; received {text!r}.")
    return found


def written(layers: tuple[Layer, ...]) -> str:
    """The text that `parse` reads as these layers. Raises ValueError on what has no notation."""
    return "-".join(map(one_written, layers))


def one_written(layer: Layer) -> str:
    """One layer: fields that have their default are left out."""
    kind, found = type(layer), list[str]()
    for field in config(kind):
        own = getattr(layer, field.name)
        if required(field):
            loose = get_args(hints(kind)[field.name])[1:] == (...,)
            found.append(",".join(map(str, own)) if loose else one_value(own))
        elif own != field.default:
            found.append(f"{field.name}={one_value(own)}")
    name = snake(kind.keras_class)
    return f"{name}({','.join(found)})" if found else name


def one_value(own: Any) -> str:
    """A field's value as `literal` reads it."""
    if isinstance(own, bool) or own is None:
        return str(own).lower()
    if isinstance(own, tuple):
        return "x".join(map(str, own))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(own, Layer):
        return one_written(own)
    if isinstance(own, int | float | str):
        return str(own)
    raise ValueError(f"{own!r} has no notation in a line of text; build such a layer in Python.")
