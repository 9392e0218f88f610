"""A shop's purchases as files that a worker, or tomorrow's visit, can open: Parquet and JSON."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from nn_core.recommender.data.exclude import Exclude
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.reading import Table, read_table


def store(shop: Interactions, folder: Path) -> None:
    """Everything that `Interactions` holds. Rows set aside are kept as text."""
    folder.mkdir(parents=True, exist_ok=True)
    shop.frame.to_parquet(folder / "purchases.parquet")
    aside: Any = shop.set_aside
    titles = [str(title) for title in aside.columns]
    # Files may repeat a header, which Parquet does not allow: columns go by number there.
    numbered = aside.set_axis([str(place) for place in range(len(titles))], axis=1)
    numbered.astype("str").to_parquet(folder / "set_aside.parquet")
    shop.goods.to_parquet(folder / "goods.parquet")
    shop.people.to_parquet(folder / "people.parquet")
    about = {
        "read": shop.read,
        "columns": asdict(shop.columns),
        "notes": list(shop.notes),
        "set_aside_titles": titles,
        "names": shop.names,
        "events": shop.events,
        "event_rows": shop.event_rows,
        "liked": shop.liked,
        "exclude": asdict(shop.exclude),
        "dates": shop.dates,
    }
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def stored(folder: Path) -> Interactions:
    """What `store` wrote."""
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    aside: Any = pd.read_parquet(folder / "set_aside.parquet")
    extra = {
        name: pd.read_parquet(folder / f"{name}.parquet")
        for name in ("goods", "people")
        if (folder / f"{name}.parquet").exists()  # what was stored before has none
    }
    return Interactions(
        frame=pd.read_parquet(folder / "purchases.parquet"),
        names=about["names"],
        set_aside=aside.set_axis(about["set_aside_titles"], axis=1),
        read=about["read"],
        columns=Columns(**about["columns"]),
        notes=tuple(about["notes"]),
        events=about.get("events", {}),
        event_rows=about.get("event_rows", {}),
        liked=about.get("liked"),
        exclude=Exclude.from_json(about.get("exclude", {})),
        dates=about.get("dates"),
        **extra,
    )


def save_table(table: Table, folder: Path) -> None:
    """A file as it was read, in another file's place."""
    folder.mkdir(parents=True)
    about = {"name": table.name, "format": table.format, "notes": list(table.notes)}
    for name, frame in (("frame", table.frame), ("ragged", table.ragged.astype("str"))):
        frame.to_parquet(folder / f"{name}.parquet")
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def forget_the_file(table: Table, source: Path) -> None:
    """Of a file with personal data only the table without them stays, in the file's place."""
    clean = source.with_suffix(".clean")
    save_table(table, clean)
    source.unlink()
    clean.rename(source)


def load_table(folder: Path) -> Table:
    """What `save_table` wrote."""
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    frame, ragged = (pd.read_parquet(folder / f"{name}.parquet") for name in ("frame", "ragged"))
    if "row" in ragged:
        ragged["row"] = ragged["row"].astype("int64")
    return Table(about["name"], frame, ragged, about["format"], tuple(about["notes"]))


def opened_table(source: Path, name: str, sheet: str | None = None) -> Table:
    """A file; or the folder in its place, which holds the table without what was personal."""
    return load_table(source) if source.is_dir() else read_table(source, name, sheet=sheet)
