"""Bytes of a text file in any common encoding -> UTF-8, and the name of the encoding."""

import re
from collections.abc import Iterator

from nn_core.recommender.data.buffers import BLOCK, Buffer, decoded, has, set_down
from nn_core.recommender.errors import ShopDataError

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SAMPLE = 1_000_000  # bytes looked at where the encoding has to be guessed


def to_utf8(data: Buffer, name: str) -> tuple[Buffer, str]:
    """(bytes without a byte-order mark, in UTF-8; the encoding they came in)."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data[:4].startswith(mark):
            return recoded(data[len(mark) :], encoding, name), encoding + " with byte-order mark"
    if has(data, b"\0"):
        return without_nul(data, name)
    if is_text(data, "utf-8"):
        return data, "utf-8"
    encoding = "gb18030" if looks_chinese(data) else "cp1252"
    if not is_text(data, encoding):
        encoding = "latin-1"
    if len(re.findall(rb"[\x01-\x08\x0e-\x1f\x7f]", data[:SAMPLE])) > len(data[:SAMPLE]) / 100:
        raise ShopDataError(f"{name} is not text but some binary format: export it as CSV.")
    return recoded(data, encoding, name), encoding


def recoded(data: Buffer, encoding: str, name: str) -> Buffer:
    done = 0

    def parts() -> Iterator[bytes]:
        nonlocal done
        for text in decoded(data, encoding):
            yield text.encode("utf-8")
            done += BLOCK

    try:
        made = set_down(parts())
    except UnicodeDecodeError as error:
        raise ShopDataError(
            f"{name} says it is {encoding} but byte {done + error.start + 1:,} does not fit that: "
            "save it again as CSV UTF-8."
        ) from error
    return refuse_nul(made, name)


def is_text(data: Buffer, encoding: str) -> bool:
    try:
        for _ in decoded(data, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def without_nul(data: Buffer, name: str) -> tuple[Buffer, str]:
    """Text with NUL bytes is UTF-16 that lost its byte-order mark, or damaged."""
    sample = data[: SAMPLE - SAMPLE % 2] if len(data) > SAMPLE else data[: len(data) & ~1]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        if "\n" in text and "\0" not in text and re.search("[,;\t|]", text):
            return recoded(data, encoding, name), encoding
    return refuse_nul(data, name), "utf-8"


def refuse_nul(data: Buffer, name: str) -> Buffer:
    place = data.find(b"\0")
    if place >= 0:
        line = data[:place].count(b"\n") + 1
        raise ShopDataError(
            f"{name} has a NUL byte in line {line:,} (byte {place + 1:,}), which no text has: "
            "the file is damaged or not a CSV; export it again."
        )
    return data


def looks_chinese(data: Buffer) -> bool:
    """GBK or cp1252? Chinese characters are pairs of high bytes, accents are mostly single ones."""
    runs = re.findall(rb"[\x80-\xff]+", data[:SAMPLE])
    paired = sum(len(run) for run in runs if len(run) >= 2)
    return paired > 0.8 * sum(len(run) for run in runs) and is_text(data, "gb18030")
