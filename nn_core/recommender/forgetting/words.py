"""How often an id stands in text, as a word of its own, in whichever encoding."""

from __future__ import annotations

import mmap

from nn_core.recommender.forgetting.places import TELLING

WIDTH = {"utf-8": 1, "cp1252": 1, "utf-16-le": 2, "utf-16-be": 2}
"""Encodings in which a file may be written -> bytes of a sign beside a word."""


def words_in(text: bytes | mmap.mmap, customer: str) -> int:
    """A file is written in one encoding: that which finds the most."""
    if len(customer) < TELLING:
        return 0
    words = {customer.encode(name, "ignore"): name for name in reversed(WIDTH)}
    return max(
        times_in(text, word, name)
        for word, name in words.items()
        if word.decode(name) == customer  # cp1252 has not every sign
    )


def times_in(text: bytes | mmap.mmap, word: bytes, encoding: str) -> int:
    count, at, wide = 0, -1, WIDTH[encoding]
    while (at := text.find(word, at + 1)) >= 0:
        end = at + len(word)
        beside = (text[max(at - wide, 0) : at], text[end : end + wide])
        count += not any(sign.decode(encoding, "replace").isalnum() for sign in beside)
    return count
