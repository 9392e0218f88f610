"""What a newer file and a run have in common, counted before the two are joined."""

from pathlib import Path

from pyarrow import parquet

ROLES = ("customer", "product")
FEW = 0.1
"""Of a shop's own next month the run knows more than this share of customers and of products."""

Common = dict[str, tuple[int, int]]
"""{"customer": (how many of the newer file the run knows, how many it has), "product": ...}"""


def in_common(earlier: Path, newer: Path) -> Common:
    """earlier, newer: folders of stored purchases."""
    before, after = ids(earlier), ids(newer)
    return {role: (len(after[role] & before[role]), len(after[role])) for role in ROLES}


def ids(folder: Path) -> dict[str, set[str]]:
    """Every customer and product, read a group of rows at a time."""
    file = parquet.ParquetFile(folder / "purchases.parquet")
    found: dict[str, set[str]] = {role: set() for role in ROLES}
    for group in range(file.num_row_groups):
        table = file.read_row_group(group, columns=list(ROLES))
        for role, seen in found.items():
            seen.update(table[role].unique().to_pylist())
    return found


def few(shared: Common) -> bool:
    """Whether this may well be another shop's file, or its ids are written in another way."""
    return any(known < FEW * count for known, count in shared.values())


def in_common_words(shared: Common) -> str:
    """As "3 of this file's 4 customers and 5 of its 6 products stand in this run."."""
    (one, customers), (other, products) = shared["customer"], shared["product"]
    return (
        f"{one:,} of this file's {customers:,} customers and {other:,} of its {products:,} "
        "products stand in this run."
    )
