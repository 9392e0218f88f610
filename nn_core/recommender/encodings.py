"""Bytes of a text file in any common encoding -> UTF-8, and the name of the encoding."""

import re

from nn_core.recommender.errors import ShopDataError

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SAMPLE = 1_000_000  # bytes looked at where the encoding has to be guessed


def to_utf8(data: bytes, name: str) -> tuple[bytes, str]:
    """(bytes without a byte-order mark, in UTF-8; the encoding they came in)."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return recoded(data[len(mark) :], encoding, name), encoding + " with byte-order mark"
    if b"\0" in data:
        return without_nul(data, name)
    if is_text(data, "utf-8"):
        return data, "utf-8"
    encoding = "gb18030" if looks_chinese(data) else "cp1252"
    if not is_text(data, encoding):
        encoding = "latin-1"
    if len(re.findall(rb"[\x01-\x08\x0e-\x1f\x7f]", data[:SAMPLE])) > len(data[:SAMPLE]) / 100:
        raise ShopDataError(f"{name} is not text but some binary format: export it as CSV.")
    return recoded(data, encoding, name), encoding


def recoded(data: bytes, encoding: str, name: str) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ShopDataError(
            f"{name} says it is {encoding} but byte {error.start + 1:,} does not fit that: "
            "save it again as CSV UTF-8."
        ) from error
    return refuse_nul(text.encode("utf-8"), name)


def is_text(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def without_nul(data: bytes, name: str) -> tuple[bytes, str]:
    """Text with NUL bytes is UTF-16 that lost its byte-order mark, or damaged."""
    sample = data[: SAMPLE - SAMPLE % 2] if len(data) > SAMPLE else data[: len(data) & ~1]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        if "\n" in text and "\0" not in text and re.search("[,;\t|]", text):
            return recoded(data, encoding, name), encoding
    return refuse_nul(data, name), "utf-8"


def refuse_nul(data: bytes, name: str) -> bytes:
    place = data.find(b"\0")
    if place >= 0:
        line = data.count(b"\n", 0, place) + 1
        raise ShopDataError(
            f"{name} has a NUL byte in line {line:,} (byte {place + 1:,}), which no text has: "
            "the file is damaged or not a CSV; export it again."
        )
    return data


def looks_chinese(data: bytes) -> bool:
    """GBK or cp1252? Chinese characters are pairs of high bytes, accents are mostly single ones."""
    runs = re.findall(rb"[\x80-\xff]+", data[:SAMPLE])
    paired = sum(len(run) for run in runs if len(run) >= 2)
    return paired > 0.8 * sum(len(run) for run in runs) and is_text(data, "gb18030")
