"""Export: a .keras file, written by a process of its own, for Keras takes seconds to import.

    python -m nn_core.export_keras SAVED OUT.keras

SAVED is what `nn_core.storage.save` wrote. The file is made by running the exported script, so that
both hold the same network.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nn_core.export import keras_code, save_weights
from nn_core.network import Sequential
from nn_core.storage import load, save


def keras_file(model: Sequential, path: str | Path, timeout: float = 120) -> None:
    """Writes path, a .keras file, in a worker process. Raises RuntimeError if that fails."""
    target = Path(path).resolve()
    if target.suffix != ".keras":
        raise ValueError(f"Keras expects a file name that ends in .keras; received {target.name}.")
    with TemporaryDirectory() as folder:
        save(model, Path(folder) / "network")
        command = [sys.executable, "-m", "nn_core.export_keras", f"{folder}/network", str(target)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=timeout, cwd=root()
        )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
        raise RuntimeError(f"Keras could not write {target.name}: {last[0]}")


def root() -> Path:
    """The folder from which `nn_core` can be imported."""
    return Path(__file__).parents[1]


def write(saved: Path, target: Path) -> None:
    """Builds the saved network in Keras, in this process, and writes it to target."""
    model = load(saved)
    with TemporaryDirectory() as folder:
        script = Path(folder) / "network.py"
        save_weights(model, script.with_name("weights.npz"))
        code = keras_code(model).replace("model.summary()", "")
        scope: dict[str, Any] = {"__file__": str(script)}
        exec(compile(code, str(script), "exec"), scope)  # noqa: S102  the script we have just made
        built = scope["model"]
        if model.loss is not None:
            # Keras cannot open a file whose optimizer has not met its weights.
            built.optimizer.build(built.trainable_variables)
        built.save(target)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
