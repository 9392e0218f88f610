"""Arrays in a folder, one .npy each: large ones are opened as maps, and read where they are used.

The server opens results that are hundreds of megabytes and looks at a few rows of each. The system
keeps the pages of a map in memory as long as there is room, once for all processes.
"""

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAPPED = 100_000
"""Bytes. A smaller array is read whole, which is simpler for whoever uses it."""


def save_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """FOLDER/name.npy for each. Rows first, so that a row is one piece of the file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)


def load_arrays(folder: Path) -> dict[str, NDArray[Any]]:
    """What `save_arrays` wrote; large arrays cannot be written to. Nothing is ever unpickled."""
    return {path.stem: opened(path) for path in sorted(folder.glob("*.npy"))}


def opened(path: Path) -> NDArray[Any]:
    large = path.stat().st_size > MAPPED
    return np.load(path, mmap_mode="r" if large else None, allow_pickle=False)


def let_go(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Gives the memory of maps back; it is read again from the file where it is needed again."""
    for array in arrays.values():
        if isinstance(array.base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            array.base.madvise(mmap.MADV_DONTNEED)
