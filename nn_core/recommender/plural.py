"""A count and its noun: "1 row", "2,000 rows"."""


def number_of(count: int, noun: str) -> str:
    """noun: in the singular, of those that take an s."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
