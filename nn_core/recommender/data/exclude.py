"""Which products are left out: of the data that models learn from, the judgement and the lists."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.identifiers import Ids
from nn_core.recommender.data.no_goods import KINDS, no_goods
from nn_core.recommender.errors import ShopDataError

BY_CHOICE = "chosen"


@dataclass(frozen=True)
class Exclude:
    """auto: what is likely no goods (see no_goods.py); and products by id: also those in `also`,
    never those in `keep`."""

    auto: bool = False
    also: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Exclude:
        return cls(
            bool(plain.get("auto")), tuple(plain.get("also", ())), tuple(plain.get("keep", ()))
        )

    def changed(self, likely: Iterable[str], chosen: Iterable[str]) -> Exclude:
        """After a person looked: likely, what would be left out by itself; chosen, what is to be
        left out."""
        found, wanted = set(likely), set(chosen)
        return replace(self, also=tuple(sorted(wanted - found)), keep=tuple(sorted(found - wanted)))

    def options(self) -> dict[str, str]:
        """As `exclude_of` reads them: {option of the command line: value}; none if nothing is."""
        asked = ",".join((*(("auto",) if self.auto else ()), *self.also))
        said = {"--exclude-items": asked, "--keep-items": ",".join(self.keep)}
        return {option: value for option, value in said.items() if asked and value}

    def __bool__(self) -> bool:
        return self.auto or bool(self.also)

    def among(
        self,
        products: pd.Series,
        names: Mapping[str, str],
        product: NDArray[np.int64],
        price: NDArray[np.float64] | None,
    ) -> dict[str, str]:
        """{product: its kind of no goods, or that it was chosen}.

        products: (I,) ids; names: {id: name}; product, price: (M,) of each sale, the number of the
        product and what one cost.
        """
        ids = products.tolist()
        chosen = dict.fromkeys((one for one in self.also if one in set(ids)), BY_CHOICE)
        if not self.auto:
            return chosen

        def prices(place: int) -> NDArray[np.float64]:
            return np.empty(0) if price is None else price[product == place]

        likely = no_goods(ids, [names.get(one, "") for one in ids], prices)
        return {one: kind for one, kind in (chosen | likely).items() if one not in self.keep}


EVERYTHING_STAYS = Exclude()


def rows_of(found: Mapping[str, str], ids: Ids) -> dict[str, NDArray[np.bool_]]:
    """{kind: (N,) whether the row is of such a product}."""
    codes, products = ids
    kinds = products.map(found)
    return {
        kind: np.append((kinds == kind).to_numpy(), False)[codes]
        for kind in (*KINDS, BY_CHOICE)
        if kind in found.values()
    }


def exclude_of(text: str, keep: str = "") -> Exclude:
    """text: "none", "auto", ids, or "auto" and ids; keep: ids that stay. Either may be the name of
    a file that has one of them a line."""
    asked = listed(text)
    also = tuple(one for one in asked if one.lower() not in ("auto", "none"))
    words = {one.lower() for one in asked} - {one.lower() for one in also}
    if "none" in words and len(asked) > 1:
        raise ShopDataError(
            f"'--exclude-items {text}' says both none and some: write none, auto, ids of products "
            "or auto and ids, with commas between them, or a file with one of them a line."
        )
    return Exclude("auto" in words, also, tuple(listed(keep)))


def listed(text: str) -> list[str]:
    """ "4711, 0815", or the lines of the file of that name."""
    cells = text.split(",")
    try:
        if text and Path(text).is_file():
            cells = Path(text).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ShopDataError(
            f"{text} cannot be read as a list of products: it should be a text file in UTF-8 with "
            "the id of one product a line."
        ) from error
    return [one.strip() for one in cells if one.strip()]


def add_exclude_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("which products are left out")
    group.add_argument(
        "--exclude-items",
        metavar="auto|none|ID,...|FILE",
        default="none",
        help="'auto' for lines that are likely no goods (postage, fees, vouchers); products by id; "
        "or a file with an id a line (default: none)",
    )
    group.add_argument(
        "--keep-items", metavar="ID,...|FILE", default="", help="which of them stay nevertheless"
    )
